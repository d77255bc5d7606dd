import t from 'tap';
import { pictureOf, pictures, program } from '../users/pictures.js';
import { createSchool } from './school.js';
import type { Member } from './edupro-app.js';

const app = await createSchool();
t.teardown(() => app.close());

const teacher = await app.teacher('ivo');
const otherTeacher = await app.teacher('eve');
const admin = await app.member('admin', 'root');
const student = await app.student(teacher, 'sam');
const stranger = await app.student(otherTeacher, 'kim');
const owner = await app.student(teacher, 'lee');

const unauthenticated = { status: 401, body: { detail: 'Authentication credentials were not provided.' } };
const denied = { status: 403, body: { detail: 'You do not have permission to perform this action.' } };
const nothing = { status: 404, body: { detail: 'Not found.' } };
const IDS = ['nothing', '00000000-0000-4000-8000-000000000000', '%F0%9F%98%80', 'a'.repeat(200)];

const create = (as: Member | null, courseId: string, body: object) => app.send(as, 'POST', `/courses/${courseId}/modules/create/`, body);
const list = (as: Member | null, courseId: string) => app.send(as, 'GET', `/courses/${courseId}/modules/`);
const detail = (as: Member | null, moduleId: string) => app.send(as, 'GET', `/modules/${moduleId}/`);
const update = (as: Member | null, moduleId: string, body: object, method: 'PUT' | 'PATCH' = 'PATCH') => app.send(as, method, `/modules/${moduleId}/update/`, body);
const remove = (as: Member | null, moduleId: string) => app.send(as, 'DELETE', `/modules/${moduleId}/delete/`);
const titles = async (as: Member, courseId: string): Promise<unknown[]> => (await list(as, courseId)).list.map(({ title, order }) => `${String(order)} ${String(title)}`);

t.test('the teacher of a course makes a module', async (t) => {
  const courseId = await app.course(teacher);
  const { status, body } = await create(teacher, courseId, { title: ' Counterpoint ', description: 'Note\nagainst note', order: '1' });
  t.equal(status, 201);
  t.match(body, { id: /^[0-9a-f-]{36}$/, title: 'Counterpoint', course: 'Fugues', description: 'Note\nagainst note', order: 1 });
  t.match(body, { total_lessons: 0, total_duration: 0, image_url: null, is_published: false, is_free: false, price: '0.00' });
  const priced = await create(teacher, courseId, { title: 'Canon', order: 2, price: 9.5, is_published: true });
  t.match(priced.body, { price: '9.50', is_published: true, is_free: false, description: '' });
  t.match(await create(admin, courseId, { title: 'By an admin', order: 3, is_free: true }), { status: 201, body: { is_free: true } });
});

t.test('a module is refused in the words of the document', async (t) => {
  const courseId = await app.course(teacher);
  await app.module(teacher, courseId, 1);
  const refusals: readonly (readonly [object, object])[] = [
    [{ title: ' ' }, { title: ['Title must not be empty.'] }],
    [{ title: 'ab' }, { title: ['Title must be at least 3 characters long.'] }],
    [{ title: undefined, order: undefined }, { title: ['This field is required.'], order: ['This field is required.'] }],
    [{ order: 0 }, { order: ['Module order must be greater than 0'] }],
    [{ order: -1 }, { order: ['Module order must be greater than 0'] }],
    [{ order: 'first' }, { order: ['A valid integer is required.'] }],
    [{ order: 1 }, { non_field_errors: ['there is already course in this order'] }],
    [{ price: '1.00', is_free: true }, { price: ['Price must be 0 for free modules'] }],
    [{ price: '-1' }, { price: ['Ensure this value is greater than or equal to 0.'] }],
    [{ title: 'a'.repeat(256) }, { title: ['Ensure this field has no more than 255 characters.'] }],
    [{ description: 'a'.repeat(5_001) }, { description: ['Ensure this field has no more than 5000 characters.'] }],
    [{ image: 'modules/x.png' }, { image: ['The submitted data was not a file. Check the encoding type on the form.'] }],
  ];
  for (const [sent, body] of refusals) {
    const answer = await create(teacher, courseId, { title: 'Canon', order: 2, ...sent });
    t.same([answer.status, answer.body], [400, body], JSON.stringify(sent).slice(0, 80));
  }
  t.same(await titles(teacher, courseId), ['1 Module 1']);
});

