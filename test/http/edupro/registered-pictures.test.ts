import t from 'tap';
import type { HttpServices } from '../../../src/http/http-services.js';
import { removeUnactivatedPictures } from '../../../src/workers/unactivated-pictures.js';
import { watchedFiles } from '../../fixtures/watched-files.js';
import { pictures } from '../users/pictures.js';
import { createEduproApp } from './edupro-app.js';

const kept = new Set<string>();
/** The file store of production, which says what is in it. */
const watched = ({ files, ...services }: HttpServices): HttpServices => ({ ...services, files: watchedFiles(files, kept) });

const app = await createEduproApp({ services: watched });
t.teardown(() => app.close());

const png = { filename: 'x.png', type: 'image/png', content: pictures.png };
const person = { first_name: 'Ada', last_name: 'L', username: 'ada', email: 'ada@example.org', phone: '+4930100', parent_phone: '030 1234', password1: 'correct horse', password2: 'correct horse' };
const other = { ...person, username: 'bea', email: 'bea@example.org', phone: '+4930101' };
const url = '/teacher/teacher-register/';

t.test('pictures of a registration are the account and its profile', async (t) => {
  const { status, body } = await app.form(null, 'POST', url, { ...person, avatar: png, logo: png });
  t.equal(status, 201);
  const { avatar, logo } = body['user'] as Readonly<Record<string, string>>;
  t.same([...kept].toSorted(), [avatar, logo].map((each) => String(each).replace(/^.*\/files\//, '')).toSorted());
  const login = await app.send(null, 'POST', '/teacher/login/', { email: person.email, password: person.password1 });
  const cookie = login.raw.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const profile = await app.send(null, 'GET', '/teacher/teacher-profile/', undefined, { cookie });
  t.equal(profile.status, 200);
  t.ok(JSON.stringify(profile.body).includes(String(logo)), 'the profile has the logo');
});

t.test('a refused registration leaves no picture', async (t) => {
  const before = [...kept];
  const refused = [
    { ...other, email: person.email }, { ...other, username: 'ADA' }, { ...other, phone: person.phone }, { ...other, password2: 'another horse' }, { ...other, email: 'x' },
  ];
  for (const fields of refused) t.equal((await app.form(null, 'POST', url, { ...fields, avatar: png, logo: png })).status, 400);
  const text = { filename: 'x.png', type: 'image/png', content: 'no picture' };
  t.equal((await app.form(null, 'POST', url, { ...other, avatar: png, logo: text })).status, 400);
  const tooLarge = { ...png, content: new Uint8Array(3 * 1_048_576) };
  t.same((await app.form(null, 'POST', url, { ...other, avatar: tooLarge })).body, { avatar: ['Upload an image of at most 2 MB.'] });
  t.equal((await app.form(null, 'POST', '/student/student-register/nobody', { ...other, avatar: png })).status, 404);
  t.same([...kept], before);
});

t.test('a picture stays though nobody confirms the address: the account is in use', async (t) => {
  app.clock.advance(3 * 24 * 60 * 60_000);
  t.equal(await removeUnactivatedPictures({ ...app.services.commands, readModels: app.services.readModels }), 0);
  t.equal(kept.size, 2);
});
