import t from 'tap';
import { signCheckpoints } from '../../../src/commands/audit/sign-checkpoints.js';
import type { AuditTree } from '../../../src/ports/audit.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { keyOf } from '../../audit-verifier/made-history.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { handlerOver } from '../../fixtures/command-services.js';
import { dataOf } from '../../fixtures/sold-coupons.js';

const MINUTE_MS = 60_000;

const setUp = () => {
  const store = new MemoryEventStore<DomainEvent>();
  const clock = new FakeClock();
  const tree = { now: 0, world: 0 };
  const audited: AuditTree = { size: async () => tree.now, root: async (size) => new Uint8Array(32).fill((size + tree.world) % 256) };
  const signWith = (seed: number) => signCheckpoints({ handler: handlerOver(store, clock), clock, signer: keyOf(seed), tree: audited });
  const signed = async () => (await dataOf(store, 'AuditCheckpointSigned')).map(({ size, reason }) => `${String(size)} ${String(reason)}`);
  return { clock, tree, sign: signWith(1), signWith, signed };
};

t.test('each thousand events, also several at once, and ten minutes after the last one that went out', async (t) => {
  const { clock, tree, sign, signed } = setUp();
  await sign('due', null);
  t.same(await signed(), [], 'there is nothing to sign');
  tree.now = 1;
  await sign('due', null);
  tree.now = 3_500;
  await sign('due', null);
  t.same(await signed(), ['1 time', '1000 events', '2000 events', '3000 events']);
  clock.advance(10 * MINUTE_MS - 1);
  await sign('due', null);
  t.equal((await signed()).length, 4);
  clock.advance(1);
  await sign('due', null);
  clock.advance(60 * MINUTE_MS);
  await sign('due', null);
  t.same((await signed()).slice(4), ['3500 time'], 'nothing new: nothing signed');
});

t.test('at a stop and on demand, once', async (t) => {
  const { tree, sign, signed } = setUp();
  tree.now = 1_000;
  await sign('stop', null);
  await sign('stop', null);
  await sign('demand', 'ada');
  t.same(await signed(), ['1000 events', '1000 stop'], 'that of the thousand goes out, too');
  tree.now = 1_001;
  await sign('demand', 'ada');
  t.same((await signed()).slice(2), ['1001 demand']);
});

t.test('nothing is signed that contradicts what was signed', async (t) => {
  const { tree, sign, signed } = setUp();
  tree.now = 10;
  await sign('demand', null);
  tree.now = 9;
  t.match(await sign('demand', null), { ok: false, rejection: 'audit-tree-behind' });
  tree.now = 20;
  tree.world = 1;
  t.match(await sign('demand', null), { ok: false, rejection: 'audit-tree-differs' });
  t.same(await signed(), ['10 demand']);
});

t.test('a new key signs what the old one had signed last, too', async (t) => {
  const { tree, signWith, signed } = setUp();
  tree.now = 10;
  await signWith(1)('demand', null);
  await signWith(2)('demand', null);
  await signWith(2)('demand', null);
  t.same(await signed(), ['10 demand', '10 demand']);
});