t.test('only the teacher of the course and admins make modules', async (t) => {
  const courseId = await app.course(teacher);
  const body = { title: 'Canon', order: 1 };
  t.match(await create(null, courseId, body), unauthenticated);
  for (const caller of [student, stranger, otherTeacher]) t.match(await create(caller, courseId, body), denied, caller.username);
  for (const id of IDS) t.match(await create(teacher, id, body), nothing, id);
  await app.removeCourse(teacher, courseId);
  t.match(await create(teacher, courseId, body), nothing);
});

t.test('an image is JPG or PNG and below 2 MB', async (t) => {
  const courseId = await app.course(teacher);
  const post = (order: number, content: Uint8Array) => app.form(teacher, 'POST', `/courses/${courseId}/modules/create/`, { title: 'Canon', order: String(order), image: { content, filename: 'a.png' } });
  for (const [index, content] of [pictures.png, pictures.jpg].entries()) {
    const { status, body } = await post(index + 1, content);
    t.equal(status, 201);
    const url = String(body['image_url']);
    t.match(url, /^http:\/\/localhost:8000\/files\/modules\/[0-9a-f-]{36}\.(png|jpg)$/);
    t.equal((await app.inject({ method: 'GET', url: new URL(url).pathname })).statusCode, 200);
  }
  for (const content of [pictures.gif, pictures.webp, program]) t.match(await post(3, content), { status: 400, body: { image: ['The image must be JPG or PNG.'] } });
  t.match(await post(3, pictureOf(2 * 1_048_576 + 1)), { status: 400, body: { image: ['Image size must be less than 2MB.'] } });
});

t.test('a replaced image is gone, and that of a refused request never stays', async (t) => {
  const courseId = await app.course(teacher);
  await app.module(teacher, courseId, 2);
  const image = { content: pictures.png, filename: 'a.png' };
  const made = await app.form(teacher, 'POST', `/courses/${courseId}/modules/create/`, { title: 'Canon', order: '1', image });
  const moduleId = String(made.body['id']);
  const before = new URL(String(made.body['image_url'])).pathname;
  const refused = await app.form(teacher, 'PATCH', `/modules/${moduleId}/update/`, { order: '2', image });
  t.equal(refused.status, 400);
  t.equal((await app.inject({ method: 'GET', url: before })).statusCode, 200);
  const changed = await app.form(teacher, 'PATCH', `/modules/${moduleId}/update/`, { image });
  const after = new URL(String(changed.body['image_url'])).pathname;
  t.not(after, before);
  t.equal((await app.inject({ method: 'GET', url: before })).statusCode, 404);
  t.equal((await app.inject({ method: 'GET', url: after })).statusCode, 200);
  await remove(teacher, moduleId);
  t.equal((await app.inject({ method: 'GET', url: after })).statusCode, 404);
});

t.test('a list shows the teacher all modules, and others the published ones of a course that they may know of', async (t) => {
  const courseId = await app.course(teacher);
  const first = await app.module(teacher, courseId, 2, { price: '5' });
  await app.module(teacher, courseId, 1, { is_published: false });
  await app.lesson(teacher, first, 1);
  await app.lesson(teacher, first, 2, { is_published: false });
  t.match((await list(teacher, courseId)).list, [
    { title: 'Module 1', order: 1 },
    { id: first, title: 'Module 2', course: 'Fugues', order: 2, price: '5.00', is_free: false, total_lessons: 2, total_duration: 120, image_url: null },
  ]);
  t.same(await titles(admin, courseId), ['1 Module 1', '2 Module 2']);
  for (const caller of [student, stranger, otherTeacher]) {
    t.match((await list(caller, courseId)).list, [{ title: 'Module 2', total_lessons: 1, total_duration: 60 }], caller.username);
    t.equal((await list(caller, courseId)).list.length, 1);
  }
  t.match(await list(null, courseId), unauthenticated);
  for (const id of IDS) t.match(await list(student, id), nothing, id);
});

