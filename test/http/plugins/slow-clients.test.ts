import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import t, { type Test } from 'tap';
import { SlowReaders, TIMEOUTS, type Timeouts } from '../../../src/http/plugins/slow-readers.js';
import { createTestApp } from '../../fixtures/test-app.js';

const NEVER: Timeouts = { headersMs: 1_000_000, bodyMs: 1_000_000, uploadMs: 1_000_000, answerMs: 1_000_000 };

const endless = async (app: FastifyInstance): Promise<void> => {
  app.get('/endless', { config: { access: 'public', reads: [] } }, async (_request, reply) =>
    reply.send(Readable.from((function* () {
      for (;;) yield Buffer.alloc(65_536);
    })())),
  );
};

/** A connection of a client that has sent this and reads nothing, as the server sees it. */
const connection = async (t: Test, timeouts: Timeouts, sent: string): Promise<Socket> => {
  const { app, close } = await createTestApp({ surfaces: ['marketplace'], timeouts, routes: endless });
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const accepted = once(app.server, 'connection');
  const client = connect({ host: url.hostname, port: Number(url.port) });
  client.on('error', () => undefined);
  t.teardown(async () => {
    client.destroy();
    await close();
  });
  client.write(sent);
  const [socket] = await accepted;
  return socket;
};

t.test('issue 9.35: ten seconds for headers, thirty for a body, ten minutes for one with files, sixty for an answer', async (t) => {
  t.same(TIMEOUTS, { headersMs: 10_000, bodyMs: 30_000, uploadMs: 600_000, answerMs: 60_000 });
  const { app, close } = await createTestApp({ surfaces: [] });
  t.teardown(close);
  t.match(app.server, { headersTimeout: 10_000, requestTimeout: 600_000 });
});

const cases: Readonly<Record<string, readonly [Timeouts, string]>> = {
  'its headers': [{ ...NEVER, headersMs: 100 }, 'GET /courses HTTP/1.1\r\nhost: x\r\n'],
  'its body': [{ ...NEVER, headersMs: 100, bodyMs: 200 }, 'POST /auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{'],
  'reading its answer': [{ ...NEVER, headersMs: 100, answerMs: 200 }, 'GET /endless HTTP/1.1\r\nhost: x\r\n\r\n'],
};

for (const [what, [timeouts, sent]] of Object.entries(cases)) {
  t.test(`issue 9.35: who does not finish ${what} is let go`, async (t) => {
    const socket = await connection(t, timeouts, sent);
    // The server says on its socket why it ended it, which is no failure here.
    await new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
    t.ok(socket.destroyed);
  });
}

const madeUp = (readers: SlowReaders, method: string): { readonly raw: { readonly method: string; readonly socket: EventEmitter & { destroy(): void; destroyed: boolean } } } => {
  const socket = Object.assign(new EventEmitter(), { destroyed: false, destroy: () => void (socket.destroyed = true) });
  readers.accept(socket);
  return { raw: { method, socket } };
};

t.test('issue 9.35: an answer that is sent in time ends nothing; a body has its time beside the answer', async (t) => {
  const readers = new SlowReaders(TIMEOUTS);
  const requests = ['GET', 'HEAD', 'POST'].map((method) => madeUp(readers, method).raw);
  const ended = (): readonly string[] => requests.filter(({ socket }) => socket.destroyed).map(({ method }) => method);
  for (const request of requests) readers.begin(request, 0);
  readers.endLate(60_000 - 1);
  t.same(ended(), []);
  if (requests[1] !== undefined) readers.end(requests[1], 1);
  readers.endLate(60_000);
  t.same(ended(), ['GET']);
  readers.endLate(90_000);
  t.same(ended(), ['GET', 'POST']);
});

