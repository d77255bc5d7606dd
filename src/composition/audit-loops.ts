import { join, resolve } from 'node:path';
import { checkpointFiles } from '../adapters/embedded/checkpoint-files.js';
import type { CommandServices } from '../commands/services.js';
import type { Config } from '../config.js';
import type { CheckpointSigner } from '../ports/audit.js';
import type { Checkpoints } from '../ports/checkpoints.js';
import type { ProjectionProgress } from '../ports/projection-progress.js';
import { treeOf } from '../projections/audit-tree/queries.js';
import { runCheckpointOutlet } from '../workers/audit/checkpoint-outlet.js';
import { runCheckpointSigning } from '../workers/audit/checkpoint-signing.js';
import type { Adapters } from './adapters.js';
import type { Logger } from './logger.js';
import type { OnFailure } from './worker-failures.js';

export interface AuditLoopServices {
  readonly parts: Pick<Adapters, 'store' | 'readModels' | 'clock'>;
  readonly commands: Pick<CommandServices, 'handler'>;
  readonly progress: ProjectionProgress;
  readonly logger: Logger;
  readonly signer: CheckpointSigner | null;
  readonly onFailure: OnFailure;
}

interface AuditLoopSettings extends Pick<Config, 'audit' | 'dataDirectory'> {
  readonly checkpoints: Checkpoints;
}

/** Signs checkpoints of the audit tree and hands them on; none where AUDIT is off. */
export const auditLoops = (
  { parts: { store, readModels, clock }, commands: { handler }, progress, logger, signer, onFailure }: AuditLoopServices,
  { audit, dataDirectory, checkpoints }: AuditLoopSettings,
): readonly ((signal: AbortSignal) => Promise<void>)[] => {
  if (audit === null || signer === null) return [];
  const onRefused = (rejection: string): void => logger.error({ rejection }, 'no audit checkpoint is signed: the tree is not what was signed before, somebody has to look at it');
  const files = checkpointFiles(join(resolve(dataDirectory), 'audit'));
  return [
    (signal) => runCheckpointSigning({ handler, clock, signer, tree: treeOf(readModels), store, progress, onFailure, onRefused }, signal),
    (signal) => runCheckpointOutlet({ store, checkpoints, clock, handler, onFailure, files, checkpointTo: audit.checkpointTo }, signal),
  ];
};
