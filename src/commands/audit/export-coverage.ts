import { aggregates } from '../../domain/aggregates.js';
import { AUDIT_TREE } from '../../domain/audit-checkpoint/decider.js';
import type { DomainEvent } from '../../domain/events.js';
import { streamName } from '../../domain/kernel/aggregate.js';
import type { EventStore } from '../../ports/event-store.js';
import type { Notes } from './export-text.js';

/** What an export covers: it ends at the newest checkpoint, so that all of it can be verified. */
export interface Coverage {
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** The newest checkpoint; null: nothing was ever signed. */
  readonly note: string | null;
  /** The checkpoints before it. */
  readonly notes: Notes;
}

export interface SignedCoverage extends Coverage {
  readonly note: string;
  readonly signedAt: string;
  readonly vkey: string;
}

/** That of the whole file stands in its last line. */
const notesBefore = (notes: Notes, size: number): Notes => new Map([...notes].filter(([of]) => of < size));

/** What the newest checkpoint of the log covers. Undefined: nothing was ever signed. */
export const signedCoverage = async (store: Pick<EventStore<DomainEvent>, 'readStream'>): Promise<SignedCoverage | undefined> => {
  const notes = new Map<number, string>();
  let newest: Omit<SignedCoverage, 'notes'> | undefined;
  for await (const { type, data } of store.readStream(streamName(aggregates.auditCheckpoint, AUDIT_TREE))) {
    if (type !== 'AuditCheckpointSigned') continue;
    notes.set(data.size, data.note);
    newest = data;
  }
  return newest === undefined ? undefined : { ...newest, notes: notesBefore(notes, newest.size) };
};

/** The name that the checkpoints of this coverage are about. */
export const originOf = ({ note }: Pick<Coverage, 'note'>): string | undefined => note?.split('\n', 1)[0];
