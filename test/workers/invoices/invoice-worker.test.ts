import t, { type Test } from 'tap';
import { aggregates } from '../../../src/domain/aggregates.js';
import { EventCodec } from '../../../src/domain/event-codec.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { InvoiceContent } from '../../../src/domain/invoice/events.js';
import type { Checkpoints } from '../../../src/ports/checkpoints.js';
import type { EventStore } from '../../../src/ports/event-store.js';
import { uuidV5 } from '../../../src/primitives/uuid-v5.js';
import { runInvoiceWorker } from '../../../src/workers/invoices/invoice-worker.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryCheckpoints } from '../../doubles/memory-checkpoints.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { MortalEventStore } from '../../doubles/mortal-event-store.js';
import { handlerOver } from '../../fixtures/command-services.js';
import { invoiceContent } from '../../fixtures/invoices.js';

const NAME = 'invoice-worker';
const NAMESPACE = '9b4c1f6e-6a0b-4f0e-9c63-3a4f7b7f7a01';
const codec = new EventCodec();

const content = (kind: InvoiceContent['kind'], paymentId: string): InvoiceContent =>
  invoiceContent({ kind, paymentId, userId: 'student', correctsInvoiceId: kind === 'invoice' ? null : 'invoice-before' });

const makeLog = () => {
  const store = new MemoryEventStore<DomainEvent>();
  const checkpoints = new MemoryCheckpoints();
  const clock = new FakeClock('2026-12-31T23:00:00.000Z');
  const handler = handlerOver(store, clock);
  const request = async (invoiceId: string, kind: InvoiceContent['kind'] = 'invoice', at = '2026-05-01T10:00:00.000Z') => {
    const commandId = uuidV5(invoiceId, NAMESPACE);
    const context = { commandId, actorId: null, correlationId: commandId, causationId: commandId };
    const command = { type: 'RequestInvoice', data: { invoiceId, content: content(kind, invoiceId), billing: null, at } } as const;
    const handled = await handler.handle(aggregates.invoice, invoiceId, command, context);
    if (!handled.ok) throw new Error(handled.rejection);
  };
  return { store, checkpoints, clock, request };
};
type Log = ReturnType<typeof makeLog>;

interface Life {
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
  readonly refused: string[];
}

/** A process from its start: nothing is kept from an earlier one. Its first failure is its end. */
const live = (log: Log, over: { store?: EventStore<DomainEvent>; checkpoints?: Checkpoints } = {}): Life => {
  const { store = log.store, checkpoints = log.checkpoints } = over;
  const { clock } = log;
  const controller = new AbortController();
  const refused: string[] = [];
  const ended = runInvoiceWorker(
    {
      store,
      checkpoints,
      clock,
      codec,
      handler: handlerOver(store, clock),
      onFailure: () => controller.abort(),
      onRefused: (invoiceId, invoiceNumber, rejection) => refused.push(`${invoiceId} ${invoiceNumber} ${rejection}`),
    },
    controller.signal,
  );
  const stop = async (): Promise<void> => {
    controller.abort();
    await ended;
  };
  return { ended, stop, refused };
};

const level = (log: Log): Promise<void> => log.checkpoints.whenLevel([NAME], () => log.store.head());
const collect = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};
const everything = (log: Log) => collect(log.store.readAll());

const numbersOf = async (log: Log, stream: string) =>
  (await collect(log.store.readStream(stream))).flatMap(({ type, data }) =>
    type === 'InvoiceNumberAssigned' ? [{ invoiceId: data.invoiceId, invoiceNumber: data.invoiceNumber, sequence: data.sequence }] : [],
  );

const assertInOrder = async (t: Test, log: Log, kind: InvoiceContent['kind'], series: 'INV' | 'CN', year: number) => {
  const events = await everything(log);
  const requested = events.flatMap(({ type, data }) =>
    type === 'InvoiceRequested' && data.content.kind === kind && data.requestedAt.startsWith(String(year)) ? [data.invoiceId] : [],
  );
  const expected = requested.map((invoiceId, index) => ({
    invoiceId,
    invoiceNumber: `${series}-${year}-${String(index + 1).padStart(6, '0')}`,
    sequence: index + 1,
  }));
  t.same(await numbersOf(log, `invoiceSeries-${series}.${year}`), expected, `${series} ${year} is gapless and in log order`);
  const issued = new Map(events.flatMap(({ type, data }) => (type === 'InvoiceIssued' ? [[data.invoiceId, data.invoiceNumber] as const] : [])));
  t.same(expected.map(({ invoiceId }) => issued.get(invoiceId)), expected.map(({ invoiceNumber }) => invoiceNumber));
  t.equal(events.filter(({ type, data }) => type === 'InvoiceIssued' && requested.includes(data.invoiceId)).length, requested.length);
};

