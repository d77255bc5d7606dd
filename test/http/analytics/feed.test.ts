import { setImmediate as immediate } from 'node:timers/promises';
import t from 'tap';
import type { DomainEvent } from '../../../src/domain/events.js';
import { openFactFeed, type FactFeedTerms } from '../../../src/http/analytics/fact-feed.js';
import { FactHub } from '../../../src/http/analytics/fact-hub.js';
import { PATIENCE_MS } from '../../../src/http/shared/event-stream.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { openShop } from '../../fixtures/shop.js';

interface Block {
  readonly id: string;
  readonly kind: string;
  readonly data: { readonly table: string; readonly rows: readonly Readonly<Record<string, unknown>>[] };
}

const parsed = (text: string): readonly Block[] =>
  [...text.matchAll(/^id: (\d+)\nevent: (.+)\ndata: (.+)$/gm)].map(([, id = '', kind = '', data = '']) => ({ id, kind, data: JSON.parse(data) as Block['data'] }));

/** Reads until the text is enough, and no further. */
const readUntil = async (chunks: AsyncIterable<Uint8Array | string>, isEnough: (text: string) => boolean): Promise<string> => {
  let text = '';
  for await (const chunk of chunks) {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    if (isEnough(text)) break;
  }
  return text;
};

t.test('facts come over HTTP from any position on, filtered by type and by whose they are', async (t) => {
  const shop = await openShop({ surfaces: ['marketplace', 'analytics'] });
  t.teardown(() => shop.close());
  const { admin, ada, sam } = shop;
  const bob = await shop.signUp('instructor');
  const course = await shop.course(12.5);
  const buy = async (by: typeof sam): Promise<string> => {
    const { statusCode, body } = await shop.app.inject({ method: 'POST', url: '/payments', headers: by.headers, payload: { ...shop.purchase([course]), userId: by.id } });
    if (statusCode !== 201) throw new Error(body);
    return (JSON.parse(body) as { readonly id: string }).id;
  };
  const paymentId = await buy(sam);
  await shop.settled();
  await shop.send(admin, 'PATCH', `/payments/${paymentId}`, { status: 'refunded' });
  await shop.settled();
  // By fetch: what feeds read beside a request is none of the reads that its route declares.
  const url = await shop.app.listen({ host: '127.0.0.1', port: 0 });
  const get = async (by: typeof admin | null, query: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}/analytics/feed?${query}`, { headers: { ...by?.headers, ...headers } });
  const until = async ({ body }: Response, isEnough: (text: string) => boolean): Promise<readonly Block[]> => (body === null ? [] : parsed(await readUntil(body, isEnough)));
  /** Everything up to now: the feed says how far it has read. */
  const whole = async (by: typeof admin, query: string, headers: Record<string, string> = {}) =>
    until(await get(by, query, headers), (text) => /\n\nid: \d+\n\n$/.test(text));
  const status = async (by: typeof admin | null, query: string): Promise<number> => (await get(by, query)).status;

  const all = await whole(admin, 'after=0');
  t.same(all.map(({ kind }) => kind).filter((kind) => !kind.startsWith('enrollment')), ['purchase', 'refund']);
  t.match(all.find(({ kind }) => kind === 'purchase')?.data, { table: 'payments', rows: [{ paymentId, courseId: course, instructorId: ada.id, amount: '12.50', discount: '0.00', currency: 'USD' }] });
  t.match(all.find(({ kind }) => kind === 'refund')?.data, { table: 'refunds', rows: [{ paymentId, courseId: course, amount: '12.50', isFull: true }] });
  t.same((await whole(admin, 'after=0&types=refund')).map(({ kind }) => kind), ['refund']);
  t.same((await whole(admin, '', { 'last-event-id': all[0]?.id ?? '' })).map(({ id }) => id), all.slice(1).map(({ id }) => id), 'goes on after the last one seen');
  t.same((await whole(ada, 'after=0')).map(({ id }) => id), all.map(({ id }) => id), 'an instructor sees her own');
  t.same(await whole(bob, 'after=0'), [], 'and nobody else’s');
  t.same([await status(bob, `course=${course}`), await status(sam, ''), await status(null, ''), await status(admin, 'types=purchase,love')], [404, 403, 401, 400]);

  t.equal(await status(admin, 'after=-1'), 400);

  const live = await get(ada, '');
  const heard = until(live, (text) => text.includes('event: purchase'));
  await buy(shop.kim);
  await shop.settled();
  t.same((await heard).map(({ kind }) => kind).filter((kind) => kind === 'purchase'), ['purchase'], 'what comes now');

  const lost = until(await get(ada, `after=${2n ** 127n}`), (text) => text.includes('event: purchase'));
  await buy(await shop.signUp('student'));
  t.same((await lost).map(({ kind }) => kind).filter((kind) => kind === 'purchase'), ['purchase'], 'also after a place of another log');
});

const enrolled = (n: number): DomainEvent => ({ type: 'StudentEnrolled', data: { studentId: `s${n}`, courseId: 'c', enrolledAt: '2026-03-01T12:00:00.000Z' } });

class CountingStore extends MemoryEventStore<DomainEvent> {
  subscriptions = 0;

  override subscribe(options: Parameters<MemoryEventStore<DomainEvent>['subscribe']>[0]) {
    this.subscriptions += 1;
    return super.subscribe(options);
  }
}

t.test('a thousand readers share one subscription, and one who takes nothing is let go', async (t) => {
  const store = new CountingStore();
  const clock = new FakeClock();
  const failures: unknown[] = [];
  const hub = new FactHub({ store, commands: { clock } }, (error) => failures.push(error));
  const terms: FactFeedTerms = { hub, clock, of: { dimension: 'all', key: '-' }, kinds: null, after: undefined, mayGoOn: async () => true, onFailure: (error) => failures.push(error) };
  const append = async (from: number, to: number): Promise<void> => {
    for (let n = from; n < to; n += 1) {
      const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
      const metadata = { actorId: null, correlationId: id, causationId: id, commandId: id, occurredAt: '2026-03-01T12:00:00.000Z', schemaVersion: 1 };
      await store.append(`enrollment-s${n}.c`, 'no_stream', [{ ...enrolled(n), id, metadata }]);
    }
  };
  const [OLD, NEW, SKIPPED] = [100, 20, 95];
  await append(0, OLD);
  const ids = (text: string): readonly string[] => parsed(text).map(({ id }) => id);
  const idle = openFactFeed({ ...terms, after: 0n });
  const gone = new Promise((resolve) => idle.once('close', resolve));
  idle.read(0);
  while (idle.readableLength <= idle.readableHighWaterMark) await immediate();
  const held = idle.readableLength;
  // Half of them read what was there before, too.
  const wanted = Array.from({ length: OLD + NEW - SKIPPED }, (_, n) => String(n + SKIPPED + 1));
  const wantedOf = (n: number): readonly string[] => (n % 2 === 0 ? wanted.slice(OLD - SKIPPED) : wanted);
  const read = Array.from({ length: 1_000 }, (_, n) => readUntil(openFactFeed({ ...terms, after: BigInt(n % 2 === 0 ? OLD : SKIPPED) }), (text) => ids(text).length >= wantedOf(n).length));
  await append(OLD, OLD + NEW);
  const wrong = (await Promise.all(read)).filter((text, n) => ids(text).join() !== wantedOf(n).join());
  t.same(wrong, [], 'each has every fact once, in order');
  t.equal(store.subscriptions, 1);
  t.equal(idle.readableLength, held, 'nothing piles up for who does not read');
  clock.advance(PATIENCE_MS);
  await gone;
  hub.stop();
  t.same(failures, []);
});
