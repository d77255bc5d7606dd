import t from 'tap';
import { changeProfile } from '../../../src/commands/accounts/change-profile.js';
import { createCourse } from '../../../src/commands/courses/create-course.js';
import { MOST_SORTED_MATCHES } from '../../../src/projections/catalog/queries.js';
import { enrollInFreeCourse } from '../../../src/commands/enrollments/enroll-in-free-course.js';
import { contextFor } from '../../fixtures/command-services.js';
import { createEduproApp, type Caller, type Member } from './edupro-app.js';

const app = await createEduproApp();
t.teardown(() => app.close());
const { commands } = app.services;
const admin = await app.member('admin');
const ada = await app.teacher('ada');
const bob = await app.teacher('bob');
const categoryNamed = async (name: string): Promise<number> => Number((await app.send(admin, 'POST', '/course/category/create/', { name })).body['id']);
const code = await categoryNamed('Code');
const art = await categoryNamed('Art');

const made = async (teacher: Member, title: string, sent: object = {}): Promise<string> => {
  app.clock.advance(1_000);
  const { status, body } = await app.send(teacher, 'POST', '/course/create/', { title, description: 'Lorem', price: '10', is_free: false, category: code, ...sent });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body['id']);
};
const offered = async (teacher: Member, title: string, sent: object = {}): Promise<string> => {
  const id = await made(teacher, title, sent);
  await app.send(teacher, 'PATCH', `/course/update/${id}`, { is_published: true });
  return id;
};
const free = { price: 0, is_free: true };

const first = await offered(ada, 'Apples and pears', { price: '9.50' });
await offered(ada, 'Pears', { price: '100', category: art });
const popular = await offered(bob, 'Apples', free);
await offered(bob, 'Oranges, the apples of the south', { price: '30', category: art, description: 'Pears too' });
await made(bob, 'Apples of tomorrow');
const deleted = await offered(ada, 'Apples of yesterday');
await app.send(ada, 'DELETE', `/course/course-delete/${deleted}`);
const enroll = async (courseId: string): Promise<void> => {
  const student = await app.student();
  const enrolled = await enrollInFreeCourse(commands)({ studentId: student.accountId, courseId }, contextFor());
  if (!enrolled.ok) throw new Error(enrolled.rejection);
  await app.caughtUp();
};
await enroll(popular);

const titles = async (path: string, as: Caller | null = null): Promise<unknown> => {
  const { status, body } = await app.send(as, 'GET', path);
  if (status !== 200) return status;
  const results = (Array.isArray(body) ? body : body['results']) as { title: string }[];
  return results.map(({ title }) => title);
};
const found = (query: string) => titles(`/course/course-search-filter/?${query}`);
const [APPLES_PEARS, PEARS, APPLES, ORANGES] = ['Apples and pears', 'Pears', 'Apples', 'Oranges, the apples of the south'];
const ALL = [ORANGES, APPLES, PEARS, APPLES_PEARS];

t.test('3.2: what is on sale, the newest first, in pages of five', async (t) => {
  t.same(await titles('/course/list/'), ALL);
  const { body } = await app.send(null, 'GET', '/course/list/?page_size=3&page=2');
  t.match(body, { count: 4, next: null, previous: 'http://localhost/api/v1/course/list/?page_size=3', results: [{ id: first, price: '9.50' }] });
  t.same((await app.send(null, 'GET', '/course/list/?page=2')).body, { detail: 'Invalid page.' });
});

t.test('3.6: filters, each alone and together', async (t) => {
  t.same(await found(''), ALL);
  t.same(await found('category__name=Art'), [ORANGES, PEARS]);
  t.same(await found('category__name=art'), [], 'exactly this name');
  t.same(await found('category__name=Nothing'), []);
  t.same(await found('category__name='), ALL);
  t.same(await found('teacher__full_name=Ada%20ada'), [PEARS, APPLES_PEARS]);
  t.same(await found('teacher__full_name=ada%20ada'), []);
  t.same(await found('teacher__full_name=Nobody'), []);
  t.same(await found('category__name=Art&teacher__full_name=Ada%20bob'), [ORANGES]);
  t.same(await found('is_published=true'), ALL);
  t.same(await found('is_published=False'), [], 'what is not published is for nobody');
  t.same(await found('is_published=perhaps&unknown=1'), ALL);
});

