import t from 'tap';
import { createAcademyApp } from './academy-app.js';

const app = await createAcademyApp();
t.teardown(() => app.close());
const { send, must } = app;
const admin = await app.admin();
const student = await app.umum();
const courseId = await app.course();
const NOBODY = '00000000-0000-4000-8000-000000000000';

t.test('a session is created, changed, listed with its course, and deleted (2.3)', async (t) => {
  const created = await send(admin, 'POST', '/sessions', { courseId, startAt: '2025-05-20T14:00:00.000Z', description: 'Introduction' });
  t.same([created.status, created.message], [201, 'Session created successfully']);
  t.match(created.data, { courseId, startAt: '2025-05-20T14:00:00.000Z', durationHrs: 2, description: 'Introduction' });
  const id = String(created.data['id']);
  const earlier = String((await must(admin, 'POST', '/sessions', { courseId, startAt: '2025-05-13T21:00:00+07:00', durationHrs: 24 })).data['id']);
  t.match((await send(student, 'GET', `/courses/${courseId}/sessions`)).list, [
    { id: earlier, courseId, startAt: '2025-05-13T14:00:00.000Z', durationHrs: 24, description: '' },
    { id, courseId },
  ]);
  const changed = await send(admin, 'PUT', `/sessions/${id}`, { startAt: '2025-05-01T15:00:00Z', durationHrs: 3 });
  t.same([changed.status, changed.message], [200, 'Session updated successfully']);
  t.match(changed.data, { id, startAt: '2025-05-01T15:00:00.000Z', durationHrs: 3, description: 'Introduction' });
  t.match((await send(student, 'GET', `/courses/${courseId}`)).data['sessions'], [{ id, durationHrs: 3 }, { id: earlier }]);
  t.match((await send(student, 'GET', '/courses')).list[0]?.['sessions'], [{ id }, { id: earlier }]);
  t.same((await send(admin, 'DELETE', `/sessions/${id}`)).body, { status: 'success', message: 'Session deleted successfully', data: null });
  t.match((await send(student, 'GET', `/courses/${courseId}`)).data['sessions'], [{ id: earlier }]);
  for (const method of ['PUT', 'DELETE'] as const) {
    const gone = await send(admin, method, `/sessions/${id}`, method === 'PUT' ? { durationHrs: 1 } : undefined);
    t.same([gone.status, gone.body], [404, { status: 'error', message: 'Session not found' }]);
  }
});

t.test('bad sessions are refused', async (t) => {
  const errors = async (body: object, method: 'POST' | 'PUT' = 'POST', path = '/sessions') => {
    const { status, body: answer } = await send(admin, method, path, body);
    return [status, answer['message'], answer['errors']];
  };
  t.same(await errors({ courseId, startAt: '2025-05-20T14:00:00.000Z', durationHrs: 25 }), [400, 'Validation failed', [{ field: 'durationHrs', message: 'Duration Hrs must be at most 24' }]]);
  t.equal((await errors({ courseId, startAt: '2025-05-20T14:00:00' }))[0], 400, 'a time without an offset is no instant');
  t.equal((await errors({ courseId, startAt: '2025-02-30T14:00:00Z' }))[0], 400);
  for (const startAt of ['0000-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00']) {
    t.same(await errors({ courseId, startAt }), [400, 'Validation failed', [{ field: 'startAt', message: 'Start At is not a time of the calendar' }]], 'a year of four digits, also in UTC');
  }
  t.same(await errors({ courseId: NOBODY, startAt: '2025-05-20T14:00:00.000Z' }), [404, 'Course not found', undefined]);
  const id = String((await must(admin, 'POST', '/sessions', { courseId, startAt: '2025-05-20T14:00:00.000Z' })).data['id']);
  t.same(await errors({}, 'PUT', `/sessions/${id}`), [400, 'At least one field must be sent', undefined]);
  t.same((await send(student, 'GET', `/courses/${NOBODY}/sessions`)).body, { status: 'success', message: 'Success', data: [] });
});

t.test('an empty description is none: what is read can be sent back', async (t) => {
  const created = await must(admin, 'POST', '/sessions', { courseId, startAt: '2025-05-20T14:00:00.000Z', description: '' });
  t.equal(created.data['description'], '');
  const path = `/sessions/${String(created.data['id'])}`;
  t.equal((await must(admin, 'PUT', path, { description: 'Loops' })).data['description'], 'Loops');
  t.equal((await must(admin, 'PUT', path, { startAt: created.data['startAt'], durationHrs: 2, description: '' })).data['description'], '');
  const { list } = await send(student, 'GET', `/courses/${courseId}/sessions`);
  t.match(list.find(({ id }) => id === created.data['id']), { description: '' });
});

t.test('who may: accounts read, admins do the rest', async (t) => {
  t.equal((await send(student, 'POST', '/sessions', { courseId, startAt: '2025-05-20T14:00:00.000Z' })).status, 403);
  t.equal((await send(null, 'GET', `/courses/${courseId}/sessions`)).status, 401);
});

t.test('a course that is deleted takes its sessions with it', async (t) => {
  const other = await app.course();
  const id = String((await must(admin, 'POST', '/sessions', { courseId: other, startAt: '2025-05-20T14:00:00.000Z' })).data['id']);
  await must(admin, 'DELETE', `/courses/admin/${other}`);
  t.equal((await send(admin, 'DELETE', `/sessions/${id}`)).status, 404);
  t.same((await send(student, 'GET', `/courses/${other}/sessions`)).list, []);
});
