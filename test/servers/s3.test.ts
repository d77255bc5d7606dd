import { setImmediate as nextTurn } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import t, { type Test } from 'tap';
import { BucketUnusable } from '../../src/adapters/s3/failures.js';
import type { S3Access, S3Limits } from '../../src/adapters/s3/s3-access.js';
import { S3FileStore } from '../../src/adapters/s3/s3-file-store.js';
import { FileStoreUnavailable, FileTooLarge, type ListedFile } from '../../src/ports/file-store.js';
import { fileStoreContract } from '../contracts/file-store.js';
import { S3Server } from './s3-server.js';

const MB = 1_048_576;
const text = { contentType: 'text/plain' };
/** Amazon takes no smaller parts. */
const inParts = { partBytes: 5 * MB };

const server = await S3Server.start();
t.teardown(() => server.stop());

const open = async (t: Test, access: S3Access, limits: Partial<S3Limits> = {}): Promise<S3FileStore> => {
  const files = await S3FileStore.open(access, limits);
  t.teardown(() => files.close());
  return files;
};

const keysOf = async (listed: AsyncIterable<ListedFile>): Promise<readonly string[]> => {
  const keys: string[] = [];
  for await (const { key } of listed) keys.push(key);
  return keys;
};

const blocks = (count: number): Readable => Readable.from((function* () { for (let n = 0; n < count; n += 1) yield Buffer.alloc(MB / 2, n); })());

fileStoreContract('a bucket', async (t) => open(t, await server.bucket({ prefix: 'school/files/', redirects: true }), inParts), { isFolder: server.keepsFiles });

