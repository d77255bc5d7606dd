import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ServerCredentials } from '@grpc/grpc-js';
import t, { type Test } from 'tap';
import { EventStoreDbStore } from '../../src/adapters/eventstoredb/event-store-db-store.js';
import { packed, readPosition, unpacked } from '../../src/adapters/eventstoredb/log-position.js';
import { assertServerVersion, EventStoreTooOld } from '../../src/adapters/eventstoredb/server-version.js';
import { StreamTombstoned } from '../../src/adapters/eventstoredb/failures.js';
import { EventStoreUnavailable } from '../../src/ports/event-store.js';
import { addedToCart, appendOrFail, collect, freshCategory, labelOf, takeUntil } from '../contracts/event-store-samples.js';
import { openFront } from './eventstoredb-front/open-front.js';
import { rawClient } from './eventstoredb-front/raw-client.js';

const opened = async (t: Test) => {
  const front = await openFront(t);
  const store = new EventStoreDbStore({ connectionString: front.connectionString });
  t.teardown(() => store.close());
  return { front, store, raw: rawClient(front.connectionString), stream: `${freshCategory()}-1` };
};

t.test('system events, links and events of other programs are passed over and do not count as lag', async (t) => {
  const { store, raw, stream } = await opened(t);
  const abort = new AbortController();
  t.teardown(() => abort.abort());
  t.equal(await store.head(), 0n);
  await raw.json('$stats-127.0.0.1:2113', '$statsCollected');
  await appendOrFail(store, stream, ['a']);
  await raw.binary(stream, '$>');
  await raw.json(stream, 'SomethingElse');
  await appendOrFail(store, stream, ['b']);
  const head = await store.head();
  for (let n = 0; n < 100; n += 1) await raw.json('$stats-127.0.0.1:2113', '$statsCollected');
  t.equal(await store.head(), head);
  t.strictSame((await collect(store.readStream(stream))).map(labelOf), ['a', 'b']);
  t.strictSame((await collect(store.readStream(stream, { limit: 2 }))).map(labelOf), ['a', 'b']);
  t.strictSame((await collect(store.readStream(stream, { direction: 'backwards', limit: 2 }))).map(labelOf), ['b', 'a']);
  t.strictSame((await collect(store.readAll())).map(labelOf), ['a', 'b']);
  let position = 0n;
  const seen = await takeUntil(store.subscribe({ after: 0n, signal: abort.signal }), (_, batch) => {
    position = batch.position;
    return batch.live;
  });
  t.strictSame(seen.map(labelOf), ['a', 'b']);
  t.ok(position >= head);
});

t.test('another program may end the log: the subscription reaches the head', async (t) => {
  const { store, raw, stream } = await opened(t);
  const abort = new AbortController();
  t.teardown(() => abort.abort());
  await appendOrFail(store, stream, ['a']);
  await raw.json('other-1', 'SomethingElse');
  const head = await store.head();
  await takeUntil(store.subscribe({ after: 0n, signal: abort.signal }), (_, { live, position }) => live && position >= head);
});

t.test('a deleted stream has no events and can be begun again; one deleted for good cannot', async (t) => {
  const { store, raw, stream } = await opened(t);
  await appendOrFail(store, stream, ['a', 'b']);
  await raw.client.deleteStream(stream);
  t.strictSame(await collect(store.readStream(stream)), []);
  t.match(await store.append(stream, 'no_stream', [addedToCart('c')]), { ok: true, revision: 2 });
  t.strictSame((await collect(store.readStream(stream))).map(labelOf), ['c']);
  await raw.client.tombstoneStream(stream);
  t.strictSame(await collect(store.readStream(stream)), []);
  await t.rejects(store.append(stream, 'no_stream', [addedToCart('d')]), StreamTombstoned);
});

t.test('appending nothing', async (t) => {
  const { store, stream } = await opened(t);
  const first = await appendOrFail(store, stream, ['a']);
  t.strictSame(await store.append(stream, 0, []), first);
  t.match(await store.append(stream, 'no_stream', []), { ok: false, currentRevision: 0 });
});

t.test('both halves of a position survive', (t) => {
  for (const position of [{ commit: 0n, prepare: 1n }, { commit: 7_000_000_000n, prepare: 0n }, { commit: 2n ** 63n - 1n, prepare: 2n ** 63n - 1n }]) {
    t.strictSame(unpacked(packed(position)), position);
  }
  t.equal(readPosition(0n), 'start');
  t.ok(packed({ commit: 2n, prepare: 0n }) > packed({ commit: 1n, prepare: 5n }));
  t.end();
});

t.test('a server older than the documented one is refused by name', async (t) => {
  for (const version of ['22.10.4', '23.6.0', '5.0.11']) t.throws(() => assertServerVersion(version), { name: 'EventStoreTooOld', message: /too old.*23\.10/ });
  for (const version of ['23.10.0', '24.10.5', '25.0.1', 'unknown', '']) t.doesNotThrow(() => assertServerVersion(version));
  const front = await openFront(t, { version: '22.10.4' });
  const store = new EventStoreDbStore({ connectionString: front.connectionString });
  t.teardown(() => store.close());
  await t.rejects(store.head(), EventStoreTooOld);
});

const certificate = (folder: string) => {
  const [key, cert] = [`${folder}/key.pem`, `${folder}/cert.pem`];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
  return { cert, credentials: ServerCredentials.createSsl(null, [{ private_key: readFileSync(key), cert_chain: readFileSync(cert) }]) };
};

t.test('TLS and credentials are those of the connection string', async (t) => {
  const { cert, credentials } = certificate(t.testdir());
  const front = await openFront(t, { credentials });
  const { host, port } = front.endpoint;
  const connectionString = `esdb://registrar:p%40ss@${host}:${port}?tlsCAFile=${encodeURIComponent(cert)}`;
  const store = new EventStoreDbStore({ connectionString });
  t.teardown(() => store.close());
  const stream = `${freshCategory()}-1`;
  await appendOrFail(store, stream, ['a']);
  t.strictSame((await collect(store.readStream(stream))).map(labelOf), ['a']);
  t.strictSame([...front.context.requests.authorizations], [`Basic ${Buffer.from('registrar:p@ss').toString('base64')}`]);
  const distrustful = new EventStoreDbStore({ connectionString: `esdb://${host}:${port}`, retry: { giveUpAfterMs: 300 } });
  t.teardown(() => distrustful.close());
  await t.rejects(distrustful.head(), EventStoreUnavailable);
});
