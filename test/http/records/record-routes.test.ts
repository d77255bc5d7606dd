import type { InjectOptions } from 'fastify';
import t from 'tap';
import { Type } from 'typebox';
import { recordRoutes } from '../../../src/http/records/record-routes.js';
import { bareLists, plainEnvelope, usualRoutes } from '../../../src/http/records/record-surface.js';
import { createTestApp, type SignedUp } from '../../fixtures/test-app.js';
import { book, courseDraft, courseNote, madeUpResources, shelf, subject, ticket } from '../../fixtures/made-up-resources.js';
import { newCourse } from '../../fixtures/course-client.js';

const Shelf = Type.Object({
  id: Type.String(),
  name: Type.String(),
  material: Type.String(),
  builtBy: Type.String(),
  place: Type.Optional(Type.Integer()),
  note: Type.Optional(Type.String()),
  libraryId: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

const shelfRoutes = recordRoutes(shelf, {
  tag: 'Shelves',
  noun: 'shelf',
  answer: Shelf,
  present: ({ id, fields, createdAt, changedAt }) => ({ id, ...fields, createdAt, updatedAt: changedAt }),
  ...usualRoutes('/shelves'),
  change: { url: '/shelves/:id', methods: ['PUT', 'PATCH'] },
  restore: { url: '/shelves/:id/restore' },
  lists: [
    { url: '/shelves', access: 'public' },
    { url: '/libraries/:libraryId/shelves', filters: ['material'], search: 'search', access: 'public' },
  ],
});

/** Another surface of words: its own paths and names, a sentence around each answer, and lists without pages. */
const subjectRoutes = recordRoutes(subject, {
  tag: 'Subjects',
  noun: 'subject',
  names: { name: 'subject_name' },
  answer: Type.Object({ id: Type.String(), subject_name: Type.String(), icon: Type.Union([Type.String(), Type.Null()]) }),
  present: ({ id, fields: { name, icon } }) => ({ id, subject_name: name, icon }),
  defaults: { icon: null },
  input: (fields) => ({ ...fields, ...(typeof fields['name'] === 'string' ? { name: fields['name'].toLowerCase().replaceAll(' ', '-') } : {}) }),
  envelope: {
    ...bareLists,
    one: (item) => Type.Object({ message: Type.String(), data: item }),
    presentOne: (data, message) => ({ message, data }),
  },
  create: { url: '/v1/subject/create/', access: ['admin'], status: 201, message: 'Created.' },
  delete: { url: '/v1/subject/delete/:subject_id', access: ['admin'], status: 204 },
  lists: [{ url: '/v1/subject/list/', access: 'public', paged: false }],
});

const noteRoutes = recordRoutes(courseNote, {
  tag: 'Notes',
  noun: 'note',
  answer: Type.Object({ id: Type.String(), courseId: Type.String(), readerId: Type.String(), stars: Type.Integer(), words: Type.Optional(Type.String()) }),
  present: ({ id, fields }) => ({ id, ...fields }),
  envelope: plainEnvelope,
  create: { url: '/courses/:courseId/notes', status: 201, refusals: { 'record-exists': [400, 'One note is enough.'] } },
  change: { url: '/notes/:id' },
  delete: { url: '/notes/:id' },
  lists: [{ url: '/courses/:courseId/notes', access: 'public' }],
});

const bookRoutes = recordRoutes(book, {
  tag: 'Books',
  noun: 'book',
  defaults: { pages: null },
  answer: Type.Object({ id: Type.String(), title: Type.String() }),
  present: ({ id, fields: { title } }) => ({ id, title }),
  ...usualRoutes('/books'),
  lists: [{ url: '/shelves/:shelfId/books' }],
});

const draftRoutes = recordRoutes(courseDraft, {
  tag: 'Drafts',
  noun: 'draft',
  answer: Type.Object({ id: Type.String(), title: Type.String() }),
  present: ({ id, fields: { title } }) => ({ id, title }),
  ...usualRoutes('/drafts'),
  lists: [{ url: '/courses/:courseId/drafts' }],
});

const ticketRoutes = recordRoutes(ticket, {
  tag: 'Tickets',
  noun: 'ticket',
  ids: 'number',
  answer: Type.Object({ id: Type.Integer(), question: Type.String() }),
  present: ({ number, fields: { question } }) => ({ id: number ?? 0, question }),
  ...usualRoutes('/tickets'),
});

const test = await createTestApp({
  resources: madeUpResources,
  routes: async (app, services) => {
    for (const routes of [shelfRoutes, subjectRoutes, noteRoutes, bookRoutes, draftRoutes, ticketRoutes]) await app.register(routes(services));
  },
});
t.teardown(() => test.close());

const ada = await test.signUp('instructor');
const bob = await test.signUp('student');
const root = await test.signUp('admin');
const call = async (method: NonNullable<InjectOptions['method']>, url: string, as: SignedUp | null, payload?: object) =>
  test.inject({ method, url, headers: as?.headers ?? {}, ...(payload === undefined ? {} : { payload }) });
const oak = { libraryId: 'alexandria', name: 'Oak', material: 'wood', builtBy: 'Demetrius' };

t.test('a record is made, read, changed in part or as a whole, deleted and restored', async (t) => {
  const created = await call('POST', '/shelves', ada, { ...oak, note: 'by the window', place: 1, unknown: true });
  t.equal(created.statusCode, 201, created.body);
  t.ok(created.headers['x-position']);
  const { id } = created.json<{ id: string }>();
  t.match(created.json(), { ...oak, note: 'by the window', place: 1 });
  t.same((await call('GET', `/shelves/${id}/`, bob)).json(), created.json());

  const patched = await call('PATCH', `/shelves/${id}`, ada, { name: 'Elm', note: null });
  t.equal(patched.statusCode, 200, patched.body);
  t.match(patched.json(), { name: 'Elm', material: 'wood', place: 1 });
  t.notOk('note' in patched.json<object>(), 'null takes the value of an optional field away');
  t.match((await call('PUT', `/shelves/${id}`, ada, { name: 'Ash' })).statusCode, 400, 'the whole record has all fields');
  const put = await call('PUT', `/shelves/${id}`, ada, { name: 'Ash', material: 'steel', builtBy: 'Demetrius' });
  t.equal(put.statusCode, 200, put.body);
  t.notOk('place' in put.json<object>(), 'what a whole record leaves out is gone');
  t.match((await call('PATCH', `/shelves/${id}`, ada, { builtBy: 'Callimachus' })).json(), { code: 'record-field-fixed', details: { field: 'builtBy' } });

  t.match([(await call('PATCH', `/shelves/${id}`, bob, { name: 'Mine' })).statusCode, (await call('DELETE', `/shelves/${id}`, bob)).statusCode], [403, 403]);
  t.match((await call('DELETE', `/shelves/${id}`, root)).json(), { id, deleted: true });
  t.equal((await call('GET', `/shelves/${id}`, ada)).statusCode, 404);
  t.equal((await call('DELETE', `/shelves/${id}`, root)).statusCode, 200, 'gone is gone');
  t.equal((await call('POST', `/shelves/${id}/restore`, bob)).statusCode, 403);
  const restored = await call('POST', `/shelves/${id}/restore`, ada);
  t.match([restored.statusCode, restored.json()], [200, { id, name: 'Ash' }]);
});

t.test('refusals name the field', async (t) => {
  t.equal((await call('POST', '/shelves', ada, { ...oak, name: 'Twice', libraryId: 'pergamon' })).statusCode, 201);
  const again = await call('POST', '/shelves', bob, { ...oak, name: 'TWICE', libraryId: 'pergamon' });
  t.match([again.statusCode, again.json()], [409, { code: 'record-value-taken', details: { fields: ['name'] } }]);
  const wrong = await call('POST', '/shelves', ada, { ...oak, material: 'glass', name: undefined });
  t.equal(wrong.statusCode, 400);
  t.same(wrong.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field).sort(), ['material', 'name']);
  t.equal((await call('POST', '/shelves', null, oak)).statusCode, 401);
  t.match((await call('GET', '/shelves/nowhere', ada)).json(), { detail: /shelf/ });
  t.equal((await call('PATCH', '/shelves/nowhere', ada, { name: 'X' })).statusCode, 404);
});

t.test('lists are paged, filtered and searched, by anybody who may', async (t) => {
  for (let n = 0; n < 5; n += 1) {
    const shelfOfList = { ...oak, libraryId: 'list', name: `Shelf ${n}`, material: n % 2 === 0 ? 'wood' : 'steel', note: n === 3 ? 'rare maps' : 'scrolls' };
    t.equal((await call('POST', '/shelves', ada, shelfOfList)).statusCode, 201);
  }
  const list = async (query: string) => (await call('GET', `/libraries/list/shelves${query}`, null)).json<{ data: { name: string }[]; total: number }>();
  t.match(await list('?limit=2&page=2'), { total: 5, data: [{ name: 'Shelf 2' }, { name: 'Shelf 3' }] });
  t.same((await list('?material=steel')).data.map(({ name }) => name), ['Shelf 1', 'Shelf 3']);
  t.same((await list('?search=MAPS')).data.map(({ name }) => name), ['Shelf 3']);
  t.equal((await call('GET', '/libraries/list/shelves?material=glass', null)).statusCode, 400);
  t.ok((await call('GET', '/shelves', null)).json<{ total: number }>().total >= 5);
});

t.test('another surface has its own paths, names, words and envelope', async (t) => {
  const created = await call('POST', '/v1/subject/create', root, { subject_name: 'Number Theory' });
  t.match([created.statusCode, created.json()], [201, { message: 'Created.', data: { subject_name: 'number-theory', icon: null } }]);
  t.equal((await call('POST', '/v1/subject/create/', ada, { subject_name: 'Algebra' })).statusCode, 403);
  t.match((await call('POST', '/v1/subject/create/', root, {})).json(), { errors: [{ field: 'subject_name' }] });
  t.match((await call('GET', '/v1/subject/list/', null)).json(), [{ subject_name: 'number-theory' }]);
  const { id } = created.json<{ data: { id: string } }>().data;
  const deleted = await call('DELETE', `/v1/subject/delete/${id}`, root);
  t.same([deleted.statusCode, deleted.body], [204, '']);
  t.same((await call('GET', '/v1/subject/list/', null)).json(), []);
});

t.test('fields come from the URL, and what they name must exist', async (t) => {
  const course = await call('POST', '/courses', ada, newCourse);
  const { id: courseId } = course.json<{ id: string }>();
  const note = { readerId: 'bob', stars: 4, words: 'Slow but sure' };
  const created = await call('POST', `/courses/${courseId}/notes`, bob, note);
  t.match([created.statusCode, created.json()], [201, { courseId, stars: 4, id: `${courseId}.bob` }]);
  const twice = await call('POST', `/courses/${courseId}/notes`, bob, note);
  t.match([twice.statusCode, twice.json()], [400, { detail: 'One note is enough.' }]);
  const nowhere = await call('POST', '/courses/nowhere/notes', bob, note);
  t.match([nowhere.statusCode, nowhere.json()], [422, { code: 'record-reference-missing', details: { field: 'courseId' } }]);
  t.equal((await call('PATCH', `/notes/${courseId}.bob`, ada, { stars: 1 })).statusCode, 403);
  t.match((await call('PATCH', `/notes/${courseId}.bob`, bob, { stars: 5 })).json(), { stars: 5 });
  t.match((await call('GET', `/courses/${courseId}/notes`, null)).json(), { total: 1, data: [{ stars: 5 }] });
});

t.test('a record goes with the thing that it ends with, and comes back with it', async (t) => {
  const { id: shelfId } = (await call('POST', '/shelves', ada, { ...oak, libraryId: 'cascade', name: 'Beech' })).json<{ id: string }>();
  const books = await Promise.all(['Iliad', 'Odyssey'].map(async (title) => (await call('POST', '/books', bob, { libraryId: 'cascade', shelfId, title })).json<{ id: string }>().id));
  const titles = async () => (await call('GET', `/shelves/${shelfId}/books`, bob)).json<{ data: { title: string }[] }>().data.map(({ title }) => title);
  t.same(await titles(), ['Iliad', 'Odyssey']);
  await call('DELETE', `/shelves/${shelfId}`, ada);
  await test.caughtUp();
  t.same(await titles(), []);
  const first = `/books/${books[0] ?? ''}`;
  t.equal((await call('GET', first, bob)).statusCode, 404);
  t.equal((await call('PATCH', first, bob, { title: 'Aeneid' })).statusCode, 404);
  t.match((await call('POST', '/books', bob, { libraryId: 'cascade', shelfId, title: 'Aeneid' })).json(), { code: 'record-reference-missing' });
  await call('POST', `/shelves/${shelfId}/restore`, ada);
  await test.caughtUp();
  t.same(await titles(), ['Iliad', 'Odyssey']);
  t.equal((await call('PATCH', first, bob, { title: 'Aeneid' })).statusCode, 200);

  const { id: courseId } = (await call('POST', '/courses', ada, newCourse)).json<{ id: string }>();
  t.equal((await call('POST', `/courses/${courseId}/notes`, bob, { readerId: 'bob', stars: 4 })).statusCode, 201);
  await call('DELETE', `/courses/${courseId}`, ada);
  await test.caughtUp();
  t.match((await call('GET', `/courses/${courseId}/notes`, null)).json(), { total: 0 });
});

t.test('records of a numbered resource are known by their numbers; each sees its own', async (t) => {
  const made = [];
  for (const [as, question] of [[ada, 'How?'], [bob, 'Why?'], [bob, 'When?']] as const) made.push(await call('POST', '/tickets', as, { question }));
  t.same(made.map((answer) => answer.json<object>()), [{ id: 1, question: 'How?' }, { id: 2, question: 'Why?' }, { id: 3, question: 'When?' }]);
  t.match((await call('PATCH', '/tickets/2', bob, { question: 'Why not?' })).json(), { id: 2, question: 'Why not?' });
  t.match((await call('GET', '/tickets/2', root)).json(), { id: 2, question: 'Why not?' });
  t.equal((await call('GET', '/tickets/2', ada)).statusCode, 404, 'others have no such ticket');
  t.equal((await call('PATCH', '/tickets/2', ada, { question: 'Mine' })).statusCode, 404);
  t.equal((await call('GET', '/tickets/two', bob)).statusCode, 400);
  t.match((await call('DELETE', '/tickets/3', bob)).json(), { id: 3, deleted: true });
  t.same((await call('GET', '/tickets', bob)).json<{ data: { id: number }[] }>().data.map(({ id }) => id), [2]);
  t.equal((await call('GET', '/tickets', root)).json<{ total: number }>().total, 2);
  t.equal((await call('GET', '/tickets', null)).statusCode, 401);
  t.match((await call('POST', '/tickets', ada, { question: 'Again?' })).json(), { id: 4 }, 'a number is never used again');
});

t.test('a rule of another thing decides about reads and writes alike', async (t) => {
  const { id: courseId } = (await call('POST', '/courses', ada, newCourse)).json<{ id: string }>();
  const { id } = (await call('POST', '/drafts', ada, { courseId, title: 'Lesson 2' })).json<{ id: string }>();
  t.equal((await call('POST', '/drafts', bob, { courseId, title: 'Mine' })).statusCode, 403);
  t.match([(await call('GET', `/drafts/${id}`, bob)).statusCode, (await call('DELETE', `/drafts/${id}`, bob)).statusCode], [404, 404]);
  t.equal((await call('GET', `/courses/${courseId}/drafts`, bob)).statusCode, 403);
  t.equal((await call('POST', `/courses/${courseId}/editors`, ada, { editorId: bob.id })).statusCode, 200);
  t.match((await call('GET', `/drafts/${id}`, bob)).json(), { title: 'Lesson 2' });
  t.match((await call('GET', `/courses/${courseId}/drafts`, bob)).json(), { total: 1 });
  t.equal((await call('PATCH', `/drafts/${id}`, bob, { title: 'Lesson 3' })).statusCode, 403, 'an editor sees it and leaves it alone');
  t.match((await call('PATCH', `/drafts/${id}`, ada, { title: 'Lesson 3' })).json(), { title: 'Lesson 3' });
});

t.test('a list that no index answers stops the start', async (t) => {
  const wrong = recordRoutes(shelf, { tag: 'x', noun: 'shelf', answer: Shelf, present: ({ id, fields }) => ({ id, ...fields, createdAt: '', updatedAt: '' }), lists: [{ url: '/wrong', filters: ['builtBy'] }] });
  await t.rejects(createTestApp({ resources: madeUpResources, routes: async (app, services) => void (await app.register(wrong(services))) }), /no list by builtBy/);
});

t.test('the document says what the declaration says', async (t) => {
  const document = (await call('GET', '/docs/json', null)).json<{ paths: Record<string, Record<string, { requestBody: { content: Record<string, { schema: { required?: string[]; properties: object } }> } }>> }>();
  const body = (path: string, method: string) => document.paths[path]?.[method]?.requestBody.content['application/json']?.schema;
  t.same(body('/shelves', 'post')?.required?.toSorted(), ['builtBy', 'libraryId', 'material', 'name']);
  t.notOk('libraryId' in (body('/shelves/{id}', 'put')?.properties ?? {}), 'where a record lies is not changed');
  t.same(body('/shelves/{id}', 'patch')?.required ?? [], []);
  t.notOk('courseId' in (body('/courses/{courseId}/notes', 'post')?.properties ?? {}), 'the URL says it');
});
