import t from 'tap';
import { createRecord } from '../../../src/commands/records/create-record.js';
import { courseCategory, MOST_CATEGORIES } from '../../../src/domain/resources/course-category.js';
import { contextFor } from '../../fixtures/command-services.js';
import { avatar, pictures, pictureOf, program } from '../users/pictures.js';
import { createEduproApp } from './edupro-app.js';

const app = await createEduproApp();
t.teardown(() => app.close());
const admin = await app.member('admin');
const teacher = await app.teacher();
const student = await app.student(teacher);
const CREATE = '/course/category/create/';
const LIST = '/course/category/list/';
const taken = { name: ['course category with this name already exists.'] };

const created = async (name: string) => {
  const { status, body } = await app.send(admin, 'POST', CREATE, { name });
  if (status !== 201) throw new Error(`${name}: ${JSON.stringify(body)}`);
  return body as { id: number; name: string; icon: string | null };
};
const update = (id: unknown): string => `/course/category/update/${String(id)}`;
const fileAt = async (url: unknown) => (await app.inject({ method: 'GET', url: new URL(String(url)).pathname })).statusCode;

t.test('2.1: an admin creates a category by JSON', async (t) => {
  const { status, body } = await app.send(admin, 'POST', CREATE, { name: ' Programming ', icon: null, colour: 'red' });
  t.equal(status, 201);
  t.same(body, { id: body['id'], name: 'Programming', icon: null });
  t.type(body['id'], 'number');
});

t.test('2.1: and by a form, with an icon that everybody may see', async (t) => {
  const { status, body } = await app.form(admin, 'POST', CREATE, { name: 'Music', icon: avatar() });
  t.equal(status, 201);
  t.match(body, { name: 'Music', icon: /\/files\/icons\/[0-9a-f-]{36}\.png$/ });
  t.equal(await fileAt(body['icon']), 200);
});

t.test('2.1: refusals', async (t) => {
  const refused = async (sent: object, errors: object) => {
    const { status, body } = await app.send(admin, 'POST', CREATE, sent);
    t.same([status, body], [400, errors], JSON.stringify(sent));
  };
  await refused({}, { name: ['This field is required.'] });
  await refused({ name: ' ' }, { name: ['This field may not be blank.'] });
  await refused({ name: null }, { name: ['This field may not be null.'] });
  await refused({ name: 'x'.repeat(101) }, { name: ['Ensure this field has no more than 100 characters.'] });
  await refused({ name: 'Fine', icon: 'x' }, { icon: ['The submitted data was not a file. Check the encoding type on the form.'] });
  await created('Art');
  await refused({ name: 'ART ' }, taken);
  const form = async (icon: Uint8Array) => (await app.form(admin, 'POST', CREATE, { name: 'Fine', icon: avatar(icon) })).body;
  t.same(await form(program), { icon: ['The image must be JPG or PNG.'] });
  t.same(await form(pictures.gif), { icon: ['The image must be JPG or PNG.'] });
  t.same(await form(pictureOf(2 * 1_048_576 + 1)), { icon: ['Image size must be less than 2MB.'] });
  t.same((await app.form(admin, 'POST', CREATE, { icon: avatar() })).body, { name: ['This field is required.'] });
});

t.test('2.1 and 2.3: for admins alone; the document has two ways to say so', async (t) => {
  const { id } = await created('Closed');
  for (const caller of [teacher, student]) {
    const post = await app.send(caller, 'POST', CREATE, { name: 'Mine' });
    t.same([post.status, post.body], [403, { user: 'User is not a teacher' }]);
    const patch = await app.send(caller, 'PATCH', update(id), { name: 'Mine' });
    t.same([patch.status, patch.body], [403, { detail: 'You do not have permission to perform this action.' }]);
  }
  t.equal((await app.send(null, 'POST', CREATE, { name: 'Mine' })).status, 401);
  t.equal((await app.send(null, 'PUT', update(id), { name: 'Mine' })).status, 401);
});

