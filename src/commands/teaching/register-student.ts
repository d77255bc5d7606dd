import { aggregates } from '../../domain/aggregates.js';
import { teachingId, type TeachingRejection } from '../../domain/teaching/decider.js';
import type { AccountProfile } from '../accounts/account-profile.js';
import { loadAccount } from '../accounts/identifiers/find-account.js';
import { registerAccount, type RegisterAccountInput, type RegisterAccountRejection } from '../accounts/register-account.js';
import { derivedContext, type CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { joinTeacher } from './join-teacher.js';
import { loadTeaching } from './standing.js';

/**
 * Registers a student who belongs to the teacher from the start. The account's first event names the teacher: a process that dies
 * between the two steps leaves the second to the worker `join-registered-students`.
 */
export const registerStudent =
  (services: CommandServices) =>
  async (
    input: RegisterAccountInput & { readonly teacherId: string },
    context: CommandContext,
  ): Promise<Outcome<AccountProfile, RegisterAccountRejection | TeachingRejection>> => {
    const registered = await registerAccount(services)(input, context);
    if (!registered.ok) return registered;
    const pair = { teacherId: input.teacherId, studentId: registered.value.accountId };
    const joined = await joinTeacher(services)(pair, derivedContext(context, 'join-teacher'));
    return joined.ok ? succeeded(registered.value, registered, joined) : joined;
  };

/** Joins a student whose registration did not come to its end. Who has joined before is left as the teacher has it; a deleted account joins nobody. */
export const completeRegistration = async (
  services: Pick<CommandServices, 'handler' | 'clock'>,
  pair: { readonly teacherId: string; readonly studentId: string },
  context: CommandContext,
): Promise<void> => {
  const { teacherId, studentId } = pair;
  if ((await loadTeaching(services, teacherId, studentId)).status !== 'none') return;
  if ((await loadAccount(services, studentId)) === undefined) return;
  const command = { type: 'JoinTeacher', data: { ...pair, at: services.clock.now().toISOString() } } as const;
  await services.handler.handle(aggregates.teaching, teachingId(teacherId, studentId), command, context);
};
