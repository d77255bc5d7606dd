import t from 'tap';
import { createAcademyApp } from './academy-app.js';

const app = await createAcademyApp({ surfaces: ['academy', 'marketplace'] });
t.teardown(() => app.close());
const { send, must } = app;
const admin = await app.admin();
const course = await app.course('ENTRY', 'Python basics');

const elsewhere = async (payload: object) => {
  const { statusCode, body } = await app.inject({ method: 'PATCH', url: `/courses/${course}`, headers: admin.headers, payload });
  return [statusCode, body] as const;
};

t.test('a course of the academy is published on no other surface: its materials would be free', async (t) => {
  const [status, body] = await elsewhere({ isPublished: true });
  t.equal(status, 409);
  t.match(body, 'The academy sells this course, in packages');
});

t.test('no surface changes the level of a course that a package of that level has', async (t) => {
  const { data } = await must(admin, 'POST', '/packages', { name: 'Entry', type: 'ENTRY', price: 1 });
  await must(admin, 'POST', `/packages/${String(data['id'])}/courses`, { courseId: course });
  const [status] = await elsewhere({ level: 'advanced', title: 'Python for all' });
  t.equal(status, 400);
  t.match((await send(admin, 'GET', `/courses/${course}`)).data, { level: 'ENTRY', title: 'Python basics' });
  t.equal((await elsewhere({ title: 'Python for all' }))[0], 200);
});

t.test('whoever drew up a course of the academy and is no admin any more changes and deletes it on no surface', async (t) => {
  const former = await app.admin();
  const { data } = await must(former, 'POST', '/courses/admin', { title: 'Rust basics', description: 'Learn what there is to learn about it.' });
  const url = `/courses/${String(data['id'])}`;
  await must(admin, 'PATCH', '/auth/admin/users/role', { userId: former.id, role: 'UMUM' });
  t.equal((await app.inject({ method: 'PATCH', url, headers: former.headers, payload: { title: 'Mine' } })).statusCode, 403);
  t.equal((await app.inject({ method: 'DELETE', url, headers: former.headers })).statusCode, 403);
  t.match((await send(admin, 'GET', url)).data, { title: 'Rust basics' });
});
