import t from 'tap';
import { auditCheckpointDecider as decider, type AuditCheckpointCommand } from '../../src/domain/audit-checkpoint/decider.js';
import type { AuditCheckpointEvent, CheckpointReason } from '../../src/domain/audit-checkpoint/events.js';
import { given } from './decider-specification.js';

const at = '2026-01-01T00:00:00.000Z';
const of = (size: number, reason: CheckpointReason, { root = `root of ${size}`, vkey = 'key' } = {}) => ({ size, root, note: `${size} ${vkey}`, vkey, reason });
const record = (...args: Parameters<typeof of>): AuditCheckpointCommand => ({ type: 'RecordCheckpoint', data: { ...of(...args), at } });
const signed = (...args: Parameters<typeof of>): AuditCheckpointEvent => ({ type: 'AuditCheckpointSigned', data: { ...of(...args), signedAt: at } });

t.test('checkpoints grow', async () => {
  given(decider).when(record(3, 'time')).then([signed(3, 'time')]);
  given(decider, [signed(3, 'time')]).when(record(4, 'events')).then([signed(4, 'events')]);
  given(decider, [signed(3, 'time')]).when(record(2, 'time')).thenRefused('audit-tree-behind', { size: 2, signed: 3 });
  given(decider, [signed(3, 'time')]).when(record(3, 'time', { root: 'other' })).thenRefused('audit-tree-differs', { size: 3 });
});

t.test('what was signed is signed again only to go out, or by another key', async () => {
  given(decider, [signed(3, 'time')]).when(record(3, 'demand')).thenNothing();
  given(decider, [signed(3, 'time')]).when(record(3, 'events')).thenNothing();
  given(decider, [signed(3, 'events')]).when(record(3, 'events')).thenNothing();
  given(decider, [signed(3, 'events')]).when(record(3, 'stop')).then([signed(3, 'stop')]);
  given(decider, [signed(3, 'time')]).when(record(3, 'stop', { vkey: 'new' })).thenNothing();
  given(decider, [signed(3, 'time')]).when(record(3, 'demand', { vkey: 'new' })).then([signed(3, 'demand', { vkey: 'new' })]);
});

t.test('every key that ever signed is known, however long ago', async (t) => {
  const state = [signed(1, 'time', { vkey: 'first' }), signed(2, 'time'), signed(3, 'time'), signed(4, 'time', { vkey: 'first' })].reduce(decider.evolve, decider.initialState());
  t.same(state.vkeys, ['first', 'key']);
});
