import type { LightMyRequestResponse } from 'fastify';
import t from 'tap';
import { courseClient, newCourse } from '../../fixtures/course-client.js';
import { founded } from '../../fixtures/organizations.js';

const fieldsOf = (answer: LightMyRequestResponse): readonly string[] =>
  (answer.json<{ errors?: { field: string }[] }>().errors ?? []).map(({ field }) => field);
const idsOf = (answer: LightMyRequestResponse): readonly string[] => answer.json<{ data: { id: string }[] }>().data.map(({ id }) => id);

const { app, call, course } = await courseClient(t);

void t.test('an instructor draws up a course and reads it at once', async (t) => {
  const ada = await app.signUp('instructor');
  const created = await call('POST', '/courses', ada, { ...newCourse, thumbnailUrl: 'https://img.example/x.png', capacity: 30 });
  t.equal(created.statusCode, 201);
  t.match(created.headers, { 'x-position': /^\d+$/ });
  const course = created.json<{ id: string }>();
  t.match(course, {
    ...newCourse,
    thumbnailUrl: 'https://img.example/x.png',
    currency: 'USD',
    instructorId: ada.id,
    organizationId: null,
    isOrgPrivate: false,
    capacity: 30,
    seatsLeft: 30,
    editors: [],
  });
  const read = await call('GET', `/courses/${course.id}`);
  t.equal(read.statusCode, 200);
  t.same(read.json(), course);
  const [first] = await app.events(`course-${course.id}`);
  t.match(first, { type: 'CourseCreated', data: { price: '12.50' }, metadata: { actorId: ada.id } });
});

void t.test('only instructors and admins draw up courses', async (t) => {
  t.equal((await call('POST', '/courses', null, newCourse)).statusCode, 401);
  t.equal((await call('POST', '/courses', await app.signUp('student'), newCourse)).statusCode, 403);
  t.equal((await call('POST', '/courses', await app.signUp('admin'), newCourse)).statusCode, 201);
});

void t.test('bad input is refused by the name of its field, and nothing is done', async (t) => {
  const ada = await app.signUp('instructor');
  const wrong: readonly (readonly [string, unknown])[] = [
    ['title', undefined], ['title', ''], ['title', '   '], ['title', 7], ['title', 'x'.repeat(201)],
    ['description', undefined], ['level', 'expert'], ['level', undefined], ['category', ''],
    ['price', -1], ['price', 1.001], ['price', '12'], ['price', null], ['price', 1e15], ['price', undefined],
    ['tags', 'bach'], ['isPublished', 'yes'], ['capacity', 0], ['capacity', 1.5], ['organizationId', 'a b'], ['isOrgPrivate', true],
  ];
  const before = (await app.events()).length;
  for (const [field, value] of wrong) {
    const answer = await call('POST', '/courses', ada, { ...newCourse, [field]: value });
    t.equal(answer.statusCode, 400, `${field}: ${String(value)}`);
    t.match(answer.headers['content-type'], /^application\/problem\+json/);
    t.ok(fieldsOf(answer).includes(field), `${field} is named`);
  }
  t.equal((await app.events()).length, before);
  const { id } = await course(ada);
  t.same(fieldsOf(await call('PATCH', `/courses/${id}`, ada, { price: -0.01 })), ['price']);
  t.equal((await call('GET', '/courses?page=one')).statusCode, 400);
  t.equal((await call('GET', '/courses?limit=0')).statusCode, 400);
  t.equal((await call('GET', '/courses?level=expert')).statusCode, 400);
});

