import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import t, { type Test } from 'tap';
import type { S3Access, S3Limits } from '../../src/adapters/s3/s3-access.js';
import { S3FileStore } from '../../src/adapters/s3/s3-file-store.js';
import type { HttpServices } from '../../src/http/http-services.js';
import { FileStoreUnavailable, type FileStore } from '../../src/ports/file-store.js';
import { createSchool } from '../http/edupro/school.js';
import { videoOf, videoPart, videos } from '../http/edupro/videos.js';
import { formOf } from '../http/users/form.js';
import { avatar, pictures } from '../http/users/pictures.js';
import { createUsersApp } from '../http/users/users-app.js';
import { S3Server } from './s3-server.js';
import { until } from './until.js';

const MB = 1_048_576;
const text = { contentType: 'text/plain' };
const impatient = { callMs: 1_500, sendMs: 1_500, idleMs: 1_000, partBytes: 5 * MB };

const server = await S3Server.start();
t.teardown(() => server.stop());

const open = async (t: Test, access: S3Access, limits: Partial<S3Limits> = impatient): Promise<S3FileStore> => {
  const files = await S3FileStore.open(access, limits);
  t.teardown(() => files.close());
  return files;
};

/** What was in it is gone where the server keeps nothing. */
const backAgain = async ({ bucket }: S3Access): Promise<void> => {
  await server.restart();
  if (!server.keepsFiles) await server.makeBucket(bucket);
};

const allRefuse = async (t: Test, files: FileStore): Promise<void> => {
  const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['put', () => files.put('a', Buffer.from('x'), text)],
    ['put of a stream', () => files.put('a', Readable.from([Buffer.alloc(6 * MB), Buffer.alloc(6 * MB)]), text)],
    ['get', () => files.get('kept')],
    ['stat', () => files.stat('kept')],
    ['delete', () => files.delete('other')],
    ['list', async () => { for await (const { key } of files.list()) t.fail(`listed ${key}`); }],
    ['check', () => files.check()],
  ];
  await Promise.all(calls.map(([name, call]) => t.rejects(call(), FileStoreUnavailable, name)));
};

t.test('while the server hangs everything is refused in time; afterwards all is there and nothing half done', async (t) => {
  const access = await server.bucket();
  const files = await open(t, access);
  await files.put('kept', Buffer.from('kept'), text);
  server.signal('SIGSTOP');
  await allRefuse(t, files);
  server.signal('SIGCONT');
  const { content } = (await files.get('kept')) ?? {};
  t.equal((await buffer(content ?? Readable.from([]))).toString(), 'kept');
  t.equal((await files.put('b', Buffer.from('new'), text)).size, 3);
});

t.test('a server that is gone refuses all; the same store goes on with it when it is back', async (t) => {
  const access = await server.bucket();
  const files = await open(t, access);
  await files.put('kept', Buffer.from('kept'), text);
  await server.kill();
  await allRefuse(t, files);
  await backAgain(access);
  t.equal((await files.stat('kept'))?.size, server.keepsFiles ? 4 : undefined);
  t.match(await files.put('kept', Buffer.from('new'), text), { size: 3 });
});

t.test('an upload that the server does not outlive is refused, and its source is let go of', async (t) => {
  const access = await server.bucket();
  const files = await open(t, access);
  const source = new Readable({ read: () => undefined });
  const upload = files.put('a', source, text);
  for (let n = 0; n < 6; n += 1) source.push(Buffer.alloc(MB));
  while ((await server.unfinishedUploads(access)) === 0) await nextTurn();
  await server.kill();
  for (let n = 0; n < 6; n += 1) source.push(Buffer.alloc(MB));
  await t.rejects(upload, FileStoreUnavailable);
  t.ok(source.destroyed);
  await backAgain(access);
  t.equal(await files.stat('a'), undefined);
});

t.test('a content that breaks off says so, and does not end as if it were whole', async (t) => {
  const access = await server.bucket();
  const files = await open(t, access);
  const large = Buffer.alloc(24 * MB);
  for (const end of ['kill', 'hang'] as const) {
    await files.put('large', large, text);
    const { content } = (await files.get('large')) ?? {};
    if (content === undefined) throw new Error('it was put');
    await once(content, 'readable');
    if (end === 'kill') await server.kill();
    else server.signal('SIGSTOP');
    await t.rejects(buffer(content), FileStoreUnavailable, end);
    if (end === 'kill') await backAgain(access);
    else server.signal('SIGCONT');
  }
});

