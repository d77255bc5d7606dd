import { randomUUID } from 'node:crypto';
import t from 'tap';
import type { HttpServices } from '../../../src/http/http-services.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { watchedFiles } from '../../fixtures/watched-files.js';
import { formOf } from './form.js';
import { avatar, described, pictureOf, pictures, pngOfSize, program } from './pictures.js';
import { BASE, createUsersApp } from './users-app.js';

const FIVE_MB = 5 * 1_048_576;

const kept = new Set<string>();
/** The file store of production, which says what is in it. */
const watched = ({ files, ...services }: HttpServices): HttpServices => ({ ...services, files: watchedFiles(files, kept) });
const app = await createUsersApp({ surfaces: ['marketplace', 'users'], services: watched });
t.teardown(() => app.close());

const pathOf = (url: string): string => new URL(url).pathname;
const avatarOf = async (id: string): Promise<string> =>
  (await app.send('GET', `/user-info/${id}`)).json<{ user: { avatar: string } }>().user.avatar;

t.test('create-user keeps a picture by what is in it', async (t) => {
  for (const [extension, content] of Object.entries(pictures)) {
    t.test(extension, async (t) => {
      const person = await app.person({ avatar: avatar(content, 'photo.exe', 'application/octet-stream') });
      const url = await avatarOf(person.id);
      t.match(url, new RegExp(`^http://localhost:8000/files/avatars/[0-9a-f-]{36}\\.${extension}$`));
      const file = await app.inject({ method: 'GET', url: pathOf(url) });
      t.equal(file.statusCode, 200);
      t.ok(file.rawPayload.equals(content));
      t.match(file.headers, {
        'content-type': extension === 'jpg' ? 'image/jpeg' : `image/${extension}`,
        'content-length': String(content.length),
        'x-content-type-options': 'nosniff',
        'cache-control': /max-age=\d{6}/,
        'cross-origin-resource-policy': 'cross-origin',
      });
      t.equal((await app.inject({ method: 'HEAD', url: pathOf(url) })).statusCode, 200);
      const known = await app.inject({ method: 'GET', url: pathOf(url), headers: { 'if-none-match': String(file.headers.etag) } });
      t.match([known.statusCode, known.body, known.headers.etag], [304, '', file.headers.etag]);
      t.equal((await app.inject({ method: 'GET', url: pathOf(url), headers: { 'if-none-match': '"another"' } })).statusCode, 200);
    });
  }

  t.test('with the picture before the fields', async (t) => {
    const { payload, contentType } = formOf({
      avatar: avatar(),
      fullname: '{"firstName":"A","lastName":"B"}',
      email: 'upside@example.com',
      username: 'upside_down',
      password: 'secure123',
    });
    const url = `${BASE}/create-user`;
    t.equal((await app.inject({ method: 'POST', url, payload, headers: { 'content-type': contentType } })).statusCode, 201);
  });

  t.test('of 5 MB', async (t) => {
    t.equal((await app.newUser({ avatar: avatar(pictureOf(FIVE_MB)) })).statusCode, 201);
  });
});

