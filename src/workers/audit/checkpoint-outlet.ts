import { mailCheckpoint } from '../../commands/audit/mail-checkpoint.js';
import type { CommandServices } from '../../commands/services.js';
import { isHanded } from '../../domain/audit-checkpoint/decider.js';
import type { CheckpointFiles } from '../../ports/audit.js';
import { followLog, type FollowLogServices } from '../loops/follow-log.js';

export interface CheckpointOutletServices extends FollowLogServices, Pick<CommandServices, 'handler'> {
  readonly files: CheckpointFiles;
  /** Null: checkpoints stay in the house. */
  readonly checkpointTo: string | null;
}

export const CHECKPOINT_OUTLET = 'audit-checkpoint-outlet';

const SIZE_DIGITS = 12;

/** Lays each checkpoint down as a file, and sends those that go out of the house. Runs until the signal aborts. */
export const runCheckpointOutlet = (services: CheckpointOutletServices, signal: AbortSignal): Promise<void> =>
  followLog(
    services,
    {
      name: CHECKPOINT_OUTLET,
      categories: ['auditCheckpoint'],
      handle: async (events) => {
        for (const { id, type, data } of events) {
          if (type !== 'AuditCheckpointSigned') continue;
          const { size, note, vkey } = data;
          const [, keyId = ''] = vkey.split('+');
          await services.files.write(`${String(size).padStart(SIZE_DIGITS, '0')}-${keyId}`, note);
          if (services.checkpointTo !== null && isHanded(data)) await mailCheckpoint(services, services.checkpointTo, { eventId: id, size, note, vkey });
        }
      },
    },
    signal,
  );