t.test('modules of a course that is not on sale are a secret to all who do not have it', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  const inPart = await app.student(teacher);
  await app.open(owner, courseId);
  await app.open(inPart, courseId, moduleId);
  const seen = async () => {
    const found: unknown[] = [];
    for (const caller of [teacher, admin, owner, inPart, student, stranger, otherTeacher]) found.push((await list(caller, courseId)).status, (await detail(caller, moduleId)).status);
    return found;
  };
  const all = [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200];
  t.same(await seen(), all);
  await app.publish(teacher, courseId, false);
  t.same(await seen(), [200, 200, 200, 200, 200, 200, 200, 200, 404, 404, 404, 404, 404, 404]);
  await app.publish(teacher, courseId, true);
  await app.removeCourse(teacher, courseId);
  t.same(await seen(), [404, 404, 404, 404, 200, 200, 200, 200, 404, 404, 404, 404, 404, 404]);
});

t.test('a student whom the teacher shut out sees nothing, and all again when that is undone', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  const blocked = await app.student(teacher);
  await app.open(blocked, courseId);
  await app.teach('BlockStudent', teacher, blocked);
  t.match(await list(blocked, courseId), nothing);
  t.match(await detail(blocked, moduleId), nothing);
  await app.teach('UnblockStudent', teacher, blocked);
  t.equal((await list(blocked, courseId)).status, 200);
  t.equal((await detail(blocked, moduleId)).status, 200);
  await app.teach('RemoveStudent', teacher, blocked);
  t.match(await detail(blocked, moduleId), nothing);
});

t.test('the detail of a module has its lessons', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  const hidden = await app.lesson(teacher, moduleId, 1, { is_published: false });
  const shown = await app.lesson(teacher, moduleId, 2, { duration: 90 });
  t.match(await detail(teacher, moduleId), {
    status: 200,
    body: { id: moduleId, title: 'Module 1', course: 'Fugues', order: 1, total_lessons: 2, total_duration: 150, image_url: null, lessons: [{ id: hidden, title: 'Lesson 1', duration: 60, thumbnail: null }, { id: shown }] },
  });
  t.match(await detail(student, moduleId), { status: 200, body: { total_lessons: 1, total_duration: 90, lessons: [{ id: shown, title: 'Lesson 2', duration: 90 }] } });
  t.match(await detail(null, moduleId), unauthenticated);
  for (const id of IDS) t.match(await detail(student, id), nothing, id);
  await update(teacher, moduleId, { is_published: false });
  t.match(await detail(student, moduleId), nothing);
  t.equal((await detail(teacher, moduleId)).status, 200);
});

t.test('a module is changed in part, or as a whole', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  t.match(await update(teacher, moduleId, { is_published: false, description: 'Other' }), { status: 200, body: { id: moduleId, title: 'Module 1', is_published: false, description: 'Other', lessons: [] } });
  t.match(await update(teacher, moduleId, { title: 'Canon', order: 4 }, 'PUT'), { status: 200, body: { title: 'Canon', order: 4, description: 'Other' } });
  t.match(await update(teacher, moduleId, {}, 'PUT'), { status: 400, body: { title: ['This field is required.'], order: ['This field is required.'] } });
  t.match(await update(admin, moduleId, { price: '3' }), { status: 200, body: { price: '3.00' } });
  const before = (await app.events(`curriculum-${courseId}`)).length;
  t.equal((await update(teacher, moduleId, { title: 'Canon', order: 4, description: 'Other', price: '3' }, 'PUT')).status, 200);
  t.equal((await app.events(`curriculum-${courseId}`)).length, before, 'nothing changed, and nothing was recorded');
});

