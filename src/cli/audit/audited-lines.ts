import { GrowingTree } from '../../audit-verifier/merkle-tree.js';
import { AUDITED_CATEGORIES, checkpointLine, eventLine, headerLine, trailerLine } from '../../commands/audit/export-lines.js';
import { AUDIT_TREE } from '../../domain/audit-checkpoint/decider.js';
import type { AuditCheckpointEvent } from '../../domain/audit-checkpoint/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { streamName } from '../../domain/kernel/aggregate.js';
import type { LogSource } from '../../log-copy/export-log.js';
import { leafHash } from '../../projections/audit-tree/hashes.js';

export type SignedCheckpoint = AuditCheckpointEvent['data'];

export interface AuditedLog {
  readonly source: LogSource;
  /** What the header says where nothing was ever signed. */
  readonly origin: string;
  readonly checkpoints: readonly SignedCheckpoint[];
}

const LINES_PER_BLOCK = 256;

/** Checkpoints as they were signed, with the log that they are about. */
export const auditedLog = async (source: LogSource, origin: string): Promise<AuditedLog> => {
  const checkpoints: SignedCheckpoint[] = [];
  for await (const event of source.readStream(streamName(aggregates.auditCheckpoint, AUDIT_TREE))) {
    if (event.type === 'AuditCheckpointSigned') checkpoints.push(event.data);
  }
  return { source, origin: checkpoints.at(-1)?.note.split('\n', 1)[0] ?? origin, checkpoints };
};

/**
 * The lines of an export in blocks, each line with its line feed. `signed`: up to the newest checkpoint, if there is one; `all`: with the
 * events that nothing signed yet.
 */
export async function* auditedLines({ source, origin, checkpoints }: AuditedLog, upTo: 'signed' | 'all'): AsyncGenerator<readonly string[], void, undefined> {
  const newest = checkpoints.at(-1);
  const end = upTo === 'signed' && newest !== undefined ? newest.size : Infinity;
  const inside = new Map(checkpoints.map((checkpoint) => [checkpoint.size, checkpoint.note]));
  const tree = new GrowingTree();
  let lines = [headerLine(origin)];
  if (end > 0) {
    for await (const event of source.readAll({ categories: AUDITED_CATEGORIES })) {
      lines.push(eventLine(event, tree.size));
      tree.add(leafHash(event));
      const note = inside.get(tree.size);
      // That of the whole file stands in its last line.
      if (note !== undefined && tree.size < end) lines.push(checkpointLine(note));
      if (tree.size >= end) break;
      if (lines.length < LINES_PER_BLOCK) continue;
      yield lines;
      lines = [];
    }
  }
  lines.push(trailerLine(tree.size, tree.root().toString('base64'), end === Infinity ? null : (newest?.note ?? null)));
  yield lines;
}