t.test('invoices and credit notes are numbered per kind and year of the request, in UTC', async (t) => {
  const log = makeLog();
  await log.request('a');
  await log.request('b', 'credit-note');
  await log.request('c', 'invoice', '2026-12-31T23:59:59.999Z');
  await log.request('d', 'invoice', '2027-01-01T00:00:00.000Z');
  await log.request('e');
  const life = live(log);
  await level(log);
  await life.stop();
  t.same((await numbersOf(log, 'invoiceSeries-INV.2026')).map(({ invoiceNumber }) => invoiceNumber), [
    'INV-2026-000001',
    'INV-2026-000002',
    'INV-2026-000003',
  ]);
  t.match(await numbersOf(log, 'invoiceSeries-CN.2026'), [{ invoiceId: 'b', invoiceNumber: 'CN-2026-000001' }]);
  t.match(await numbersOf(log, 'invoiceSeries-INV.2027'), [{ invoiceId: 'd', invoiceNumber: 'INV-2027-000001' }]);
  await assertInOrder(t, log, 'invoice', 'INV', 2026);
});

t.test('what is requested later goes on where the series ended', async (t) => {
  const log = makeLog();
  await log.request('a');
  const first = live(log);
  await level(log);
  await log.request('b');
  await level(log);
  await first.stop();
  await log.request('c');
  const second = live(log);
  await level(log);
  await second.stop();
  await assertInOrder(t, log, 'invoice', 'INV', 2026);
});

t.test('a lost checkpoint, and a second worker at the same time, change nothing', async (t) => {
  const log = makeLog();
  for (let index = 0; index < 40; index += 1) await log.request(`i${index}`);
  const other = new MemoryCheckpoints();
  const lives = [live(log), live(log, { checkpoints: other })];
  await Promise.all([level(log), other.whenLevel([NAME], () => log.store.head())]);
  await Promise.all(lives.map(({ stop }) => stop()));
  const before = await log.store.head();
  const again = new MemoryCheckpoints();
  const life = live(log, { checkpoints: again });
  await again.whenLevel([NAME], () => log.store.head());
  await life.stop();
  t.equal(await log.store.head(), before, 'nothing was appended');
  t.same([...lives, life].flatMap(({ refused }) => refused), []);
  await assertInOrder(t, log, 'invoice', 'INV', 2026);
});

t.test('killed at each append in turn, before and after it, the numbers are the same', async (t) => {
  for (let atAppend = 1; atAppend <= 6; atAppend += 1) {
    for (const afterwards of [false, true]) {
      const log = makeLog();
      for (const id of ['a', 'b', 'c']) await log.request(id);
      await log.request('d', 'credit-note');
      await live(log, { store: new MortalEventStore(log.store, { atAppend, afterwards }) }).ended;
      const life = live(log);
      await level(log);
      await life.stop();
      await assertInOrder(t, log, 'invoice', 'INV', 2026);
      await assertInOrder(t, log, 'credit-note', 'CN', 2026);
    }
  }
});

t.test('pitfall 14: 1,000 parallel requests, crashes at random lines, gapless and in log order', async (t) => {
  const log = makeLog();
  let seed = 20_260_301;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const mortalCheckpoints = (): Checkpoints => ({
    get: (name) => log.checkpoints.get(name),
    set: (name, position) => (random(4) === 0 ? Promise.reject(new Error('the process was killed')) : log.checkpoints.set(name, position)),
  });
  let lives = 0;
  const until = async (wanted: Promise<unknown>): Promise<void> => {
    let done = false;
    const watching = wanted.then(() => (done = true));
    while (!done) {
      lives += 1;
      const death = { atAppend: 1 + random(60), afterwards: random(2) === 0 };
      const life = live(log, { store: new MortalEventStore(log.store, death), checkpoints: mortalCheckpoints() });
      await Promise.race([life.ended, watching]);
      await life.stop();
    }
  };
  const requests = Array.from({ length: 1_000 }, (_, index) => ({ id: `i${index}`, kind: index % 10 === 0 ? 'credit-note' : 'invoice' }) as const);
  await until(Promise.all(requests.slice(0, 500).map(({ id, kind }) => log.request(id, kind))));
  await until(Promise.all(requests.slice(500).map(({ id, kind }) => log.request(id, kind))).then(() => level(log)));
  t.ok(lives > 10, `${lives} lives`);
  await assertInOrder(t, log, 'invoice', 'INV', 2026);
  await assertInOrder(t, log, 'credit-note', 'CN', 2026);
  t.equal((await numbersOf(log, 'invoiceSeries-INV.2026')).length, 900);
});
