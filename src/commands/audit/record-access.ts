import { aggregates } from '../../domain/aggregates.js';
import type { AuditAccess } from '../../domain/audit-access/decider.js';
import type { CommandContext } from '../context.js';
import type { CommandServices } from '../services.js';

/** Records that an account reads or exports something of the audit. Rejects where it can't be recorded: then nothing may be shown. */
export const recordAccess =
  ({ handler, clock }: Pick<CommandServices, 'handler' | 'clock'>) =>
  async (kind: 'read' | 'export', access: AuditAccess, context: CommandContext): Promise<void> => {
    const at = clock.now().toISOString();
    // A stream for each day, so that none grows for years.
    const id = `${access.accountId}.${at.slice(0, 10)}`;
    const recorded = await handler.handle(aggregates.auditAccess, id, { type: kind === 'export' ? 'RecordExport' : 'RecordRead', data: { ...access, at } }, context);
    if (!recorded.ok) throw new Error('the access to the audit was not recorded');
  };
