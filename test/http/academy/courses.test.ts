import t from 'tap';
import { createAcademyApp } from './academy-app.js';

const app = await createAcademyApp();
t.teardown(() => app.close());
const { send, must } = app;
const admin = await app.admin();
const student = await app.umum();

const body = { title: 'Web Development', description: 'Learn HTML, CSS and JavaScript from scratch.', level: 'INTERMEDIATE', quota: 140 };

t.test('an admin creates, changes and deletes a course (2.2.3 to 2.2.5)', async (t) => {
  const created = await send(admin, 'POST', '/courses/admin', body);
  t.equal(created.status, 201);
  t.equal(created.message, 'Course created successfully');
  t.match(created.data, { ...body, sessions: [] });
  const id = String(created.data['id']);

  const changed = await send(admin, 'PUT', `/courses/admin/${id}`, { title: 'Web Development II', level: 'ENTRY', quota: 80 });
  t.equal(changed.status, 200);
  t.equal(changed.message, 'Course updated successfully');
  t.match(changed.data, { id, title: 'Web Development II', description: body.description, level: 'ENTRY', quota: 80 });

  t.match((await send(student, 'GET', `/courses/${id}`)).data, { id, title: 'Web Development II' });
  const gone = await send(admin, 'DELETE', `/courses/admin/${id}`);
  t.same([gone.status, gone.body], [200, { status: 'success', message: 'Course deleted successfully', data: null }]);
  for (const [caller, path] of [[student, `/courses/${id}`], [admin, `/courses/admin/${id}`]] as const) {
    const missing = await send(caller, 'GET', path);
    t.same([missing.status, missing.body], [404, { status: 'error', message: 'Course not found' }]);
  }
  for (const method of ['PUT', 'DELETE'] as const) {
    const missing = await send(admin, method, `/courses/admin/${id}`, method === 'PUT' ? { title: 'Another title' } : undefined);
    t.same([missing.status, missing.message], [404, 'Course not found']);
  }
});

t.test('what is left out: level ENTRY, and as many places as there are seats', async (t) => {
  const { data } = await must(admin, 'POST', '/courses/admin', { title: 'Python', description: 'Learn Python from the very beginning.' , level: undefined });
  t.match(data, { level: 'ENTRY', quota: 45 });
});

t.test('bad fields are named (2.2.3)', async (t) => {
  const refused = await send(admin, 'POST', '/courses/admin', { title: 'Web', description: 'short', level: 'EXPERT', quota: 0 });
  t.equal(refused.status, 400);
  t.same(refused.body, {
    status: 'error',
    message: 'Validation failed',
    errors: [
      { field: 'title', message: 'Title must be at least 5 characters' },
      { field: 'description', message: 'Description must be at least 20 characters' },
      { field: 'level', message: 'Level must be one of: ENTRY, INTERMEDIATE' },
      { field: 'quota', message: 'Quota must be at least 1' },
    ],
  });
});

t.test('courses are filtered by level and searched by title and description (2.2.1)', async (t) => {
  await must(admin, 'POST', '/courses/admin', { ...body, title: 'Fundamental zebra', level: 'ENTRY' });
  await must(admin, 'POST', '/courses/admin', { ...body, title: 'Advanced striping', description: 'All about the zebra and its stripes.' });
  const titles = async (query: string, path = '/courses') => (await must(admin, 'GET', `${path}?${query}`)).list.map(({ title }) => title);
  t.same(new Set(await titles('search=zebra')), new Set(['Fundamental zebra', 'Advanced striping']));
  t.same(await titles('search=zebra&level=ENTRY', '/courses/admin'), ['Fundamental zebra']);
  t.equal((await send(student, 'GET', '/courses?level=EXPERT')).status, 400);
  const page = await send(student, 'GET', '/courses?limit=1');
  t.equal(page.list.length, 1);
  t.equal(Number(page.raw.headers['x-total-count']) > 1, true);
});

t.test('who may: students read, admins do the rest, nobody else anything', async (t) => {
  const refused = await send(student, 'POST', '/courses/admin', body);
  t.same([refused.status, refused.body], [403, { status: 'error', message: "Access denied. Role 'UMUM' is not permitted to perform this action." }]);
  t.equal((await send(student, 'GET', '/courses/admin')).status, 403);
  const nobody = await send(null, 'GET', '/courses');
  t.same([nobody.status, nobody.message], [401, 'Authentication required. No valid token provided.']);
});

t.test('an unknown route and the four sentences of a 401 (section 1)', async (t) => {
  const unknown = await send(null, 'GET', '/nowhere');
  t.same([unknown.status, unknown.body], [404, { status: 'error', message: 'Not found - /academy/nowhere' }]);
  const said = async (headers: Record<string, string>) => (await send({ headers }, 'GET', '/courses')).message;
  t.equal(await said({ authorization: 'Bearer nonsense' }), 'Invalid token');
  t.equal(await said({ ...student.headers, cookie: 'access_token=nonsense' }), 'Invalid token', 'the cookie wins over the header');
  t.equal(await said({ authorization: 'Bearer nonsense', cookie: `access_token=${student.accessToken}` }), 'Success');
});