void t.test('the list shows what is on sale, the newest first, by category, level and words, in pages', async (t) => {
  const { app, call, course } = await courseClient(t);
  const ada = await app.signUp('instructor');
  const made: string[] = [];
  for (const fields of [{ title: 'Rare pearls' }, { category: 'maths', level: 'beginner' }, { category: 'maths', tags: ['pearls'] }]) {
    made.push((await course(ada, fields)).id);
    app.clock.advance(1_000);
  }
  const [pearls, beginner, tagged] = made;
  await course(ada, { isPublished: false });
  await course(ada, { organizationId: await founded(app.services.commands, ada.id), isOrgPrivate: true });
  await call('DELETE', `/courses/${(await course(ada)).id}`, ada);

  t.same(idsOf(await call('GET', '/courses')), [tagged, beginner, pearls]);
  t.match((await call('GET', '/courses?page=2&limit=2')).json(), { data: [{ id: pearls }], page: 2, limit: 2, total: 3, totalPages: 2 });
  t.same(idsOf(await call('GET', '/courses?category=maths')), [tagged, beginner]);
  t.same(idsOf(await call('GET', '/courses?category=maths&level=beginner')), [beginner]);
  t.same(idsOf(await call('GET', '/courses?search=PEARLS')), [tagged, pearls]);
  t.same(idsOf(await call('GET', '/courses?search=pearls&level=advanced&category=music')), [pearls]);
  t.same((await call('GET', '/courses?limit=5000')).json<{ limit: number }>().limit, 100);

  const { id: bob } = await app.signUp('student');
  t.same(idsOf(await call('GET', `/courses/instructor/${ada.id}`)), [tagged, beginner, pearls]);
  t.equal(idsOf(await call('GET', `/courses/instructor/${ada.id}`, ada)).length, 5, 'the instructor sees all that are not deleted');
  t.same(idsOf(await call('GET', `/courses/instructor/${bob}`)), []);
});

void t.test('what is not on sale is for those who run it, and for who has it', async (t) => {
  const [ada, eve, sam, admin] = [await app.signUp('instructor'), await app.signUp('instructor'), await app.signUp('student'), await app.signUp('admin')];
  const { id } = await course(ada, { price: 0 });
  const read = async (as: typeof ada | null) => (await call('GET', `/courses/${id}`, as)).statusCode;
  t.equal((await call('POST', `/courses/${id}/enroll`, sam)).statusCode, 200);
  await call('PATCH', `/courses/${id}`, ada, { isPublished: false });
  t.same([await read(null), await read(eve), await read(ada), await read(admin), await read(sam)], [404, 404, 200, 200, 200]);
  await call('POST', `/courses/${id}/editors`, ada, { editorId: eve.id });
  t.equal(await read(eve), 200);
  await call('DELETE', `/courses/${id}`, ada);
  t.same([await read(ada), await read(admin), await read(sam)], [404, 404, 200]);
  t.match((await call('GET', '/courses/user/purchased', sam)).json(), { data: [{ id, isDeleted: true }], total: 1 });
  t.equal((await call('GET', '/courses/unknown')).statusCode, 404);
  t.equal((await call('GET', '/courses/user/purchased')).statusCode, 401);
  t.match((await call('GET', '/courses/user/purchased', eve)).json(), { data: [], total: 0 });
});

void t.test('a change shows at once, and only what was sent changes', async (t) => {
  const ada = await app.signUp('instructor');
  const before = await course(ada);
  const changes = { title: 'New', price: 9.99, tags: ['a'], capacity: 3, isPublished: false };
  const changed = await call('PATCH', `/courses/${before.id}`, ada, { ...changes, organizationId: 'mine' });
  t.equal(changed.statusCode, 200);
  const { updatedAt: _was, ...rest } = before;
  t.match(changed.json(), { ...rest, ...changes, seatsLeft: 3, organizationId: null });
  t.same((await call('GET', `/courses/${before.id}`, ada)).json(), changed.json());
  t.match((await call('PATCH', `/courses/${before.id}`, ada, { title: 'x', isOrgPrivate: true })).json(), { status: 422, code: 'course-without-organization' });
  t.match((await call('GET', `/courses/${before.id}`, ada)).json(), { title: 'New' }, 'nothing half done');
});