t.test('nothing is left of what is refused: neither file nor account', async (t) => {
  await app.newUser({ username: 'taken_name' });
  const files = new Set(kept);
  const registered = (await app.events()).filter(({ type }) => type === 'AccountRegistered').length;
  const refused = async (name: string, fields: Parameters<typeof app.newUser>[0], field: string) =>
    t.test(name, async (t) => {
      const answer = await app.newUser(fields);
      t.equal(answer.statusCode, 400, answer.body);
      t.match(answer.json(), { success: false, errors: [{ field }] });
      t.same(kept, files);
      t.equal((await app.events()).filter(({ type }) => type === 'AccountRegistered').length, registered);
    });
  await refused('5 MB and a byte', { avatar: avatar(pictureOf(FIVE_MB + 1)) }, 'avatar');
  await refused('12 MB', { avatar: avatar(pictureOf(12 * 1_048_576)) }, 'avatar');
  await refused('a program named .png', { avatar: avatar(program) }, 'avatar');
  await refused('an SVG, which can hold a script', { avatar: avatar(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')) }, 'avatar');
  await refused('issue 9.31: a JPEG of three bytes', { avatar: avatar(Buffer.from('ffd8ff', 'hex')) }, 'avatar');
  await refused('issue 9.31: half a picture', { avatar: avatar(pictures.webp.subarray(0, 30)) }, 'avatar');
  await refused('issue 9.31: 30,000 pixels by 30,000', { avatar: avatar(pngOfSize(30_000, 30_000)) }, 'avatar');
  await refused('issue 9.31: 10,001 pixels by one', { avatar: avatar(pngOfSize(10_001, 1)) }, 'avatar');
  await refused('issue 9.31: 9,000 pixels by 9,000', { avatar: avatar(pngOfSize(9_000, 9_000)) }, 'avatar');
  await refused('issue 9.31: no pixels', { avatar: avatar(pngOfSize(0, 1)) }, 'avatar');
  await refused('one byte', { avatar: avatar(Buffer.from('x')) }, 'avatar');
  await refused('an empty file', { avatar: avatar(Buffer.alloc(0)), username: 'ab' }, 'username');
  await refused('a username that is taken', { avatar: avatar(), username: 'taken_name' }, 'username');
  await refused('a wrong field before the picture', { avatar: avatar(), password: 'five5' }, 'password');
  await refused('a wrong field within JSON', { avatar: avatar(), fullname: '{}' }, 'fullname.firstName');
  await refused('a field that there is not, after the picture', { avatar: avatar(), later: 'x' }, 'later');
  await refused('another file', { avatar: avatar(), resume: avatar() }, 'resume');

  await t.test('two pictures', async (t) => {
    const { payload, contentType } = formOf([['avatar', avatar()], ['avatar', avatar(pictures.gif)]]);
    const answer = await app.inject({ method: 'POST', url: `${BASE}/create-user`, payload, headers: { 'content-type': contentType } });
    t.match([answer.statusCode, answer.json()], [400, { errors: [{ field: 'avatar', message: 'was sent twice' }] }]);
    t.same(kept, files);
  });

  await t.test('a form that stops in the middle of the picture', async (t) => {
    const { payload, contentType } = formOf({ email: 'half@example.com', avatar: avatar(pictureOf(100_000)) });
    const headers = { 'content-type': contentType };
    const answer = await app.inject({ method: 'POST', url: `${BASE}/create-user`, payload: payload.subarray(0, 50_000), headers });
    t.match([answer.statusCode, answer.json()], [400, { success: false, code: 'malformed-form' }]);
    t.same(kept, files);
  });
});

t.test('update-avatar', async (t) => {
  t.test('keeps the new picture and removes the one before', async (t) => {
    const person = await app.person({ avatar: avatar() });
    const before = await avatarOf(person.id);
    const answer = await app.form('PUT', '/update-avatar', { avatar: avatar(pictures.gif) }, person.headers);
    t.equal(answer.statusCode, 200, answer.body);
    const { user } = answer.json<{ user: { avatar: string; _id: string } }>();
    t.match(user, { _id: person.id, avatar: /\.gif$/ });
    t.equal((await app.inject({ method: 'GET', url: pathOf(user.avatar) })).statusCode, 200);
    t.equal((await app.inject({ method: 'GET', url: pathOf(before) })).statusCode, 404);
    t.match((await app.inject({ method: 'GET', url: '/auth/me', headers: person.headers })).json(), { user: { imageProfileUrl: user.avatar } });
  });

  t.test('refuses what is no picture, and the one before stays', async (t) => {
    const person = await app.person({ avatar: avatar() });
    const before = await avatarOf(person.id);
    const files = new Set(kept);
    for (const wrong of [avatar(program), avatar(pictureOf(FIVE_MB + 1)), avatar(Buffer.alloc(0)), undefined, 'text']) {
      const answer = await app.form('PUT', '/update-avatar', { avatar: wrong }, person.headers);
      t.match([answer.statusCode, answer.json()], [400, { success: false, errors: [{ field: 'avatar' }] }]);
    }
    t.equal(await avatarOf(person.id), before);
    t.same(kept, files);
  });

  t.test('needs a token before anything is kept', async (t) => {
    const files = new Set(kept);
    t.equal((await app.form('PUT', '/update-avatar', { avatar: avatar() })).statusCode, 401);
    t.same(kept, files);
  });

  t.test('20 at once leave one picture', async (t) => {
    const person = await app.person();
    const files = new Set(kept);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => app.form('PUT', '/update-avatar', { avatar: avatar() }, person.headers)),
    );
    t.ok(answers.every(({ statusCode }) => statusCode === 200));
    const left = [...kept].filter((key) => !files.has(key));
    t.same(left, [pathOf(await avatarOf(person.id)).replace('/files/', '')]);
  });
});

t.test('issue 9.31: where a picture was taken, and by whom, is served to nobody', async (t) => {
  for (const [extension, content] of Object.entries(described)) {
    const person = await app.person({ avatar: avatar(content) });
    const updated = await app.form('PUT', '/update-avatar', { avatar: avatar(content) }, person.headers);
    const url = updated.json<{ user: { avatar: string } }>().user.avatar;
    const { statusCode, rawPayload } = await app.inject({ method: 'GET', url: pathOf(url) });
    t.equal(statusCode, 200);
    t.notMatch(rawPayload.toString('latin1'), /SECRET/, extension);
  }
});

t.test('issue 9.31: nor of pictures that were kept before', async (t) => {
  const name = '0b9a7c1e-1111-4000-8000-000000000000';
  await app.services.files.put(`avatars/${name}.jpg`, described.jpg, { contentType: 'image/jpeg' });
  const { statusCode, rawPayload, headers } = await app.inject({ method: 'GET', url: `/files/avatars/${name}.jpg` });
  t.equal(statusCode, 200);
  t.notMatch(rawPayload.toString('latin1'), /SECRET/);
  t.match(headers, { 'content-length': String(rawPayload.length), 'content-type': 'image/jpeg' });
  await app.services.files.put(`avatars/${name}.png`, Buffer.from('no picture'), { contentType: 'image/png' });
  t.equal((await app.inject({ method: 'GET', url: `/files/avatars/${name}.png` })).statusCode, 404);
});

t.test('issue 9.31: an address uploads so many bytes in an hour, on all routes together', async (t) => {
  const clock = new FakeClock();
  const limited = await createUsersApp({ config: { rateLimit: true }, clock });
  t.teardown(() => limited.close());
  const person = await limited.person();
  const upload = (remoteAddress: string, method: 'POST' | 'PUT' = 'PUT') => {
    const { payload, contentType } = formOf({ avatar: avatar(pictureOf(FIVE_MB + 1)) });
    const url = method === 'PUT' ? `${BASE}/update-avatar` : `${BASE}/create-user`;
    return limited.inject({ method, url, payload, headers: { ...person.headers, 'content-type': contentType }, remoteAddress });
  };
  for (let count = 0; count < 12; count += 1) t.equal((await upload('10.0.0.1', count % 2 === 0 ? 'PUT' : 'POST')).statusCode, 400);
  for (const method of ['PUT', 'POST'] as const) {
    const { statusCode, headers } = await upload('10.0.0.1', method);
    t.match([statusCode, headers['retry-after']], [429, '3600']);
  }
  t.equal((await upload('10.0.0.2')).statusCode, 400, 'others go on');
  clock.advance(3_600_000);
  t.equal((await upload('10.0.0.1')).statusCode, 400, 'an hour later it goes on');
});

t.test('of the file store, pictures only', async (t) => {
  await app.services.files.put('invoices/secret.png', Buffer.from('private'), { contentType: 'image/png' });
  const name = '0b9a7c1e-0000-4000-8000-000000000000';
  for (const path of ['..%2Finvoices%2Fsecret.png', '%2e%2e%2finvoices%2fsecret.png', 'secret.png', `${name}.svg`, `${name}.png`, `${name}.png%00`, `${name}`]) {
    const answer = await app.inject({ method: 'GET', url: `/files/avatars/${path}` });
    t.ok([400, 404].includes(answer.statusCode), `${path} ${answer.statusCode}`);
    t.notMatch(answer.body, 'private');
  }
  await app.services.files.put(`invoices/${name}.png`, Buffer.from('private'), { contentType: 'image/png' });
  for (const path of ['invoices/secret.png', `invoices/${name}.png`, `..%2Finvoices/${name}.png`]) {
    const answer = await app.inject({ method: 'GET', url: `/files/${path}` });
    t.equal(answer.statusCode, 404, path);
    t.notMatch(answer.body, 'private');
  }
});

t.test('pictures of each public folder', async (t) => {
  const name = `${randomUUID()}.png`;
  for (const folder of ['avatars', 'logos', 'icons', 'thumbnails', 'modules', 'lessons']) {
    await app.services.files.put(`${folder}/${name}`, pictures.png, { contentType: 'image/png' });
    const answer = await app.inject({ method: 'GET', url: `/files/${folder}/${name}` });
    t.match(answer, { statusCode: 200, headers: { 'content-type': 'image/png' } }, folder);
    t.equal(answer.rawPayload.length, pictures.png.length, folder);
  }
});
