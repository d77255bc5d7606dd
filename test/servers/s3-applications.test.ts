import { join } from 'node:path';
import { pino } from 'pino';
import t, { type Test } from 'tap';
import { DiskFileStore } from '../../src/adapters/embedded/file-store.js';
import { S3FileStore } from '../../src/adapters/s3/s3-file-store.js';
import { registrar } from '../../src/cli/registrar.js';
import { startApplication, type Application } from '../../src/composition/application.js';
import { loadConfig } from '../../src/config.js';
import type { HttpServices } from '../../src/http/http-services.js';
import { openStore } from '../adapters/embedded/open-log.js';
import { addedToCart } from '../contracts/event-store-samples.js';
import { createSchool } from '../http/edupro/school.js';
import { documentPart, documents } from '../http/edupro/documents.js';
import { videoPart, videos } from '../http/edupro/videos.js';
import { formOf } from '../http/users/form.js';
import { avatar, pictures } from '../http/users/pictures.js';
import { BASE, createUsersApp } from '../http/users/users-app.js';
import { S3Server } from './s3-server.js';
import { until } from './until.js';

const server = await S3Server.start();
t.teardown(() => server.stop());

const pathOf = (url: string): string => new URL(url).pathname;

t.test('two processes over one bucket serve each other’s files, with tags and ranges', async (t) => {
  const access = await server.bucket({ prefix: 'school/' });
  const storeOf = async (): Promise<S3FileStore> => {
    const files = await S3FileStore.open(access);
    t.teardown(() => files.close());
    return files;
  };
  const [one, other] = [await storeOf(), await storeOf()];
  const first = await createUsersApp({ services: (services): HttpServices => ({ ...services, files: one }) });
  const second = await createUsersApp({ services: (services): HttpServices => ({ ...services, files: other }) });
  t.teardown(() => Promise.all([first.close(), second.close()]));
  const person = await first.person({ avatar: avatar(pictures.png) });
  const url = pathOf((await first.send('GET', `/user-info/${person.id}`)).json<{ user: { avatar: string } }>().user.avatar);
  const served = await second.inject({ method: 'GET', url });
  t.equal(served.statusCode, 200);
  t.ok(served.rawPayload.equals(pictures.png));
  const again = await first.inject({ method: 'GET', url, headers: { 'if-none-match': String(served.headers.etag) } });
  t.match([again.statusCode, again.body], [304, '']);
});

t.test('with redirects, readers who may have a file are sent to the bucket, and others are not', async (t) => {
  const access = await server.bucket({ redirects: true });
  const files = await S3FileStore.open(access);
  t.teardown(() => files.close());
  const school = await createSchool({ services: (services): HttpServices => ({ ...services, files }) });
  t.teardown(() => school.close());
  const teacher = await school.teacher('ivo');
  const stranger = await school.teacher('eve');
  const moduleId = await school.module(teacher, await school.course(teacher), 1);
  const fields = { title: 'Canon', order: '1', is_published: 'true', video: videoPart(videos.mp4), document: documentPart(documents.pdf, 'a.pdf') };
  const { body } = await school.form(teacher, 'POST', `/modules/${moduleId}/lessons/create/`, fields);
  const asked = (url: unknown, headers: Record<string, string>, method: 'GET' | 'HEAD' = 'GET') => school.inject({ method, url: pathOf(String(url)), headers });

  const sent = await asked(body['document_url'], teacher.headers);
  t.match([sent.statusCode, sent.body, sent.headers['cache-control']], [302, '', 'private, no-store']);
  const document = await fetch(String(sent.headers.location));
  t.match(Object.fromEntries(document.headers), { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="document.pdf"', 'cache-control': 'private, no-store' });
  t.ok(Buffer.from(await document.arrayBuffer()).equals(documents.pdf));
  const video = await fetch(String((await asked(body['video_url'], teacher.headers)).headers.location), { headers: { range: 'bytes=0-3' } });
  t.match([video.status, video.headers.get('content-type')], [206, 'video/mp4']);
  const known = await asked(body['video_url'], { ...teacher.headers, 'if-none-match': String(video.headers.get('etag')) });
  t.equal(known.statusCode, 304);
  t.match((await asked(body['video_url'], teacher.headers, 'HEAD')).headers, { 'content-length': String(videos.mp4.length), 'content-type': 'video/mp4' });
  t.equal((await asked(body['video_url'], stranger.headers)).statusCode, 403);
  t.equal((await asked(body['video_url'], {})).statusCode, 401);
});

interface Started extends Application {
  readonly send: (method: string, path: string, init?: RequestInit) => Promise<Response>;
}

const started = async (t: Test, variables: Readonly<Record<string, string>>): Promise<Started> => {
  const config = loadConfig({ NODE_ENV: 'test', PORT: '0', DATA_DIR: t.testdir(), LOG_LEVEL: 'silent', BCRYPT_COST: '4', RATE_LIMIT: 'off', ...variables });
  const application = await startApplication(config, pino({ level: 'silent' }));
  t.teardown(() => application.stop());
  return { ...application, send: (method, path, init = {}) => fetch(`${application.url}${path}`, { method, ...init }) };
};

t.test('the program keeps files where S3_… says, tells so, and takes those of an erased account away', async (t) => {
  const { bucket, credentials } = await server.bucket();
  const program = await started(t, {
    S3_BUCKET: bucket, S3_URL: server.url, S3_PATH_STYLE: 'on', S3_PREFIX: 'of/the-school',
    S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? '', S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
    ADMIN_EMAIL: 'root@example.com', ADMIN_PASSWORD: 'correct horse',
  });
  t.match(program.announcement, `files in the bucket ${bucket} under of/the-school/ at ${new URL(server.url).host}`);
  const files = await S3FileStore.open(await sameBucket(bucket));
  t.teardown(() => files.close());
  const keys = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const { key } of files.list()) found.push(key);
    return found;
  };
  const fullname = JSON.stringify({ firstName: 'Ada', lastName: 'Lovelace' });
  const { payload, contentType } = formOf({ email: 'ada@example.com', password: 'secure123', fullname, username: 'ada_l', avatar: avatar(pictures.png) });
  const created = await program.send('POST', `${BASE}/create-user`, { body: new Uint8Array(payload), headers: { 'content-type': contentType } });
  t.equal(created.status, 201);
  t.match(await keys(), [/^avatars\/.+\.png$/]);
  t.match(await (await program.send('GET', '/health')).json(), { parts: { files: { status: 'up' } } });

  const json = { 'content-type': 'application/json' };
  const login = await program.send('POST', '/auth/login', { body: JSON.stringify({ email: 'root@example.com', password: 'correct horse' }), headers: json });
  const { accessToken } = (await login.json()) as { accessToken: string };
  const authorization = { authorization: `Bearer ${accessToken}` };
  const { users } = (await (await program.send('GET', `${BASE}/admin-all-users`, { headers: authorization })).json()) as { users: { _id: string; email: string }[] };
  const { _id: ada = '' } = users.find(({ email }) => email === 'ada@example.com') ?? {};
  server.signal('SIGSTOP');
  t.equal((await program.send('DELETE', `${BASE}/delete-user/${ada}`, { headers: authorization })).status, 201, 'the account is deleted, whatever holds up its files');
  t.equal((await (await program.send('GET', '/health')).json() as { status: string }).status, 'degraded');
  server.signal('SIGCONT');
  await until(async () => (await keys()).length === 0);

  await server.kill();
  const health = await program.send('GET', '/health');
  t.match([health.status, await health.json()], [200, { status: 'degraded', parts: { files: { status: 'degraded', detail: String } } }]);
  await server.restart();
});