void t.test('who may change, delete and appoint editors', async (t) => {
  const [ada, eve, admin] = [await app.signUp('instructor'), await app.signUp('instructor'), await app.signUp('admin')];
  const { id } = await course(ada);
  const status = async (...request: Parameters<typeof call>) => (await call(...request)).statusCode;
  t.equal(await status('PATCH', `/courses/${id}`, null, { title: 'x' }), 401);
  t.equal(await status('PATCH', `/courses/${id}`, eve, { title: 'x' }), 403);
  t.equal(await status('POST', `/courses/${id}/editors`, eve, { editorId: eve.id }), 403);
  t.equal(await status('POST', `/courses/${id}/editors`, ada, {}), 400);
  t.equal(await status('POST', `/courses/${id}/editors`, ada, { editorId: 'nobody' }), 404);
  t.match((await call('POST', `/courses/${id}/editors`, ada, { editorId: eve.id })).json(), { id, editors: [eve.id] });
  t.equal(await status('PATCH', `/courses/${id}`, eve, { title: 'By Eve' }), 200);
  t.equal(await status('PATCH', `/courses/${id}`, eve, { price: 1 }), 403);
  t.equal(await status('DELETE', `/courses/${id}`, eve), 403);
  t.match((await call('DELETE', `/courses/${id}/editors/${eve.id}`, ada)).json(), { id, editors: [] });
  t.equal(await status('PATCH', `/courses/${id}`, eve, { title: 'x' }), 403);
  t.equal(await status('PATCH', `/courses/${id}`, admin, { price: 1 }), 200);
  t.match((await call('DELETE', `/courses/${id}`, admin)).json(), { id, deleted: true });
  t.equal(await status('DELETE', `/courses/${id}`, ada), 404);
  for (const [method, url] of [['PATCH', '/courses/unknown'], ['DELETE', '/courses/unknown']] as const) {
    t.equal(await status(method, url, ada, method === 'PATCH' ? {} : undefined), 404, `${method} ${url}`);
  }
});

void t.test('issue 9.33: a search finds courses in scripts without spaces, ß by ss and full width by half width', async () => {
  const ada = await app.signUp('instructor');
  const ids = await Promise.all(['簿記入門講座', 'Neue Straße', 'Ｐｉａｎｏ ｃｈｏｒｄｓ'].map(async (title) => (await course(ada, { title })).id));
  const found = async (search: string): Promise<readonly unknown[]> => {
    const { data } = (await call('GET', `/courses?search=${encodeURIComponent(search)}`)).json<{ data: readonly { id: string }[] }>();
    return data.map(({ id }) => id);
  };
  t.same(await Promise.all(['簿記', '講座', 'Strasse', 'STRASSE', 'piano'].map(found)), [[ids[0]], [ids[0]], [ids[1]], [ids[1]], [ids[2]]]);
});

void t.test('a free course is enrolled in; a priced one says how to pay', async (t) => {
  const [ada, sam] = [await app.signUp('instructor'), await app.signUp('student')];
  const free = await course(ada, { price: 0 });
  const enrolled = await call('POST', `/courses/${free.id}/enroll`, sam);
  t.equal(enrolled.statusCode, 200);
  t.match(enrolled.json(), { studentId: sam.id, courseId: free.id, status: 'active', sources: ['free'] });
  t.match((await call('GET', '/courses/user/purchased', sam)).json(), { data: [{ id: free.id, price: 0 }], total: 1 });
  const priced = await call('POST', `/courses/${(await course(ada)).id}/enroll`, sam);
  t.equal(priced.statusCode, 402);
  t.match(priced.json<{ detail: string }>().detail, /POST \/payments/);
  t.equal((await call('POST', `/courses/${free.id}/enroll`)).statusCode, 401);
  t.equal((await call('POST', '/courses/unknown/enroll', sam)).statusCode, 404);
  const draft = await course(ada, { price: 0, isPublished: false });
  t.equal((await call('POST', `/courses/${draft.id}/enroll`, sam)).statusCode, 409);
});

void t.test('pitfall 17: 20 parallel identical posts give one id', async (t) => {
  const [ada, sam] = [await app.signUp('instructor'), await app.signUp('student')];
  const { id } = await course(ada, { price: 0, capacity: 5 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => call('POST', `/courses/${id}/enroll`, sam)));
  t.same(new Set(answers.map(({ statusCode }) => statusCode)), new Set([200]));
  t.equal(new Set(answers.map(({ body }) => body)).size, 1);
  t.same((await app.events(`enrollment-${sam.id}.${id}`)).map(({ type }) => type), ['StudentEnrolled', 'AccessGranted']);
  t.match((await call('GET', `/courses/${id}`)).json(), { capacity: 5, seatsLeft: 4 });
});

void t.test('pitfall 15: capacity 1, two open pages, one seat sold', async (t) => {
  const [ada, sam, tom] = [await app.signUp('instructor'), await app.signUp('student'), await app.signUp('student')];
  const { id } = await course(ada, { price: 0, capacity: 1 });
  const answers = await Promise.all([sam, tom].map((student) => call('POST', `/courses/${id}/enroll`, student)));
  t.same(answers.map(({ statusCode }) => statusCode).sort(), [200, 409]);
  t.match((await call('GET', `/courses/${id}`)).json(), { seatsLeft: 0 });
});
