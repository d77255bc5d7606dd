import t from 'tap';
import { createAcademyApp } from './academy-app.js';

const app = await createAcademyApp();
t.teardown(() => app.close());
const { send, must } = app;
const admin = await app.admin();
const student = await app.dike();
const entry = await app.course('ENTRY', 'Python basics');
const intermediate = await app.course('INTERMEDIATE', 'Machine learning');
const NOBODY = '00000000-0000-4000-8000-000000000000';

const created = async (name: string, type: string, price = 49_000): Promise<string> => String((await must(admin, 'POST', '/packages', { name, type, price })).data['id']);
const refused = (message: string) => ({ status: 'error', message, errors: null });

t.test('a package is created, read, changed and deleted (3)', async (t) => {
  const answer = await send(admin, 'POST', '/packages', { name: 'Paket Entry', type: 'ENTRY', price: 0 });
  t.same([answer.status, answer.message], [201, 'Package berhasil dibuat']);
  t.match(answer.data, { name: 'Paket Entry', type: 'ENTRY', price: 0 });
  t.notOk('courses' in answer.data);
  const id = String(answer.data['id']);
  t.match((await send(student, 'GET', `/packages/${id}`)).body, { status: 'success', message: 'Success', data: { id, name: 'Paket Entry', courses: [] } });
  const changed = await send(admin, 'PUT', `/packages/${id}`, { name: '', type: null, price: 50_000 });
  t.same([changed.status, changed.message, changed.data['name'], changed.data['price']], [200, 'Package berhasil diperbarui', 'Paket Entry', 50_000]);
  t.same((await send(admin, 'DELETE', `/packages/${id}`)).body, { status: 'success', message: 'Package berhasil dihapus', data: null });
  for (const [method, path, body] of [['GET', '', undefined], ['PUT', '', { price: 1 }], ['DELETE', '', undefined], ['GET', '/courses', undefined], ['POST', '/courses', { courseId: entry }]] as const) {
    const gone = await send(admin, method, `/packages/${id}${path}`, body);
    t.same([gone.status, gone.body], [404, refused('Package tidak ditemukan')], `${method} ${path}`);
  }
});

t.test('bad packages are refused in the words of the document', async (t) => {
  for (const body of [{}, { name: 'x', type: 'ENTRY' }, { name: ' ', type: 'ENTRY', price: 1 }, { type: 'ENTRY', price: 1 }, { name: null, type: 'ENTRY', price: 1 }, { name: 'x', type: 'ENTRY', price: null }]) {
    const answer = await send(admin, 'POST', '/packages', body);
    t.same([answer.status, answer.body], [400, refused('Nama, tipe, dan harga package wajib diisi')]);
  }
  const type = await send(admin, 'POST', '/packages', { name: 'x', type: 'GOLD', price: 1 });
  t.same([type.status, type.body], [400, refused('Tipe package tidak valid. Pilih salah satu dari: ENTRY, INTERMEDIATE, BUNDLE')]);
  const price = await send(admin, 'POST', '/packages', { name: 'x', type: 'ENTRY', price: 1.5 });
  t.match([price.status, price.body], [400, { message: 'Validation failed', errors: [{ field: 'price', message: 'Price must be a whole number' }] }]);
  const id = await created('Twice', 'ENTRY');
  const twice = await send(admin, 'POST', '/packages', { name: 'TWICE', type: 'ENTRY', price: 1 });
  t.same([twice.status, twice.body], [400, refused('Nama package sudah digunakan')]);
  t.equal((await send(admin, 'PUT', `/packages/${id}`, { type: 'GOLD' })).message, 'Tipe package tidak valid. Pilih salah satu dari: ENTRY, INTERMEDIATE, BUNDLE');
});

t.test('20 admins at once make one package of a name', async (t) => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(admin, 'POST', '/packages', { name: 'Raced', type: 'ENTRY', price: 1 })));
  t.same(answers.map(({ status }) => status).toSorted(), [201, ...Array<number>(19).fill(400)]);
});

t.test('courses of a level are added one by one (3)', async (t) => {
  const id = await created('Level', 'ENTRY');
  const add = (body: object) => send(admin, 'POST', `/packages/${id}/courses`, body);
  const added = await add({ courseId: entry });
  t.same([added.status, added.body], [201, { status: 'success', message: 'Course berhasil ditambahkan ke package', data: { packageId: id, courseId: entry } }]);
  for (const body of [{}, { courseId: '' }, { courseId: null }, { courseIds: [entry, intermediate] }]) t.same((await add(body)).body, refused('CourseID wajib diisi'));
  t.same((await add({ courseId: NOBODY })).body, refused('Course tidak ditemukan di course-service'));
  t.same((await add({ courseId: intermediate })).body, refused('Course level INTERMEDIATE tidak sesuai dengan package tipe ENTRY'));
  const twice = await add({ courseId: entry });
  t.same([twice.status, twice.body], [400, refused('Course sudah ada dalam package')]);
  const { data } = await send(student, 'GET', `/packages/${id}/courses`);
  t.match(data, { courses: [{ packageId: id, courseId: entry, title: 'Python basics', level: 'ENTRY' }] });
  const level = await send(admin, 'PUT', `/courses/admin/${entry}`, { level: 'INTERMEDIATE' });
  t.same([level.status, level.message], [400, 'Course level INTERMEDIATE tidak sesuai dengan package tipe ENTRY']);
  t.equal((await send(admin, 'PUT', `/packages/${id}`, { type: 'INTERMEDIATE' })).message, 'Course level ENTRY tidak sesuai dengan package tipe INTERMEDIATE');
  t.same((await send(admin, 'DELETE', `/packages/${id}/courses/${entry}`)).body, { status: 'success', message: 'Course berhasil dihapus dari package', data: null });
  for (const path of [`/packages/${id}/courses/${entry}`, `/packages/${NOBODY}/courses/${entry}`]) {
    const gone = await send(admin, 'DELETE', path);
    t.same([gone.status, gone.body], [404, refused('Relasi package course tidak ditemukan')]);
  }
});