t.test('3.6: a search finds words of title and description', async (t) => {
  t.same(await found('search=APPLES'), [ORANGES, APPLES, APPLES_PEARS]);
  t.same(await found('search=apples%20pears'), [ORANGES, APPLES_PEARS]);
  t.same(await found('search=apples&category__name=Art'), [ORANGES]);
  t.same(await found('search=apples%20pears&teacher__full_name=Ada%20ada'), [APPLES_PEARS]);
  t.same(await found('search=pears%20lorem&teacher__full_name=Ada%20ada&category__name=Art'), [PEARS]);
  t.same(await found('search=bananas'), []);
  t.same(await found('search=%20'), ALL);
  t.same(await found('search=!'), [], 'no word finds nothing');
});

t.test('3.6: orders, also of a search and with filters', async (t) => {
  const byPrice = [APPLES, APPLES_PEARS, ORANGES, PEARS];
  t.same(await found('ordering=price'), byPrice, 'by value: 100 comes after 30');
  t.same(await found('ordering=-price'), byPrice.toReversed());
  t.same(await found('ordering=created_at'), ALL.toReversed());
  t.same(await found('ordering=-created_at'), ALL);
  t.same(await found('ordering=-total_enrollments'), [APPLES, ORANGES, PEARS, APPLES_PEARS]);
  t.same(await found('ordering=total_enrollments'), [APPLES_PEARS, PEARS, ORANGES, APPLES]);
  t.same(await found('ordering=nonsense'), ALL);
  t.same(await found('ordering=nonsense,-price'), byPrice.toReversed());
  t.same(await found('ordering=__proto__'), ALL);
  t.same(await found('search=apples&ordering=price'), [APPLES, APPLES_PEARS, ORANGES]);
  t.same(await found('search=apples&ordering=-total_enrollments'), [APPLES, ORANGES, APPLES_PEARS]);
  t.same(await found('search=apples&ordering=created_at'), [APPLES_PEARS, APPLES, ORANGES]);
  t.same(await found('category__name=Art&ordering=price'), [ORANGES, PEARS]);
  t.same(await found('teacher__full_name=Ada%20bob&ordering=-price'), [ORANGES, APPLES]);
  t.same(await found('teacher__full_name=Ada%20bob&category__name=Code&ordering=price&page_size=1'), [APPLES]);
});

t.test('3.6: malformed queries are no failures', async (t) => {
  for (const query of ['page=x', 'page=999']) t.equal(await found(query), 404, query);
  for (const query of ['search=%00', 'category__name=%00&ordering=,,,-', 'ordering=-', 'page_size=-5']) t.ok(Array.isArray(await found(query)), query);
  t.equal(await found(`search=${'x'.repeat(201)}`), 400);
});

t.test('3.6: the name of a teacher and of a category are those of now', async (t) => {
  const [carl, dora] = [await app.teacher('carl'), await app.teacher('dora')];
  const rename = async ({ accountId }: Member): Promise<void> => {
    const renamed = await changeProfile(commands)({ accountId, name: { firstName: 'Carl', lastName: 'Newman' } }, contextFor());
    if (!renamed.ok) throw new Error(renamed.rejection);
    await app.caughtUp();
  };
  const changing = await categoryNamed('Changing');
  await offered(carl, 'Renamed', { category: changing });
  await rename(carl);
  await app.send(admin, 'PATCH', `/course/category/update/${changing}`, { name: 'Changed' });
  await app.caughtUp();
  t.same(await found('teacher__full_name=Carl%20Newman'), ['Renamed']);
  t.same(await found('teacher__full_name=Ada%20carl'), []);
  t.same(await found('category__name=Changed'), ['Renamed']);
  t.same(await found('category__name=Changing'), []);
  await offered(dora, 'Of another Carl', { price: '1' });
  await rename(dora);
  t.same(await found('teacher__full_name=Carl%20Newman'), ['Of another Carl', 'Renamed'], 'two teachers have this name');
  t.same(await found('teacher__full_name=Carl%20Newman&ordering=-price'), ['Renamed', 'Of another Carl']);
  t.same(await found('teacher__full_name=Carl%20Newman&search=another'), ['Of another Carl']);
});

