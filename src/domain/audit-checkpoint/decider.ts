import { accept, reject, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { AuditCheckpointEvent } from './events.js';

/** The one stream: a log has one tree, whatever its keys. */
export const AUDIT_TREE = 'tree';

type Signed = AuditCheckpointEvent['data'];

export interface AuditCheckpoints {
  readonly newest: Signed | null;
  /** The newest one that goes out of the house. Those of each thousand events are kept here alone. */
  readonly handed: Signed | null;
  /** Every key that ever signed, the first one first. */
  readonly vkeys: readonly string[];
}

export type AuditCheckpointCommand = Message<'RecordCheckpoint', Omit<Signed, 'signedAt'> & { at: string }>;

/** older: the tree is smaller than what was signed. differs: it has another root, so events were changed or the tree is wrong. */
export type AuditCheckpointRejection = 'audit-tree-behind' | 'audit-tree-differs';

export const isHanded = ({ reason }: Pick<Signed, 'reason'>): boolean => reason !== 'events';

const decide = ({ data: { at, ...data } }: AuditCheckpointCommand, { newest, handed }: AuditCheckpoints): Decision<AuditCheckpointEvent, AuditCheckpointRejection> => {
  const signed: AuditCheckpointEvent = { type: 'AuditCheckpointSigned', data: { ...data, signedAt: at } };
  if (newest === null || data.size > newest.size) return accept(signed);
  if (data.size < newest.size) return reject('audit-tree-behind', { size: data.size, signed: newest.size });
  if (data.root !== newest.root) return reject('audit-tree-differs', { size: data.size });
  // That nothing came since is no news to those outside, also where the key is another one; who asks is answered.
  const isNoNews = data.reason === 'demand' ? handed?.note === data.note : !isHanded(data) || handed?.size === data.size;
  return isNoNews ? accept() : accept(signed);
};

/** What was signed stands: no later checkpoint may be of fewer events, or say something else about as many. */
export const auditCheckpointDecider: Decider<AuditCheckpoints, AuditCheckpointCommand, AuditCheckpointEvent, AuditCheckpointRejection> = {
  initialState: () => ({ newest: null, handed: null, vkeys: [] }),
  decide,
  evolve: ({ handed, vkeys }, { data }) => ({
    newest: data,
    handed: isHanded(data) ? data : handed,
    vkeys: vkeys.includes(data.vkey) ? vkeys : [...vkeys, data.vkey],
  }),
};