t.test('a large file goes up part by part and comes down as it was', async (t) => {
  const access = await server.bucket();
  const files = await open(t, access, inParts);
  const stored = await files.put('large', blocks(41), text);
  t.match(stored, { size: 41 * MB / 2, etag: /-5"$/ });
  const whole = await files.get('large');
  t.ok((await buffer(whole?.content ?? Readable.from([]))).equals(await buffer(blocks(41))));
  const across = await files.get('large', { first: 5 * MB - 2, last: 5 * MB + 1 });
  t.same([...(await buffer(across?.content ?? Readable.from([])))], [9, 9, 10, 10]);
  t.equal(across?.etag, stored.etag);
  t.match(await files.put('exact', blocks(10), text), { size: 5 * MB });
  t.equal((await files.stat('exact'))?.size, 5 * MB);
});

t.test('a large file that is refused or breaks off leaves nothing, parts included', async (t) => {
  const access = await server.bucket();
  const files = await open(t, access, inParts);
  await t.rejects(files.put('a', blocks(41), { ...text, maxBytes: 18 * MB }), FileTooLarge);
  const broken = Readable.from((async function* () { yield* blocks(30); throw new Error('hung up'); })());
  await t.rejects(files.put('a', broken, text), { message: 'hung up' });
  t.equal(await files.stat('a'), undefined);
  t.equal(await server.unfinishedUploads(access), 0);
  t.match(await files.put('a', blocks(36), { ...text, maxBytes: 18 * MB }), { size: 18 * MB });
});

t.test('a client that hangs up ends its upload', async (t) => {
  const access = await server.bucket();
  const files = await open(t, access, inParts);
  const source = new Readable({ read: () => undefined });
  const upload = files.put('a', source, text);
  for (let n = 0; n < 12; n += 1) source.push(Buffer.alloc(MB));
  while ((await server.unfinishedUploads(access)) === 0) await nextTurn();
  source.destroy(new Error('aborted'));
  await t.rejects(upload, { message: 'aborted' });
  t.equal(await server.unfinishedUploads(access), 0);
  t.equal(await files.stat('a'), undefined);
});

t.test('the prefix parts what is ours from the rest of the bucket', async (t) => {
  const access = await server.bucket();
  const [one, other] = [await open(t, { ...access, prefix: 'one/' }), await open(t, { ...access, prefix: 'one/other/' })];
  await one.put('a/b', Buffer.from('1'), text);
  await other.put('a/b', Buffer.from('22'), text);
  await server.putForeign(access, 'one/a/.hidden file');
  await server.putForeign(access, 'two/a');
  t.match(await server.head(access, 'one/a/b'), { ContentLength: 1 });
  t.match(await server.head(access, 'one/other/a/b'), { ContentLength: 2 });
  t.same([await keysOf(one.list()), await keysOf(other.list())], [['a/b', 'other/a/b'], ['a/b']]);
  await other.delete('a/b');
  t.same(await keysOf(one.list()), ['a/b']);
});

t.test('more files than a page has are listed', async (t) => {
  const files = await open(t, await server.bucket());
  const keys = Array.from({ length: 1_100 }, (_, n) => `many/${String(n).padStart(4, '0')}`);
  for (let from = 0; from < keys.length; from += 20) await Promise.all(keys.slice(from, from + 20).map((key) => files.put(key, Buffer.from('x'), text)));
  t.same(await keysOf(files.list('many')), keys);
});

t.test('what is stored is encrypted as the configuration says', { skip: server.keepsFiles && 'this server knows no encryption' }, async (t) => {
  const access = await server.bucket();
  const encryption = { algorithm: 'AES256', kmsKeyId: null } as const;
  const files = await open(t, { ...access, encryption }, inParts);
  await files.put('small', Buffer.from('x'), text);
  await files.put('large', blocks(12), text);
  for (const key of ['small', 'large']) t.match(await server.head(access, key), { ServerSideEncryption: 'AES256' });
  const withKey = await open(t, { ...access, encryption: { algorithm: 'aws:kms', kmsKeyId: 'the-key-of-the-school' } });
  await withKey.put('kept', Buffer.from('x'), text);
  t.match(await server.head(access, 'kept'), { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: /the-key-of-the-school$/ });
});

t.test('a signed URL gives the file to anybody for a short time, under the public address', async (t) => {
  const access = await server.bucket({ redirects: true });
  const files = await open(t, access);
  await files.put('a.pdf', Buffer.from('0123456789'), { contentType: 'application/pdf' });
  const options = { expiresInSeconds: 60, contentType: 'application/x-other', disposition: 'attachment; filename="b.pdf"', cacheControl: 'private, no-store' };
  const url = (await files.signedUrl?.('a.pdf', options)) ?? '';
  t.equal(new URL(url).searchParams.get('X-Amz-Expires'), '60');
  const answer = await fetch(url, { headers: { range: 'bytes=2-3' } });
  t.equal(answer.status, 206);
  t.match(Object.fromEntries(answer.headers), { 'content-type': /^application\/x-other/, 'content-disposition': options.disposition, 'cache-control': 'private, no-store' });
  t.equal(await answer.text(), '23');
  const publicly = await open(t, { ...access, publicEndpoint: 'https://files.example' });
  t.equal(new URL((await publicly.signedUrl?.('a.pdf', options)) ?? '').origin, 'https://files.example');
  t.equal((await open(t, { ...access, redirects: false })).signedUrl, undefined);
});

t.test('a bucket that is not there is told apart from a server that is not there', async (t) => {
  const access = await server.bucket();
  await t.rejects(S3FileStore.open({ ...access, bucket: 'no-such-bucket' }), new BucketUnusable('there is no bucket no-such-bucket'));
  await t.rejects(S3FileStore.open({ ...access, endpoint: 'http://127.0.0.1:1' }), FileStoreUnavailable);
  if (!server.keepsFiles) return;
  const credentials = { accessKeyId: 'registrar', secretAccessKey: 'another' };
  await t.rejects(S3FileStore.open({ ...access, credentials }), new BucketUnusable(`access to the bucket ${access.bucket} is refused: its keys or their rights are wrong`));
});
