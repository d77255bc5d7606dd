import type { FullName } from '../../domain/account/events.js';
import { printedName } from '../../domain/account/full-name.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { profileOf, type AccountProfile } from './account-profile.js';
import { changeIdentifiers } from './identifiers/change-identifiers.js';
import { derivedContext, type CommandContext } from '../context.js';
import { noEffect, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

/** Absent fields stay as they are. */
export interface ChangeProfileInput {
  readonly accountId: string;
  readonly name?: string | FullName;
  readonly imageUrl?: string | null;
  readonly email?: string;
}

export type ChangeProfileRejection = 'account-not-found' | 'email-taken';

const named = (name: string | FullName | undefined) => {
  if (name === undefined) return {};
  return typeof name === 'string' ? { name } : { name: printedName(name), fullName: name };
};

export const changeProfile =
  (services: CommandServices) =>
  async (
    { accountId, email, name, ...changes }: ChangeProfileInput,
    context: CommandContext,
  ): Promise<Outcome<AccountProfile, ChangeProfileRejection>> => {
    const { handler, clock } = services;
    const moved = email === undefined ? undefined : await changeIdentifiers(services, { accountId, email, proof: 'session' }, context);
    if (moved?.ok === false) return reject(moved.rejection === 'account-not-found' ? 'account-not-found' : 'email-taken');
    const data = { accountId, ...changes, ...named(name), at: clock.now().toISOString() };
    const step = derivedContext(context, 'change-profile');
    const changed = await handler.handle(aggregates.account, accountId, { type: 'ChangeAccountProfile', data }, step);
    if (!changed.ok || changed.state.status !== 'registered') return reject('account-not-found');
    return succeeded(profileOf(changed.state), moved ?? noEffect, changed);
  };