const sameBucket = async (bucket: string) => ({ ...(await server.bucket()), bucket, prefix: 'of/the-school/' });

t.test('files copy takes hundreds of files to the bucket and back, and orphans lists them', async (t) => {
  const { bucket, credentials } = await server.bucket();
  const root = t.testdir();
  const variables = {
    NODE_ENV: 'test', DATA_DIR: root, LOG_LEVEL: 'silent', S3_BUCKET: bucket, S3_URL: server.url, S3_PATH_STYLE: 'on', S3_PREFIX: 'school',
    S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? '', S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
  };
  const run = async (...args: readonly string[]) => {
    const lines: string[] = [];
    const code = await registrar(args, { config: () => loadConfig(variables), print: (line) => void lines.push(line), signal: new AbortController().signal });
    return { code, lines };
  };
  const folder = await DiskFileStore.open(join(root, 'files'));
  const keys = Array.from({ length: 250 }, (_, n) => `avatars/${String(n).padStart(4, '0')}.png`);
  for (let from = 0; from < keys.length; from += 50) {
    await Promise.all(keys.slice(from, from + 50).map((key) => folder.put(key, Buffer.from(key), { contentType: 'image/png; metadata=none' })));
  }
  t.match(await run('files', 'copy', '--to', 's3'), { code: 0, lines: [/^100 of 250 files/] });
  t.match((await run('files', 'copy', '--to', 's3')).lines.at(-1), /^250 of 250 files, 4000 bytes: 0 copied, 250 stood there already; the SHA-256/);
  for (const key of keys.slice(0, 50)) await folder.delete(key);
  t.match((await run('files', 'copy', '--to', 'folder')).lines.at(-1), /: 50 copied, 200 stood there already/);
  t.match(await folder.stat('avatars/0007.png'), { contentType: 'image/png; metadata=none', size: 16 });
  const log = await openStore(join(root, 'log'));
  await log.append('cart-a', 'no_stream', [addedToCart('a')]);
  await log.close();
  const orphans = await run('files', 'orphans', '--remove');
  t.match(orphans, { code: 0, lines: [/^avatars\/0000\.png {2}16 bytes, of .+, younger than 24 h$/] });
  t.equal(orphans.lines.at(-1), '250 files that no event names, 0 removed');
});

t.test('a bucket that is not there ends the start with its name', async (t) => {
  const { credentials } = await server.bucket();
  const variables = { S3_BUCKET: 'nowhere', S3_URL: server.url, S3_PATH_STYLE: 'on', S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? '', S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '' };
  await t.rejects(started(t, variables), { name: 'InvalidConfiguration', message: /S3_BUCKET: there is no bucket nowhere/ });
});