t.test('a change is refused in the words of the document', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1, { price: '5' });
  await app.module(teacher, courseId, 2);
  const refusals: readonly (readonly [object, object])[] = [
    [{ title: '' }, { title: ['Title must not be empty.'] }],
    [{ title: 'ab' }, { title: ['Title must be at least 3 characters long.'] }],
    [{ order: 0 }, { order: ['Module order must be greater than 0'] }],
    [{ order: 2 }, { non_field_errors: ['There is already a module with this order in the course.'] }],
    [{ is_free: true }, { price: ['Price must be 0 for free modules'] }],
    [{ is_published: 'perhaps' }, { is_published: ['Must be a valid boolean.'] }],
  ];
  for (const [sent, body] of refusals) {
    const answer = await update(teacher, moduleId, sent);
    t.same([answer.status, answer.body], [400, body], JSON.stringify(sent));
  }
});

t.test('only the teacher of the course and admins change and delete modules', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  await app.open(owner, courseId);
  for (const attempt of [(as: Member | null, id: string) => update(as, id, { title: 'Mine' }), remove]) {
    t.match(await attempt(null, moduleId), unauthenticated);
    for (const caller of [student, stranger, owner, otherTeacher]) t.match(await attempt(caller, moduleId), denied, caller.username);
    for (const id of IDS) t.match(await attempt(teacher, id), nothing, id);
  }
  t.match((await detail(teacher, moduleId)).body, { title: 'Module 1' });
  await app.removeCourse(teacher, courseId);
  t.match(await update(teacher, moduleId, { title: 'Later' }), nothing);
  t.match(await remove(teacher, moduleId), nothing);
});

t.test('a deleted module takes its lessons with it', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  const lessonId = await app.lesson(teacher, moduleId, 1);
  t.match(await remove(teacher, moduleId), { status: 200, body: { detail: 'Module deleted successfully.' } });
  t.match(await detail(teacher, moduleId), nothing);
  t.match(await app.send(teacher, 'GET', `/lessons/${lessonId}/`), nothing);
  t.match(await remove(teacher, moduleId), nothing);
  t.same(await titles(teacher, courseId), []);
});

t.test('with move the others make room', async (t) => {
  const courseId = await app.course(teacher);
  const ids = [await app.module(teacher, courseId, 1), await app.module(teacher, courseId, 2), await app.module(teacher, courseId, 7)];
  t.match(await update(teacher, ids[2] ?? '', { order: 1, move: true }), { status: 200, body: { order: 1 } });
  t.same(await titles(student, courseId), ['1 Module 7', '2 Module 1', '3 Module 2']);
  t.match(await app.form(teacher, 'PATCH', `/modules/${ids[2] ?? ''}/update/`, { order: '99', move: 'true', title: 'Last' }), { status: 200, body: { order: 3, title: 'Last' } });
  t.same(await titles(student, courseId), ['1 Module 1', '2 Module 2', '3 Last']);
});

t.test('of 200 modules for one order at once one is made', async (t) => {
  const courseId = await app.course(teacher);
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => create(teacher, courseId, { title: `Racer ${index}`, order: 1 })));
  t.equal(answers.filter(({ status }) => status === 201).length, 1);
  t.equal(answers.filter(({ status }) => status === 400).length, 199);
  t.equal((await list(teacher, courseId)).list.length, 1);
});

t.test('moves at once leave neither gaps nor doubles', async (t) => {
  const courseId = await app.course(teacher);
  const ids: string[] = [];
  for (let order = 1; order <= 8; order += 1) ids.push(await app.module(teacher, courseId, order));
  const answers = await Promise.all(ids.flatMap((id, index) => [update(teacher, id, { order: 8 - index, move: true }), update(teacher, id, { order: 4, move: true })]));
  t.same(new Set(answers.map(({ status }) => status)), new Set([200]));
  t.same((await list(teacher, courseId)).list.map(({ order }) => order), [1, 2, 3, 4, 5, 6, 7, 8]);
});

t.test('a course has no more than 100 modules, however many are made at once', async (t) => {
  const courseId = await app.course(teacher);
  const answers = await Promise.all(Array.from({ length: 103 }, (_, index) => create(teacher, courseId, { title: `Module ${index}`, order: index + 1 })));
  t.equal(answers.filter(({ status }) => status === 201).length, 100);
  t.match(answers.find(({ status }) => status !== 201), { status: 400, body: { non_field_errors: ['A course has at most 100 modules.'] } });
  t.equal((await list(teacher, courseId)).list.length, 100);
});
