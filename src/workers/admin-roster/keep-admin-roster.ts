import { tellRoster } from '../../commands/accounts/admin-roster.js';
import type { CommandContext } from '../../commands/context.js';
import type { CommandServices } from '../../commands/services.js';
import type { DomainEvent } from '../../domain/events.js';
import type { Consumer } from '../../ports/event-bus.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';

export type AdminRosterServices = Pick<CommandServices, 'handler' | 'clock'>;

export const KEEP_ADMIN_ROSTER = 'keep-admin-roster';

const contextOf = ({ id, metadata }: RecordedEvent): CommandContext => ({
  commandId: uuidV5('admin-roster', id),
  actorId: null,
  correlationId: metadata.correlationId,
  causationId: id,
});

/** Enters who became an admin by signing up, also those of before there was a roster, and strikes who is none any more. */
export const adminRosterConsumer = (services: AdminRosterServices): Consumer<DomainEvent> => ({
  name: KEEP_ADMIN_ROSTER,
  categories: ['account'],
  handle: async (event) => {
    switch (event.type) {
      case 'AccountRegistered':
      case 'AccountRoleSelected': {
        const { accountId, role } = event.data;
        if (role === 'admin') await tellRoster(services, 'EnterAdmin', accountId, contextOf(event));
        else if (event.type === 'AccountRoleSelected') await tellRoster(services, 'StrikeAdmin', accountId, contextOf(event));
        return;
      }
      case 'AccountDeleted':
        await tellRoster(services, 'StrikeAdmin', event.data.accountId, contextOf(event));
        return;
      default:
        return;
    }
  },
});
