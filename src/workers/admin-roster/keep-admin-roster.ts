import { tellRoster } from '../../commands/accounts/admin-roster.js';
import { loadAccount } from '../../commands/accounts/identifiers/find-account.js';
import type { CommandContext } from '../../commands/context.js';
import type { CommandServices } from '../../commands/services.js';
import type { DomainEvent } from '../../domain/events.js';
import type { Consumer } from '../../ports/event-bus.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';

export type AdminRosterServices = Pick<CommandServices, 'handler' | 'clock'>;

export const KEEP_ADMIN_ROSTER = 'keep-admin-roster';

/** A deleted account has no other role after this. */
const FOR_EVER = Number.MAX_SAFE_INTEGER;

const contextOf = ({ id, metadata }: RecordedEvent): CommandContext => ({
  commandId: uuidV5('admin-roster', id),
  actorId: null,
  correlationId: metadata.correlationId,
  causationId: id,
});

/**
 * Enters who became an admin, also those of before there was a roster, and strikes who is none any more: by what the account is now,
 * since the events of a worker that is late are of long ago.
 */
export const adminRosterConsumer = (services: AdminRosterServices): Consumer<DomainEvent> => ({
  name: KEEP_ADMIN_ROSTER,
  categories: ['account'],
  handle: async (event) => {
    switch (event.type) {
      case 'AccountRegistered':
        // All others become one by another event.
        if (event.data.role !== 'admin') return;
        break;
      case 'AccountRoleSelected':
      case 'AccountDeleted':
        break;
      default:
        return;
    }
    const { accountId } = event.data;
    const found = await loadAccount(services, accountId);
    if (found?.account.role === 'admin') await tellRoster(services, 'EnterAdmin', found.account, contextOf(event));
    else await tellRoster(services, 'StrikeAdmin', { accountId, roleVersion: found?.account.roleVersion ?? FOR_EVER }, contextOf(event));
  },
});
