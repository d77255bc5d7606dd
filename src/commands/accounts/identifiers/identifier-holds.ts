import { comparable, type IdentifierKind, type Identifiers } from '../../../domain/account/identifiers.js';
import { reject, type Refusal, type RejectionDetails } from '../../../domain/kernel/decider.js';
import { derivedContext, type CommandContext } from '../../context.js';
import { claimIdentifier, holdIdentifier, cancelHold, isKeptByAnother, releaseIdentifier, type AccountIdentifier } from './identifiers.js';
import { combined, noEffect, type Effect } from '../../outcome.js';
import type { CommandServices } from '../../services.js';

const TAKEN = { email: 'email-taken', username: 'username-taken', phone: 'phone-taken', identity: 'identity-taken', nim: 'nim-taken' } as const satisfies Record<IdentifierKind, string>;

export type IdentifierTaken = (typeof TAKEN)[IdentifierKind];

/** Why an account could not take an identifier that it had held, by the details of the account's refusal. */
export const takenKind = (details: RejectionDetails | undefined): IdentifierTaken => {
  const kind = KINDS.find((each) => each === details?.['kind']) ?? 'email';
  return TAKEN[kind];
};

export type Holds = Partial<Record<IdentifierKind, string>>;

export type HoldsOutcome = Readonly<{ ok: true; holds: Holds }> | Refusal<IdentifierTaken>;

type Services = Pick<CommandServices, 'handler' | 'clock'>;

interface Owned {
  readonly accountId: string;
  readonly identifiers: Partial<Identifiers>;
}

/** A fixed order: of two commands that want the same identifiers one gets all. */
const KINDS: readonly IdentifierKind[] = ['email', 'username', 'phone', 'identity', 'nim'];

const each = ({ accountId, identifiers }: Owned): readonly AccountIdentifier[] =>
  KINDS.flatMap((kind) => {
    const value = comparable(kind, identifiers);
    return value === null ? [] : [{ accountId, kind, value }];
  });

/** What another account has, before anything is held: a refusal that records nothing. Only a hold makes sure of the others. */
export const takenIdentifier = async (services: Services, owned: Owned): Promise<IdentifierTaken | undefined> => {
  for (const identifier of each(owned)) if (await isKeptByAnother(services, identifier)) return TAKEN[identifier.kind];
  return undefined;
};

export const holdIdentifiers = async (services: Services, owned: Owned, context: CommandContext): Promise<HoldsOutcome> => {
  const held: (AccountIdentifier & { holdId: string })[] = [];
  for (const identifier of each(owned)) {
    const holdId = await holdIdentifier(services, identifier, derivedContext(context, `hold-${identifier.kind}`));
    if (holdId === undefined) {
      for (const hold of held) await cancelHold(services, hold, derivedContext(context, `let-go-${hold.kind}`));
      return reject(TAKEN[identifier.kind]);
    }
    held.push({ ...identifier, holdId });
  }
  return { ok: true, holds: Object.fromEntries(held.map(({ kind, holdId }) => [kind, holdId])) };
};

export const claimIdentifiers = async (services: Services, owned: Owned, context: CommandContext): Promise<Effect> => {
  let all = noEffect;
  for (const identifier of each(owned)) {
    all = combined(all, await claimIdentifier(services, identifier, derivedContext(context, `claim-${identifier.kind}`)));
  }
  return all;
};

export const releaseIdentifiers = async (services: Services, owned: Owned, context: CommandContext): Promise<void> => {
  for (const identifier of each(owned)) {
    await releaseIdentifier(services, identifier, derivedContext(context, `release-${identifier.kind}`));
  }
};
