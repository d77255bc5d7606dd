import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { Placement } from '../../domain/membership/decider.js';
import { managesMembers } from '../access/organization-rules.js';
import { findAccountByEmail } from '../accounts/identifiers/find-account.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { misplaced } from './placement.js';
import { notToGive, notToTake } from './ranks.js';
import type { InvitationFailure } from './rejections.js';
import { loadMembership, membershipId, permitted } from './standing.js';

/** An account by its id, by its address, or by both. */
export interface NamedAccount {
  readonly userId?: string;
  readonly email?: string;
}

export interface InviteMemberInput extends Placement {
  readonly actor: Actor;
  readonly organizationId: string;
  readonly account: NamedAccount;
  readonly roleId: string;
}

const accountNamed = async (
  services: CommandServices,
  { userId, email }: NamedAccount,
): Promise<Readonly<{ ok: true; userId: string }> | Refusal<'account-not-found' | 'account-ambiguous'>> => {
  const byEmail = email === undefined ? undefined : (await findAccountByEmail(services, email))?.account.accountId;
  if (email !== undefined && byEmail === undefined) return reject('account-not-found');
  if (userId !== undefined && byEmail !== undefined && userId !== byEmail) return reject('account-ambiguous');
  const wanted = userId ?? byEmail ?? '';
  return (await isRegistered(services, wanted)) ? { ok: true, userId: wanted } : reject('account-not-found');
};

const isRegistered = async ({ handler }: CommandServices, accountId: string): Promise<boolean> =>
  (await handler.load(aggregates.account, accountId)).state.status === 'registered';

/** Asks an account to join. It is no member before it accepts; asking again changes the invitation. */
export const inviteMember =
  (services: CommandServices) =>
  async (
    { actor, organizationId, account, roleId, levelId, termId }: InviteMemberInput,
    context: CommandContext,
  ): Promise<Outcome<{ userId: string }, InvitationFailure>> => {
    const { handler, clock } = services;
    const found = await permitted(services, organizationId, actor, managesMembers);
    if (!found.ok) return found;
    const named = await accountNamed(services, account);
    if (!named.ok) return named;
    const { userId } = named;
    const before = await loadMembership(services, organizationId, userId);
    const beyond = notToGive(found, roleId) ?? (before.status === 'invited' ? notToTake(found, { roleId: before.roleId, userId }) : undefined);
    const refused = beyond ?? (await misplaced(services, organizationId, { levelId, termId }));
    if (refused !== undefined) return refused;

    const id = membershipId(organizationId, userId);
    const common = { organizationId, userId, at: clock.now().toISOString() };
    const invite = { type: 'InviteMember', data: { ...common, roleId, levelId, termId, invitedBy: actor.accountId } } as const;
    const invited = await handler.handle(aggregates.membership, id, invite, context);
    if (!invited.ok) return invited;
    if (await isRegistered(services, userId)) return succeeded({ userId }, invited);
    // The account was deleted meanwhile: nothing of it is listed.
    const withdraw = { type: 'RemoveMember', data: { ...common, removedBy: actor.accountId } } as const;
    await handler.handle(aggregates.membership, id, withdraw, derivedContext(context, 'take-back'));
    return reject('account-not-found');
  };
