import { once } from 'node:events';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import t, { type Test } from 'tap';
import type { ChatMessageDocument } from '../../../../src/projections/chats/queries.js';
import { LmdbReadModels } from '../../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../../../src/adapters/embedded/system-clock.js';
import { aggregates } from '../../../../src/domain/aggregates.js';
import { openFeed, type FeedTerms } from '../../../../src/http/marketplace/chat/feed.js';
import { HEARTBEAT_MS, PATIENCE_MS } from '../../../../src/http/shared/event-stream.js';
import { FEEDS_PER_ACCOUNT, FeedPlaces } from '../../../../src/http/shared/feed-places.js';
import { allProjections } from '../../../../src/projections/index.js';
import { StoredProjectionProgress } from '../../../../src/workers/projector/stored-progress.js';
import { FakeClock } from '../../../doubles/fake-clock.js';
import { contextFor } from '../../../fixtures/command-services.js';
import { newCourse } from '../../../fixtures/course-client.js';
import { createTestApp, type SignedUp, type TestApp, type TestAppOptions } from '../../../fixtures/test-app.js';

interface FeedEvent {
  readonly id: string;
  readonly data: { readonly text: string; readonly position: string };
}

/** What a client reads of a feed. */
class Reader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #abort: AbortController;
  #text = '';

  constructor(readonly response: Response, abort: AbortController) {
    if (response.body === null) throw new Error('no body');
    this.#chunks = response.body[Symbol.asyncIterator]();
    this.#abort = abort;
  }

  /** The next block; undefined at the end. */
  async block(): Promise<string | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        return block;
      }
      const { done, value } = await this.#chunks.next();
      if (done === true) return undefined;
      this.#text += Buffer.from(value).toString('utf8');
    }
  }

  /** The next event, past all comments; undefined at the end. */
  async event(): Promise<FeedEvent | undefined> {
    for (;;) {
      const block = await this.block();
      if (block === undefined) return undefined;
      const [, id, data] = /^id: (\d+)\nevent: message\ndata: (.*)$/.exec(block) ?? [];
      if (id !== undefined && data !== undefined) return { id, data: JSON.parse(data) as FeedEvent['data'] };
    }
  }

  async texts(count: number): Promise<readonly string[]> {
    const texts: string[] = [];
    while (texts.length < count) texts.push((await this.event())?.data.text ?? 'the end');
    return texts;
  }

  /** Past the first comment: the feed has looked for messages and waits. */
  async ready(): Promise<this> {
    while ((await this.block()) !== ':');
    return this;
  }

  close(): void {
    this.#abort.abort();
  }
}

interface Place {
  readonly app: TestApp;
  readonly sam: SignedUp;
  readonly tom: SignedUp;
  readonly chatId: string;
  open(by: SignedUp, more?: { readonly query?: string; readonly headers?: Record<string, string>; readonly chatId?: string }): Promise<Reader>;
  send(by: SignedUp, text: string, chatId?: string): Promise<string>;
}

const placeOf = async (t: Test, options: TestAppOptions = {}): Promise<Place> => {
  const app = await createTestApp({ surfaces: ['marketplace'], ...options });
  t.teardown(() => app.close());
  // By app.app.inject: what feeds read beside a request is none of the reads that its route declares.
  const url = await app.app.listen({ host: '127.0.0.1', port: 0 });
  const [sam, tom] = [await app.signUp('student'), await app.signUp('student')];
  const opened = await app.app.inject({ method: 'POST', url: '/chat', headers: sam.headers, payload: { type: 'private', participants: [tom.id] } });
  const { id: chatId } = opened.json<{ id: string }>();
  const open: Place['open'] = async (by, { query = '', headers = {}, chatId: other = chatId } = {}) => {
    const abort = new AbortController();
    t.teardown(() => abort.abort());
    return new Reader(await fetch(`${url}/chat/${other}/events${query}`, { headers: { ...by.headers, ...headers }, signal: abort.signal }), abort);
  };
  const send: Place['send'] = async (by, text, other = chatId) => {
    const sent = await app.app.inject({ method: 'POST', url: `/chat/${other}/messages`, headers: by.headers, payload: { text } });
    if (sent.statusCode !== 201) throw new Error(sent.body);
    return sent.json<{ position: string }>().position;
  };
  return { app, sam, tom, chatId, open, send };
};