t.test('a bundle grows by pairs (3)', async (t) => {
  const id = await created('Bundle', 'BUNDLE', 130_000);
  const add = (courseIds: unknown) => send(admin, 'POST', `/packages/${id}/courses`, { courseIds });
  for (const body of [{}, { courseId: entry }, { courseIds: [entry] }, { courseIds: [entry, intermediate, entry] }, { courseIds: `${entry},${intermediate}` }, { courseIds: null }]) {
    const answer = await send(admin, 'POST', `/packages/${id}/courses`, body);
    t.same([answer.status, answer.body], [400, refused('Untuk package tipe BUNDLE, courseIds wajib berupa array yang berisi 2 course ID')]);
  }
  const missing = await add([entry, NOBODY]);
  t.same([missing.status, missing.body], [404, refused(`Course dengan ID ${NOBODY} tidak ditemukan di course-service`)]);
  const added = await add([entry, intermediate]);
  t.same([added.status, added.body], [201, {
    status: 'success', message: 'Pasangan course berhasil ditambahkan ke package BUNDLE',
    data: [{ packageId: id, courseId: entry }, { packageId: id, courseId: intermediate }],
  }]);
  const third = await app.course('ENTRY', 'Web design');
  const twice = await add([third, entry]);
  t.same([twice.status, twice.body], [400, refused(`Course dengan ID ${entry} sudah ada dalam package`)]);
  await must(admin, 'POST', `/packages/${id}/courses`, { courseIds: [third, await app.course('INTERMEDIATE', 'Web security')] });
  await must(admin, 'DELETE', `/packages/${id}/courses/${entry}`);
  await must(admin, 'DELETE', `/courses/admin/${third}`);
  const { data } = await send(student, 'GET', `/packages/${id}/courses`);
  t.match(data['bundlePairs'], [
    { courses: [{ title: 'Machine learning' }, { title: 'Unknown Course', description: null, level: null }] },
    { courses: [{ title: 'Web security' }] },
  ]);
});

t.test('the same course that is added 20 times at once is there once', async (t) => {
  const id = await created('Raced courses', 'INTERMEDIATE');
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(admin, 'POST', `/packages/${id}/courses`, { courseId: intermediate })));
  t.equal(answers.filter(({ status }) => status === 201).length, 1);
  t.equal(((await must(student, 'GET', `/packages/${id}`)).data['courses'] as readonly unknown[]).length, 1);
});

t.test('names of things that every object has are no courses', async (t) => {
  const [bundle, single] = [await created('Bundle of nothing', 'BUNDLE'), await created('Nothing', 'ENTRY')];
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const pair = await send(admin, 'POST', `/packages/${bundle}/courses`, { courseIds: [entry, name] });
    t.same([pair.status, pair.message], [404, `Course dengan ID ${name} tidak ditemukan di course-service`]);
    const one = await send(admin, 'POST', `/packages/${single}/courses`, { courseId: name });
    t.same([one.status, one.message], [400, 'Course tidak ditemukan di course-service']);
  }
});

t.test('a course that is gone does not keep a package from another type', async (t) => {
  const id = await created('Of the past', 'ENTRY');
  const course = await app.course('ENTRY', 'Fortran');
  await must(admin, 'POST', `/packages/${id}/courses`, { courseId: course });
  const twice = await send(admin, 'POST', `/packages/${id}/courses`, { courseId: course, courseIds: [course, entry] });
  t.same([twice.status, twice.message], [400, 'Course sudah ada dalam package'], 'the package says which sentence, not the body');
  await must(admin, 'DELETE', `/courses/admin/${course}`);
  const changed = await send(admin, 'PUT', `/packages/${id}`, { type: 'INTERMEDIATE' });
  t.same([changed.status, changed.data['type']], [200, 'INTERMEDIATE']);
});

t.test('all packages, and who may', async (t) => {
  t.ok((await must(student, 'GET', '/packages')).list.some(({ name }) => name === 'Bundle'));
  t.equal((await send(null, 'GET', '/packages')).status, 401);
  const other = await send(student, 'POST', '/packages', { name: 'x', type: 'ENTRY', price: 1 });
  t.same([other.status, other.body], [403, refused("Access denied. Role 'DIKE' is not permitted to perform this action.")]);
});
