import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { checkpointFiles } from '../../../src/adapters/embedded/checkpoint-files.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { DerivedKeyStore } from '../../../src/adapters/embedded/key-store.js';
import { runCheckpointOutlet } from '../../../src/workers/audit/checkpoint-outlet.js';
import { runCheckpointSigning } from '../../../src/workers/audit/checkpoint-signing.js';
import { mailContent } from '../../../src/workers/mails/mail-content.js';
import { keyOf } from '../../audit-verifier/made-history.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryCheckpoints } from '../../doubles/memory-checkpoints.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, handlerOver } from '../../fixtures/command-services.js';
import { dataOf } from '../../fixtures/sold-coupons.js';

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
};

t.test('checkpoints become files, and those that go out a mail each, also when the worker died in between', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const clock = new FakeClock();
  const handler = handlerOver(store, clock);
  const folder = join(t.testdir(), 'audit');
  const signer = keyOf(1);
  const sign = async (size: number, reason: 'events' | 'time'): Promise<void> => {
    const root = new Uint8Array(32).fill(size % 256);
    const data = { size, root: Buffer.from(root).toString('base64'), note: signer.sign(size, root), vkey: signer.vkey, reason, at: clock.now().toISOString() };
    t.ok((await handler.handle(aggregates.auditCheckpoint, 'tree', { type: 'RecordCheckpoint', data }, contextFor())).ok);
  };
  await sign(1_000, 'events');
  await sign(1_234, 'time');
  const services = { store, clock, handler, files: checkpointFiles(folder), checkpointTo: 'auditor@example.org', onFailure: (_worker: string, error: unknown) => t.fail(String(error)) };
  const files = async () => (await readdir(folder).catch(() => [])).sort();
  for (const checkpoints of [new MemoryCheckpoints(), new MemoryCheckpoints()]) {
    const stop = new AbortController();
    const running = runCheckpointOutlet({ ...services, checkpoints }, stop.signal);
    await until(async () => (await checkpoints.get('audit-checkpoint-outlet')) >= 2n);
    stop.abort();
    await running;
  }
  const [, keyId = ''] = signer.vkey.split('+');
  t.same(await files(), [`000000001000-${keyId}.checkpoint`, `000000001234-${keyId}.checkpoint`, 'newest.checkpoint']);
  const newest = await readFile(join(folder, 'newest.checkpoint'), 'utf8');
  t.match(newest, /^localhost\/tests\n1234\n/);

  const requested = await dataOf(store, 'MailRequested');
  t.equal(requested.length, 1, 'a checkpoint of a thousand events stays here, and nothing goes out twice');
  const { state, position } = await handler.load(aggregates.mail, String(requested[0]?.['mailId']));
  if (state.status === 'none') throw new Error('no mail');
  const content = await mailContent({ handler, clock, keys: new DerivedKeyStore('a secret for tests'), publicUrl: '', academyUrl: '', classStarts: async () => [] }, state, position);
  if (!content.needed) throw new Error(content.reason);
  t.equal(content.to.address, 'auditor@example.org');
  t.ok(content.rendered.text.includes(`--------\n${newest}--------`), 'the note stands in the mail as it is');
  t.ok(content.rendered.text.includes(signer.vkey));
});

t.test('the worker signs when it is due, says once that it can not, and signs the last events at the end', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const clock = new FakeClock();
  const tree = { now: 1_000, world: 0, isLevel: true };
  const refused: string[] = [];
  const stop = new AbortController();
  const running = runCheckpointSigning(
    {
      store,
      clock,
      handler: handlerOver(store, clock),
      signer: keyOf(1),
      tree: { size: async () => tree.now, root: async (size) => new Uint8Array(32).fill((size + tree.world) % 256) },
      progress: { waitFor: async () => tree.isLevel },
      onFailure: (_worker, error) => t.fail(String(error)),
      onRefused: (rejection) => refused.push(rejection),
    },
    stop.signal,
  );
  const sizes = async () => (await dataOf(store, 'AuditCheckpointSigned')).map(({ size, reason }) => `${String(size)} ${String(reason)}`);
  const tick = async (): Promise<void> => {
    await clock.whenWaiting();
    clock.advance(1_000);
    await clock.whenWaiting();
  };
  await clock.whenWaiting();
  t.same(await sizes(), ['1000 events', '1000 time']);
  tree.now = 2_100;
  await tick();
  t.same((await sizes()).slice(2), ['2000 events']);
  tree.world = 1;
  await tick();
  await tick();
  t.same(refused, ['audit-tree-differs']);
  tree.world = 0;
  await tick();
  [tree.now, tree.isLevel] = [500, false];
  await tick();
  t.same(refused, ['audit-tree-differs'], 'a tree that is being made again is no reason for alarm');
  tree.isLevel = true;
  await tick();
  t.same(refused, ['audit-tree-differs', 'audit-tree-behind'], 'one that stays behind is: the log was cut');
  tree.now = 2_100;
  await tick();
  stop.abort();
  await running;
  t.same((await sizes()).slice(3), ['2100 stop']);
});
