import t from 'tap';
import { auditAccessDecider } from '../../src/domain/audit-access/decider.js';
import type { AuditAccessEvent } from '../../src/domain/audit-access/events.js';

const access = { accountId: 'ann', route: '/audit/streams/:stream', path: '/audit/streams/payment-1', query: '{}' };
const at = (seconds: number): string => new Date(Date.UTC(2026, 2, 1, 12, 0, seconds)).toISOString();

const decided = (given: readonly AuditAccessEvent[], type: 'RecordRead' | 'RecordExport', seconds: number, changed: object = {}): readonly AuditAccessEvent[] => {
  const state = given.reduce(auditAccessDecider.evolve, auditAccessDecider.initialState());
  const decision = auditAccessDecider.decide({ type, data: { ...access, ...changed, at: at(seconds) } }, state);
  return decision.ok ? decision.events : [];
};
const read = (seconds: number, changed: object = {}): AuditAccessEvent => ({ type: 'AuditRead', data: { ...access, ...changed, readAt: at(seconds) } });

t.test('the same read within a minute counts once, another one or a later one counts', async (t) => {
  t.strictSame(decided([], 'RecordRead', 0), [read(0)]);
  t.strictSame(decided([read(0)], 'RecordRead', 59), []);
  t.strictSame(decided([read(0)], 'RecordRead', 60), [read(60)]);
  t.strictSame(decided([read(0)], 'RecordRead', 1, { query: '{"state":"true"}' }), [read(1, { query: '{"state":"true"}' })]);
  t.strictSame(decided([read(0), read(1, { path: '/other' })], 'RecordRead', 2), [], 'one in between does not hide it');
});

t.test('each export counts', async (t) => {
  const exported: AuditAccessEvent = { type: 'AuditExported', data: { ...access, exportedAt: at(0) } };
  t.strictSame(decided([exported], 'RecordExport', 0), [exported]);
});

t.test('what is remembered is bounded', async (t) => {
  const many = Array.from({ length: 2_000 }, (_, index) => read(0, { path: `/${index}` }));
  t.equal(many.reduce(auditAccessDecider.evolve, auditAccessDecider.initialState()).recent.length, 500);
});