/** The clock of the app goes on until it is there. */
const whileTimeGoesOn = async <Value>({ app }: Place, awaited: Promise<Value>): Promise<Value> => {
  let isOver = false;
  const last = awaited.finally(() => (isOver = true));
  while (!isOver) {
    app.clock.advance(HEARTBEAT_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return last;
};

void t.test('a feed brings what is written from now on, to everybody who has it open', async (t) => {
  const place = await placeOf(t);
  const { sam, tom, open, send } = place;
  await send(sam, 'before');
  const readers = [await (await open(sam)).ready(), await (await open(tom)).ready()];
  t.match(readers[0]?.response, { status: 200 });
  t.match(Object.fromEntries(readers[0]?.response.headers ?? []), { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  const position = await send(tom, 'one\nline and "another"');
  for (const reader of readers) t.match(await reader.event(), { id: position, data: { text: 'one\nline and "another"', senderId: tom.id, position } });
  await send(sam, 'two');
  await send(tom, 'three');
  for (const reader of readers) t.same(await reader.texts(2), ['two', 'three']);
});

void t.test('messages of other chats do not come', async (t) => {
  const place = await placeOf(t);
  const { app, sam, open, send } = place;
  const eve = await app.signUp('student');
  const opened = await app.app.inject({ method: 'POST', url: '/chat', headers: sam.headers, payload: { type: 'private', participants: [eve.id] } });
  const reader = await (await open(sam)).ready();
  await send(eve, 'elsewhere', opened.json<{ id: string }>().id);
  await send(sam, 'here');
  t.same(await reader.texts(1), ['here']);
});

void t.test('a feed goes on after Last-Event-ID, without a gap or a double, however much was missed', async (t) => {
  const { sam, tom, open, send } = await placeOf(t);
  const first = await (await open(sam)).ready();
  await send(tom, 'seen');
  const seen = (await first.event())?.id ?? '';
  first.close();
  const missed = Array.from({ length: 45 }, (_, index) => `missed ${index}`);
  for (const text of missed) await send(tom, text);
  const second = await open(sam, { headers: { 'last-event-id': seen } });
  t.same(await second.texts(45), missed);
  await send(sam, 'live');
  t.same(await second.texts(1), ['live']);
  const byQuery = await open(tom, { query: `?after=${seen}` });
  t.same(await byQuery.texts(46), [...missed, 'live']);
  const both = await open(tom, { query: '?after=0', headers: { 'last-event-id': seen } });
  t.same(await both.texts(1), ['missed 0'], 'the header wins');
});

void t.test('messages that many send at once come once each, in one order for all', async (t) => {
  const { sam, tom, open, send } = await placeOf(t);
  const readers = [await (await open(sam)).ready(), await (await open(tom)).ready()];
  await Promise.all(Array.from({ length: 60 }, (_, index) => send(index % 2 === 0 ? sam : tom, `m${index}`)));
  const [one = [], other] = await Promise.all(readers.map((reader) => reader.texts(60)));
  t.same(one, other);
  t.equal(new Set(one).size, 60);
});

void t.test('it works in a process that does not project: it sees what another process has recorded', async (t) => {
  const readModelsFolder = t.testdir();
  const readModels = await LmdbReadModels.open({ folder: readModelsFolder, strict: true });
  const stored: StoredProjectionProgress[] = [];
  const services: TestAppOptions['services'] = (given) => {
    const progress = new StoredProjectionProgress({ store: given.store, readModels, projections: allProjections, clock: systemClock });
    stored.push(progress);
    return { ...given, readModels, progress };
  };
  const { sam, tom, open, send } = await placeOf(t, { services, readModelsFolder });
  t.teardown(async () => {
    for (const progress of stored) progress.stop();
    await readModels.close();
  });
  const reader = await (await open(sam)).ready();
  for (const text of ['Hello', 'again']) {
    await send(tom, text);
    t.same(await reader.texts(1), [text]);
  }
  reader.close();
});

void t.test('a feed lives by its heartbeats, and ends with the session', async (t) => {
  const place = await placeOf(t);
  const { app, sam, tom, open, send } = place;
  const reader = await (await open(sam)).ready();
  t.equal(await whileTimeGoesOn(place, reader.block()), ':');
  await app.app.inject({ method: 'POST', url: '/auth/logout', headers: sam.headers, payload: { refreshToken: sam.refreshToken } });
  t.equal((await app.app.inject({ url: '/users/profile', headers: sam.headers })).statusCode, 401);
  await send(tom, 'too late');
  t.equal(await reader.event(), undefined, 'and shows nothing that came after it');
});

void t.test('a feed of a course ends when its student leaves the course, without a message too', async (t) => {
  const place = await placeOf(t);
  const { app, sam, open, send } = place;
  const ivo = await app.signUp('instructor');
  const { id: courseId } = (await app.app.inject({ method: 'POST', url: '/courses', headers: ivo.headers, payload: { ...newCourse, price: 0 } })).json<{ id: string }>();
  const opened = await app.app.inject({ method: 'POST', url: '/chat', headers: ivo.headers, payload: { type: 'course', participants: [], courseId } });
  const { id: chatId } = opened.json<{ id: string }>();
  t.equal((await open(sam, { chatId })).response.status, 404);
  await app.app.inject({ method: 'POST', url: `/courses/${courseId}/enroll`, headers: sam.headers });
  const reader = await (await open(sam, { chatId })).ready();
  await send(ivo, 'Welcome', chatId);
  t.same(await reader.texts(1), ['Welcome']);
  const at = app.clock.now().toISOString();
  const revoke = { type: 'RevokeAccess', data: { studentId: sam.id, courseId, grantId: 'free-1', reason: 'left', at } } as const;
  await app.services.commands.handler.handle(aggregates.enrollment, `${sam.id}.${courseId}`, revoke, contextFor());
  await app.caughtUp();
  t.equal(await whileTimeGoesOn(place, reader.event()), undefined);
  t.equal((await open(sam, { chatId })).response.status, 404);
});

void t.test('a feed ends with its chat, also when that is opened again', async (t) => {
  const place = await placeOf(t);
  const { app, sam, tom, chatId, open, send } = place;
  const reader = await (await open(sam)).ready();
  await app.app.inject({ method: 'DELETE', url: `/chat/${chatId}`, headers: tom.headers });
  await app.app.inject({ method: 'POST', url: '/chat', headers: tom.headers, payload: { type: 'private', participants: [sam.id] } });
  await send(tom, 'a new beginning');
  t.equal(await whileTimeGoesOn(place, reader.event()), undefined);
});

void t.test('an account has five feeds at most; one that is closed makes room', async (t) => {
  const { sam, tom, open } = await placeOf(t);
  const readers: Reader[] = [];
  for (let index = 0; index < FEEDS_PER_ACCOUNT; index += 1) readers.push(await (await open(sam)).ready());
  const refused = await open(sam);
  t.equal(refused.response.status, 429);
  t.match(refused.response.headers.get('retry-after'), /^\d+$/);
  t.equal((await open(tom)).response.status, 200);
  readers[0]?.close();
  let status = 429;
  while (status === 429) ({ status } = (await open(sam)).response);
  t.equal(status, 200);
});

void t.test('a process has so many places', async (t) => {
  const places = new FeedPlaces(2);
  const free = places.take('sam');
  places.take('tom');
  t.throws(() => places.take('eve'), { status: 503, code: 'feeds-full' });
  free();
  places.take('eve');
});

void t.test('a server that stops ends its feeds at once', async (t) => {
  const { app, sam, open } = await placeOf(t);
  const reader = await (await open(sam)).ready();
  const closed = app.app.close();
  t.equal(await reader.event(), undefined);
  await closed;
});

const madeUp = (terms: Partial<FeedTerms>): { readonly clock: FakeClock; readonly feed: Readable } => {
  const clock = new FakeClock();
  const hub = { join: async () => 1n, leave: () => undefined, seen: 1_000_000n };
  const feed = openFeed({ hub, clock, thread: 'x', after: 0n, mayGoOn: async () => true, read: async () => [], onFailure: () => undefined, ...terms });
  return { clock, feed };
};

const long = (after: bigint): readonly ChatMessageDocument[] =>
  Array.from({ length: 20 }, (_, index): ChatMessageDocument => {
    const position = String(after + BigInt(index) + 1n);
    return { id: position, chatId: 'x', thread: 'x', senderId: 'ada', text: 'x'.repeat(4_000), clientMessageId: null, position, sentAt: '2026-03-01T12:00:00.000Z' };
  });

void t.test('of a client that does not read a feed keeps two batches at most, and then lets it go', async (t) => {
  let reads = 0;
  const { clock, feed } = madeUp({ read: async (after) => ((reads += 1), long(after)) });
  feed.read(0);
  await clock.whenWaiting();
  await new Promise((resolve) => setImmediate(resolve));
  t.ok(reads <= 2, `${reads} batches`);
  clock.advance(PATIENCE_MS - 1);
  t.notOk(feed.destroyed);
  clock.advance(1);
  await once(feed, 'close');
});

void t.test('a feed whose read model fails ends, and says why', async (t) => {
  const failures: unknown[] = [];
  const { feed } = madeUp({
    read: async () => {
      throw new Error('away');
    },
    onFailure: (error) => void failures.push(error),
  });
  t.same((await feed.toArray()).join(''), 'retry: 3000\n\n');
  t.match(failures, [{ message: 'away' }]);
});

void t.test('a feed that waits behind another one on its connection ends with it', async (t) => {
  const { app, sam, chatId, open } = await placeOf(t);
  const address = app.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const client = connect({ host: '127.0.0.1', port: address.port });
  const asked = `GET /chat/${chatId}/events HTTP/1.1\r\nhost: x\r\nauthorization: ${sam.headers.authorization}\r\n\r\n`;
  client.write(asked.repeat(FEEDS_PER_ACCOUNT));
  let status = 200;
  while (status === 200) {
    const reader = await open(sam);
    ({ status } = reader.response);
    reader.close();
  }
  t.equal(status, 429, 'each has a place');
  client.destroy();
  const readers: Reader[] = [];
  while (readers.length < FEEDS_PER_ACCOUNT) {
    const reader = await open(sam);
    if (reader.response.status === 200) readers.push(reader);
  }
  t.equal(readers.length, FEEDS_PER_ACCOUNT, 'all of them are free again');
});