t.test('a client that hangs up ends its upload, or its download, at the storage, too', async (t) => {
  const access = await server.bucket();
  const files = await open(t, access);
  const read: Readable[] = [];
  const watched: FileStore = {
    put: (...given) => files.put(...given),
    get: async (...given) => {
      const file = await files.get(...given);
      if (file !== undefined) read.push(file.content);
      return file;
    },
    stat: (key) => files.stat(key),
    delete: (key) => files.delete(key),
    list: (folder) => files.list(folder),
    check: () => files.check(),
  };
  const school = await createSchool({ services: (services): HttpServices => ({ ...services, files: watched }) });
  t.teardown(() => school.close());
  const teacher = await school.teacher('ivo');
  const moduleId = await school.module(teacher, await school.course(teacher), 1);
  const origin = await school.app.listen({ port: 0, host: '127.0.0.1' });
  const { payload, contentType } = formOf({ title: 'Canon', order: '1', video: videoPart(videoOf(30 * MB)) });
  const path = `/api/v1/modules/${moduleId}/lessons/create/`;
  const headers = { ...teacher.headers, 'content-type': contentType, 'content-length': String(payload.length) };
  const upload = request(`${origin}${path}`, { method: 'POST', headers });
  upload.on('error', () => undefined);
  upload.write(payload.subarray(0, 20 * MB));
  await until(async () => (await server.unfinishedUploads(access)) === 1);
  upload.destroy();
  await until(async () => (await server.unfinishedUploads(access)) === 0);
  for await (const { key } of files.list()) t.fail(`left ${key}`);

  const { body } = await school.form(teacher, 'POST', `/modules/${moduleId}/lessons/create/`, { title: 'Canon', order: '1', video: videoPart(videoOf(30 * MB)) });
  const download = request(`${origin}${new URL(String(body['video_url'])).pathname}`, { headers: teacher.headers }).end();
  const [answer] = (await once(download, 'response')) as [IncomingMessage];
  t.equal(answer.statusCode, 200);
  await once(answer, 'readable');
  download.destroy();
  await until(async () => read[0]?.closed === true);
  t.equal(read.length, 1);
});

/** Answers of two surfaces with uploads, over a bucket. */
t.test('requests are answered 503 during an outage, in the words of each surface, and leave nothing; then they go on', async (t) => {
  const access = await server.bucket();
  const files = await open(t, access);
  const inBucket = (services: HttpServices): HttpServices => ({ ...services, files });
  const users = await createUsersApp({ surfaces: ['marketplace', 'users'], services: inBucket });
  const school = await createSchool({ services: inBucket });
  t.teardown(() => Promise.all([users.close(), school.close()]));
  const person = await users.person({ avatar: avatar(pictures.png) });
  const avatarOf = async (): Promise<string> => (await users.send('GET', `/user-info/${person.id}`)).json<{ user: { avatar: string } }>().user.avatar;
  const path = new URL(await avatarOf()).pathname;
  const teacher = await school.teacher('ivo');
  const moduleId = await school.module(teacher, await school.course(teacher), 1);
  const lesson = (order: number) => school.form(teacher, 'POST', `/modules/${moduleId}/lessons/create/`, { title: 'Canon', order: String(order), video: videoPart(videos.mp4) });
  const { body } = await lesson(1);
  const video = { method: 'GET', url: new URL(String(body['video_url'])).pathname, headers: teacher.headers } as const;
  t.equal((await school.inject(video)).statusCode, 200);

  await server.kill();
  const refused = await users.form('PUT', '/update-avatar', { avatar: avatar(pictures.gif) }, person.headers);
  t.match([refused.statusCode, refused.json(), refused.headers], [503, { success: false, code: 'temporarily-unavailable' }, { 'retry-after': '1' }]);
  t.equal((await lesson(2)).status, 503);
  t.equal((await school.inject(video)).statusCode, 503);
  t.equal((await users.inject({ method: 'GET', url: path })).statusCode, 503);
  t.equal((await users.newUser({ avatar: avatar(pictures.png) })).statusCode, 503);
  t.equal((await users.newUser({})).statusCode, 201, 'what needs no file goes on');
  t.equal(new URL(await avatarOf()).pathname, path, 'the account has its picture still');

  await backAgain(access);
  t.equal((await users.form('PUT', '/update-avatar', { avatar: avatar(pictures.gif) }, person.headers)).statusCode, 200);
  t.equal((await users.inject({ method: 'GET', url: new URL(await avatarOf()).pathname })).statusCode, 200);
  t.equal((await lesson(2)).status, 201);
});