t.test('issue 11: files have their time, in either direction; what has come in whole is not late', async (t) => {
  const readers = new SlowReaders(TIMEOUTS);
  const [plain, whole, upload, download] = Array.from({ length: 4 }, () => ({ ...madeUp(readers, 'POST').raw, complete: false }));
  if (plain === undefined || whole === undefined || upload === undefined || download === undefined) throw new Error('too few');
  for (const request of [plain, whole, upload, download]) {
    readers.receive(request, 0);
    readers.begin(request, 0);
  }
  whole.complete = true;
  readers.forUpload(upload, 0);
  readers.forDownload(download, 128 * 100_000, 0);
  download.complete = true;
  const ended = (now: number): readonly boolean[] => {
    readers.endLate(now);
    return [plain, whole, upload, download].map(({ socket }) => socket.destroyed);
  };
  t.same(ended(29_999), [false, false, false, false]);
  t.same(ended(30_000), [true, false, false, false]);
  t.same(ended(90_000), [true, true, false, false]);
  t.same(ended(159_999), [true, true, false, false]);
  t.same(ended(160_000), [true, true, false, true]);
  t.same(ended(599_999), [true, true, false, true]);
  t.same(ended(600_000), [true, true, true, true]);
});

t.test('issue 9.35: requests that are sent at once have their time one after the other; a closed connection is let go of', async (t) => {
  const readers = new SlowReaders(TIMEOUTS);
  const { raw } = madeUp(readers, 'GET');
  readers.begin(raw, 0);
  readers.begin(raw, 1);
  readers.end(raw, 59_000);
  readers.endLate(100_000);
  t.notOk(raw.socket.destroyed);
  readers.end(raw, 110_000);
  readers.endLate(1_000_000);
  t.notOk(raw.socket.destroyed, 'nothing is due');
  readers.begin(raw, 1_000_000);
  raw.socket.emit('close');
  readers.endLate(2_000_000);
  t.notOk(raw.socket.destroyed, 'it is gone');
});

t.test('an answer that is declared a feed is not timed; another one on the same connection is', async (t) => {
  const forever = (app: FastifyInstance, url: string, feed: boolean) =>
    app.get(url, { config: { access: 'public', reads: [], feed } }, async (request, reply) => {
      const stream = new Readable({ read: () => undefined });
      stream.push(':\n\n');
      // Behind another answer nothing else tells that the connection is gone.
      request.raw.socket.once('close', () => stream.destroy());
      return reply.send(stream);
    });
  const routes = async (app: FastifyInstance): Promise<void> => {
    forever(app, '/feed', true);
    forever(app, '/plain', false);
  };
  const { app, close } = await createTestApp({ surfaces: [], timeouts: { ...NEVER, headersMs: 50, answerMs: 100 }, routes });
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const ask = (...paths: readonly string[]): Socket => {
    const client = connect({ host: url.hostname, port: Number(url.port) }).on('error', () => undefined).on('data', () => undefined);
    client.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`).join(''));
    return client;
  };
  const feed = ask('/feed');
  t.teardown(async () => {
    feed.destroy();
    await close();
  });
  for (const paths of [['/plain'], ['/plain', '/feed'], ['/feed', '/plain']]) await once(ask(...paths), 'close');
  t.notOk(feed.destroyed, 'it was there before all of them');
});

t.test('issue 9.35: answers are not kept by browsers and proxies, whatever the route', async (t) => {
  const test = await createTestApp();
  t.teardown(test.close);
  const { headers } = await test.signUp('student');
  const asked = [
    { method: 'POST' as const, url: '/auth/login', payload: { email: 'student.1@example.org', password: 'correct horse' } },
    { method: 'GET' as const, url: '/payments', headers },
    { method: 'GET' as const, url: '/invoices', headers },
    { method: 'GET' as const, url: '/api/auth/profile', headers },
    { method: 'GET' as const, url: '/api/v2/user/getuser', headers },
    { method: 'GET' as const, url: '/payments' },
    { method: 'GET' as const, url: '/nowhere' },
    { method: 'GET' as const, url: '/health' },
  ];
  for (const request of asked) t.equal((await test.inject(request)).headers['cache-control'], 'no-store', request.url);
});

t.test('a connection that was opened beforehand, and on which nothing was asked, does not hold up the stop', async (t) => {
  const { app, close } = await createTestApp({ surfaces: [] });
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const accepted = once(app.server, 'connection');
  const client = connect({ host: url.hostname, port: Number(url.port) });
  await accepted;
  const closed = once(client, 'close');
  await close();
  await closed;
  t.ok(client.destroyed);
});