t.test('2.2: anybody sees all of them, by name', async (t) => {
  for (const name of ['zoology', 'Ästhetik', 'biology', 'Level 10', 'Level 9']) await created(name);
  const { status, list } = await app.send(null, 'GET', LIST);
  t.equal(status, 200);
  const names = list.map(({ name }) => name).filter((name) => ['zoology', 'Ästhetik', 'biology', 'Level 10', 'Level 9'].includes(String(name)));
  t.same(names, ['Ästhetik', 'biology', 'Level 9', 'Level 10', 'zoology']);
  t.same(Object.keys(list[0] ?? {}), ['id', 'name', 'icon']);
});

t.test('2.3: PUT asks for the name, PATCH for anything; the replaced icon is removed', async (t) => {
  const { id } = await created('Sport');
  const first = await app.form(admin, 'PATCH', update(id), { icon: avatar() });
  t.match(first, { status: 200, body: { id, name: 'Sport', icon: /icons/ } });
  const second = await app.form(admin, 'PUT', update(id), { name: 'Sports', icon: avatar(pictures.jpg, 'x.jpg', 'image/jpeg') });
  t.match(second, { status: 200, body: { id, name: 'Sports', icon: /\.jpg$/ } });
  t.equal(await fileAt(first.body['icon']), 404);
  t.equal(await fileAt(second.body['icon']), 200);
  const kept = await app.send(admin, 'PATCH', update(id), { name: 'sports' });
  t.same(kept.body, { ...second.body, name: 'sports' }, 'the same name in other letters, and the icon stays');
  t.equal(await fileAt(second.body['icon']), 200);
  t.match(await app.send(admin, 'PUT', update(id), {}), { status: 400, body: { name: ['This field is required.'] } });
  t.match(await app.send(admin, 'PATCH', update(id), {}), { status: 200, body: { id } });
});

t.test('2.3: a refused change leaves icon and files as they were', async (t) => {
  const before = await app.form(admin, 'POST', CREATE, { name: 'Kept', icon: avatar() });
  await created('Other');
  const refused = await app.form(admin, 'PATCH', update(before.body['id']), { name: 'OTHER', icon: avatar() });
  t.same([refused.status, refused.body], [400, taken]);
  t.equal(await fileAt(before.body['icon']), 200);
  t.match((await app.send(null, 'GET', LIST)).list.find(({ id }) => id === before.body['id']), before.body);
});

t.test('2.3: what is no category', async (t) => {
  for (const id of ['999999', '0', '-1', 'x', '1.5', '99999999999999999999', '%00']) {
    const { status, body } = await app.send(admin, 'PATCH', update(id), { name: 'x' });
    t.same([status, body], [404, { detail: 'Not found.' }], id);
  }
});

t.test('of 200 at once that create the same category one does', async (t) => {
  const answers = await Promise.all(Array.from({ length: 200 }, (_, place) => app.send(admin, 'POST', CREATE, { name: place % 2 === 0 ? 'Rush' : 'RUSH' })));
  t.equal(answers.filter(({ status }) => status === 201).length, 1);
  t.ok(answers.filter(({ status }) => status !== 201).every(({ status, raw }) => status === 400 && raw.body === JSON.stringify(taken)));
  t.equal((await app.send(null, 'GET', LIST)).list.filter(({ name }) => String(name).toLowerCase() === 'rush').length, 1);
});

t.test('there is an end to them', async (t) => {
  const few = await createEduproApp();
  t.teardown(() => few.close());
  const one = await few.member('admin');
  const actor = { accountId: one.accountId, role: 'admin' } as const;
  const create = createRecord(courseCategory)(few.services.commands);
  for (let place = 0; place < MOST_CATEGORIES; place += 1) await create({ actor, fields: { name: `Category ${place}` } }, contextFor());
  const { status, body } = await few.send(one, 'POST', CREATE, { name: 'One more' });
  t.same([status, body], [400, { non_field_errors: [`There are at most ${MOST_CATEGORIES} course categories.`] }]);
  await few.caughtUp();
  t.equal((await few.send(null, 'GET', LIST)).list.length, MOST_CATEGORIES);
});
