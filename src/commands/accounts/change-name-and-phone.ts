import type { Phone } from '../../domain/account/events.js';
import { derivedContext, type CommandContext } from '../context.js';
import { noEffect, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { changeProfile } from './change-profile.js';
import { changeIdentifiers, type ChangeIdentifiersRejection } from './identifiers/change-identifiers.js';

export interface ChangeNameAndPhoneInput {
  readonly accountId: string;
  /** What is absent stays. */
  readonly name?: string;
  readonly phone?: Phone;
}

/** The number first, which may be another account's: then nothing is changed. */
export const changeNameAndPhone =
  (services: CommandServices) =>
  async ({ accountId, name, phone }: ChangeNameAndPhoneInput, context: CommandContext): Promise<Outcome<null, ChangeIdentifiersRejection>> => {
    const moved = phone === undefined ? undefined : await changeIdentifiers(services, { accountId, phone, proof: 'session' }, derivedContext(context, 'phone'));
    if (moved?.ok === false) return moved;
    const renamed = name === undefined ? undefined : await changeProfile(services)({ accountId, name }, context);
    if (renamed?.ok === false) return renamed;
    return succeeded(null, moved ?? noEffect, renamed ?? noEffect);
  };
