import type { SessionRejection } from '../../domain/session/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import type { OrganizationFailure } from './rejections.js';
import { standingIn } from './standing.js';

export interface SwitchContextInput {
  readonly accountId: string;
  readonly sessionId: string;
  /** Null: back to none. */
  readonly organizationId: string | null;
}

/** The session works within the organization from now on. For its members alone: admins who are none have no context there. */
export const switchContext =
  (services: CommandServices) =>
  async (
    { accountId, sessionId, organizationId }: SwitchContextInput,
    context: CommandContext,
  ): Promise<Outcome<{ organizationId: string | null }, OrganizationFailure | SessionRejection>> => {
    if (organizationId !== null) {
      const found = await standingIn(services, organizationId, { accountId });
      if (!found.ok) return found;
      if (!found.standing.isMember) return reject('organization-not-permitted');
    }
    const command = { type: 'SwitchContext', data: { sessionId, organizationId, at: services.clock.now().toISOString() } } as const;
    return done(await services.handler.handle(aggregates.session, sessionId, command, context), { organizationId });
  };