t.test('3.7: all of one\'s own, published or not, the newest first', async (t) => {
  t.same(await titles('/course/list-by-teacher/', bob), ['Apples of tomorrow', ORANGES, APPLES]);
  t.same(await titles('/course/list-by-teacher/', ada), [PEARS, APPLES_PEARS]);
  const { list } = await app.send(bob, 'GET', '/course/list-by-teacher/');
  t.match(list, [{ is_published: false }, { is_published: true, category: { id: art, name: 'Art', icon: null } }, { total_enrollments: 1 }]);
  t.equal((await app.send(null, 'GET', '/course/list-by-teacher/')).status, 401);
  t.equal((await app.send(await app.student(), 'GET', '/course/list-by-teacher/')).status, 403);
  t.same(await titles('/course/list-by-teacher/', await app.teacher()), []);
});

t.test('3.8: those of a teacher that are on sale', async (t) => {
  t.same(await titles('/course/teacher-list/bob'), [ORANGES, APPLES]);
  t.same(await titles('/course/teacher-list/BOB/'), [ORANGES, APPLES]);
  const student = await app.student();
  for (const name of ['nobody', student.username, '%00', 'x'.repeat(200)]) {
    const { status, body } = await app.send(null, 'GET', `/course/teacher-list/${name}`);
    t.same([status, body], [404, { detail: 'Not found.' }], name);
  }
});

t.test('courses that are private to an organization are in no public list', async (t) => {
  const owner = await app.teacher();
  const organization = (await app.inject({ method: 'POST', url: '/organizations', headers: owner.headers, payload: { name: 'School' } })).json<{ id: string }>();
  await app.caughtUp();
  const payload = { title: 'Secret', description: 'x', level: 'beginner', category: 'Code', price: 0, isPublished: true, isOrgPrivate: true, organizationId: organization.id };
  const course = await app.inject({ method: 'POST', url: '/courses', headers: owner.headers, payload });
  t.equal(course.statusCode, 201, course.body);
  await app.caughtUp();
  t.same(await found('search=secret'), []);
  t.same(await titles(`/course/teacher-list/${owner.username}`), []);
  t.same(await titles('/course/list-by-teacher/', owner), ['Secret']);
  const { id } = course.json<{ id: string }>();
  t.equal((await app.send(null, 'GET', `/course/course-detail/${id}`)).status, 404);
  t.equal((await app.send(ada, 'PATCH', `/course/update/${id}`, { title: 'x' })).status, 404);
});

t.test('a search in another order has an end, and no query reads all there is', async (t) => {
  const many = await app.teacher('many');
  const actor = { accountId: many.accountId, role: 'instructor' } as const;
  const details = { description: 'crowd', level: 'beginner', category: 'x', tags: [], thumbnailUrl: null, organizationId: null, organizationPrivate: false, capacity: null, published: true } as const;
  for (let place = 0; place < MOST_SORTED_MATCHES + 20; place += 1) await createCourse(commands)({ ...details, actor, title: `Crowd ${place}`, price: String(place) }, contextFor());
  await app.caughtUp();
  t.equal((await app.send(null, 'GET', '/course/course-search-filter/?search=crowd')).body['count'], MOST_SORTED_MATCHES + 20);
  t.match(await app.send(null, 'GET', '/course/course-search-filter/?search=crowd&ordering=price&page_size=1&page=last'), { status: 200, body: { count: MOST_SORTED_MATCHES } });
  for (const order of ['price', '-price', 'created_at', '-created_at', 'total_enrollments', '-total_enrollments']) {
    for (const filter of ['', '&teacher__full_name=Ada%20many', '&category__name=Code', '&teacher__full_name=Ada%20many&category__name=Code']) {
      for (const search of ['', '&search=crowd', '&search=crowd%207']) {
        t.equal((await app.send(null, 'GET', `/course/course-search-filter/?ordering=${order}${filter}${search}`)).status, 200, `${order}${filter}${search}`);
      }
    }
  }
  t.equal((await app.send(many, 'GET', '/course/list-by-teacher/')).list.length, MOST_SORTED_MATCHES + 20);
});
