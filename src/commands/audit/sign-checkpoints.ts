import { aggregates } from '../../domain/aggregates.js';
import { AUDIT_TREE, type AuditCheckpointRejection, type AuditCheckpoints } from '../../domain/audit-checkpoint/decider.js';
import type { AuditCheckpointEvent, CheckpointReason } from '../../domain/audit-checkpoint/events.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { AuditTree, CheckpointSigner } from '../../ports/audit.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { noEffect, succeeded, type Effect, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface SigningServices extends Pick<CommandServices, 'handler' | 'clock'> {
  readonly signer: CheckpointSigner;
  readonly tree: AuditTree;
}

/** What is recorded of it. */
export type SignedCheckpoint = AuditCheckpointEvent['data'];

const EVENTS_EACH = 1_000;
const MILLISECONDS_EACH = 10 * 60_000;
const NAMESPACE = '9a7c6f0e-3f0b-5c57-9d6b-1f4d0f0f5a11';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const isDue = ({ handed }: AuditCheckpoints, size: number, now: Date): boolean =>
  size > (handed?.size ?? 0) && (handed === null || now.getTime() - Date.parse(handed.signedAt) >= MILLISECONDS_EACH);

/** Thousands that were passed since the last one: after a busy second there are several. */
const thousands = (signed: number, size: number): readonly number[] => {
  const sizes: number[] = [];
  for (let next = Math.floor(signed / EVENTS_EACH + 1) * EVENTS_EACH; next <= size; next += EVENTS_EACH) sizes.push(next);
  return sizes;
};

/** Whether the tree goes on from what was signed. */
const refusalOf = async ({ newest }: AuditCheckpoints, size: number, tree: AuditTree): Promise<Refusal<AuditCheckpointRejection> | undefined> => {
  if (newest === null) return undefined;
  if (size < newest.size) return reject('audit-tree-behind', { size, signed: newest.size });
  return base64(await tree.root(newest.size)) === newest.root ? undefined : reject('audit-tree-differs', { size: newest.size });
};

/**
 * Signs what is due of the tree: each thousand events, and the whole tree when somebody asked, or ten minutes after the last one that
 * went out. Nothing is signed twice, and nothing that contradicts what was signed. Gives the newest; null: there is none.
 */
export const signCheckpoints =
  ({ handler, clock, signer, tree }: SigningServices) =>
  async (asked: Exclude<CheckpointReason, 'events'> | 'due', actorId: string | null): Promise<Outcome<SignedCheckpoint | null, AuditCheckpointRejection>> => {
    let { state } = await handler.load(aggregates.auditCheckpoint, AUDIT_TREE);
    const size = await tree.size();
    const refusal = await refusalOf(state, size, tree);
    if (refusal !== undefined) return refusal;
    const effects: Effect[] = [noEffect];
    const sign = async (of: number, reason: CheckpointReason): Promise<Refusal<AuditCheckpointRejection> | undefined> => {
      const root = await tree.root(of);
      const commandId = uuidV5(JSON.stringify([reason, of, signer.vkey]), NAMESPACE);
      const data = { size: of, root: base64(root), note: signer.sign(of, root), vkey: signer.vkey, reason, at: clock.now().toISOString() };
      const context = { commandId, actorId, correlationId: commandId, causationId: commandId };
      const handled = await handler.handle(aggregates.auditCheckpoint, AUDIT_TREE, { type: 'RecordCheckpoint', data }, context);
      if (!handled.ok) return handled;
      effects.push(handled);
      state = handled.state;
      return undefined;
    };
    for (const passed of thousands(state.newest?.size ?? 0, size)) {
      const refused = await sign(passed, 'events');
      if (refused !== undefined) return refused;
    }
    if (asked === 'due' ? isDue(state, size, clock.now()) : size > 0) {
      const refused = await sign(size, asked === 'due' ? 'time' : asked);
      if (refused !== undefined) return refused;
    }
    return succeeded(state.newest, ...effects);
  };
