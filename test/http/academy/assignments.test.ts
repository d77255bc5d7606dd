import t from 'tap';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { contextFor } from '../../fixtures/command-services.js';
import { createAcademyApp, type Member } from './academy-app.js';

const app = await createAcademyApp();
t.teardown(() => app.close());
const { send, must, clock, services: { commands } } = app;
const admin = await app.admin();
const ann = await app.umum('ann');
const dan = await app.dike('dan');
const stranger = await app.umum('stranger');
const courseId = await app.course();
const NOBODY = '00000000-0000-4000-8000-000000000000';
const HOUR = 3_600_000;

const enroll = async ({ id: studentId }: Member, course = courseId): Promise<void> => {
  const data = { studentId, courseId: course, grantId: 'g', source: 'package', at: clock.now().toISOString() } as const;
  await commands.handler.handle(aggregates.enrollment, `${studentId}.${course}`, { type: 'GrantAccess', data }, contextFor());
};
for (const student of [ann, dan]) await enroll(student);
await app.caughtUp();

/** A time in WIB, so many hours from now. */
const wib = (hours: number): string => new Date(clock.now().getTime() + (hours + 7) * HOUR).toISOString().slice(0, 19);
const created = async (more: object = {}): Promise<string> => String((await must(admin, 'POST', '/assignments', { title: 'Task', description: 'Do it', courseId, dueDate: wib(24), ...more })).data['id']);
const fileUrl = 'https://github.example/ann/task';

t.test('an assignment is created, read, changed and deleted (7.3.1)', async (t) => {
  const answer = await send(admin, 'POST', '/assignments', { title: 'Python', description: 'Write one', courseId, dueDate: '2099-05-14T01:00:00', resourceUrl: 'https://drive.example/task' });
  t.same([answer.status, answer.message], [201, 'Assignment created successfully']);
  t.match(answer.data, { title: 'Python', courseId, dueDate: '2099-05-13T18:00:00.000Z', points: 100, resourceUrl: 'https://drive.example/task', status: 'ACTIVE' });
  t.notOk('dueDateWib' in answer.data);
  const id = String(answer.data['id']);
  t.match((await send(admin, 'GET', `/assignments/${id}`)).data, { id, submissions: [], dueDateWib: '14 Mei 2099 pukul 01.00', isPastDue: false });
  const changed = await send(admin, 'PUT', `/assignments/${id}`, { title: 'Snakes', points: 120, dueDate: null, resourceUrl: null });
  t.same([changed.status, changed.message], [200, 'Assignment updated successfully']);
  t.match(changed.data, { id, title: 'Snakes', points: 120, dueDate: null, dueDateWib: null, isPastDue: false, resourceUrl: null });
  t.same((await send(admin, 'DELETE', `/assignments/${id}`)).body, { status: 'success', message: 'Assignment deleted successfully', data: null });
  for (const [method, body] of [['GET', undefined], ['PUT', { title: 'More' }], ['DELETE', undefined]] as const) {
    const gone = await send(admin, method, `/assignments/${id}`, body);
    t.same([gone.status, gone.body], [404, { status: 'error', message: 'Assignment not found' }]);
  }
});

t.test('bad assignments are refused', async (t) => {
  for (const body of [{}, { title: 'x', description: 'y' }, { title: 'x', courseId }]) {
    const answer = await send(admin, 'POST', '/assignments', body);
    t.same([answer.status, answer.body], [400, { status: 'error', message: 'Title, description, and course ID are required' }]);
  }
  const bad = { title: 'x', description: 'y', courseId };
  t.same((await send(admin, 'POST', '/assignments', { ...bad, dueDate: '2025-02-30T00:00:00' })).body['errors'], [{ field: 'dueDate', message: 'Due Date is not a time of the calendar' }]);
  t.match((await send(admin, 'POST', '/assignments', { ...bad, resourceUrl: 'javascript:alert(1)', points: -1 })).body, { message: 'Validation failed', errors: [{ field: 'points' }, { field: 'resourceUrl' }] });
  const unknown = await send(admin, 'POST', '/assignments', { ...bad, courseId: NOBODY });
  t.same([unknown.status, unknown.message], [404, 'Course not found']);
});

t.test('a student hands in a link, and another one, once enrolled and in time (7.4.1)', async (t) => {
  const id = await created();
  const hand = (as: Member, url: string | undefined = fileUrl) => send(as, 'POST', `/submissions/${id}`, url === undefined ? {} : { fileUrl: url });
  const first = await hand(ann);
  t.same([first.status, first.message], [201, 'Submission file updated successfully']);
  t.match(first.data, { assignmentId: id, userId: ann.id, fileUrl, status: 'SUBMITTED' });
  clock.advance(HOUR);
  const again = await hand(ann, 'https://github.example/ann/better');
  t.match(again.data, { id: first.data['id'], createdAt: first.data['createdAt'], fileUrl: 'https://github.example/ann/better', submittedAt: clock.now().toISOString() });
  const submission = String(first.data['id']);
  const changed = await send(ann, 'PATCH', `/submissions/${submission}`, { fileUrl });
  t.same([changed.status, changed.message, changed.data['fileUrl']], [200, 'Submission file updated successfully', fileUrl]);

  const refusedAs = async (as: Member, url?: string) => {
    const { status, body } = await send(as, 'POST', `/submissions/${id}`, url === undefined ? {} : { fileUrl: url });
    return [status, body['message']];
  };
  t.same(await refusedAs(ann), [400, 'Content or file URL is required']);
  for (const url of ['ftp://x.example', 'https://localhost/x', 'nonsense']) t.same(await refusedAs(ann, url), [400, 'Validation failed'], url);
  t.same(await refusedAs(stranger, fileUrl), [403, 'You are not enrolled in this course']);
  t.equal((await send(admin, 'POST', `/submissions/${id}`, { fileUrl })).status, 403, 'students only');
  t.same((await send(dan, 'PATCH', `/submissions/${submission}`, { fileUrl })).body, { status: 'error', message: 'You can only update your own submissions' });
  const missing = await send(ann, 'PATCH', `/submissions/${NOBODY}`, { fileUrl });
  t.same([missing.status, missing.message], [404, 'Submission not found']);
  t.same((await send(ann, 'POST', `/submissions/${NOBODY}`, { fileUrl })).body, { status: 'error', message: 'Assignment not found or inactive' });

  await must(admin, 'PUT', `/assignments/${id}`, { status: 'DRAFT' });
  t.equal((await hand(dan)).message, 'Assignment not found or inactive');
  const inactive = await send(ann, 'PATCH', `/submissions/${submission}`, { fileUrl });
  t.same([inactive.status, inactive.message], [400, 'Cannot update submission for inactive assignment']);
  await must(admin, 'PUT', `/assignments/${id}`, { status: 'ACTIVE' });

  clock.advance(24 * HOUR);
  for (const answer of [await hand(dan), await send(ann, 'PATCH', `/submissions/${submission}`, { fileUrl })]) {
    t.same([answer.status, answer.message], [400, 'Assignment due date has passed']);
  }
  await must(admin, 'DELETE', `/assignments/${id}`);
  t.match((await must(admin, 'GET', `/assignments/${id}`)).data, { status: 'DELETED', submissions: [{ id: submission }] }, 'what was handed in is kept');
});

t.test('20 tabs make one submission, and one that is handed in is not lost with its assignment', async (t) => {
  const id = await created();
  const tabs = await Promise.all(Array.from({ length: 20 }, (_, index) => send(ann, 'POST', `/submissions/${id}`, { fileUrl: `${fileUrl}/${index}` })));
  t.equal(new Set(tabs.map(({ status, data }) => `${status} ${String(data['id'])}`)).size, 1);
  t.equal(((await must(admin, 'GET', `/assignments/${id}`)).data['submissions'] as readonly unknown[]).length, 1);
  const raced = await created();
  const [deleted, handed] = await Promise.all([send(admin, 'DELETE', `/assignments/${raced}`), send(dan, 'POST', `/submissions/${raced}`, { fileUrl })]);
  t.equal(deleted.status, 200);
  const after = await send(admin, 'GET', `/assignments/${raced}`);
  t.equal(after.status, handed.status === 201 ? 200 : 404);
});

t.test('assignments are active, drafts, expired or deleted by the time', async (t) => {
  const course = await app.course('ENTRY', 'A course of its own');
  const list = async (query: string) => {
    const { data } = await must(admin, 'GET', `/assignments?courseId=${course}&${query}`);
    return (data['assignments'] as readonly { readonly title: string; readonly status: string }[]).map(({ title, status }) => `${title} ${status}`);
  };
  const soon = await created({ title: 'Soon', courseId: course, dueDate: wib(2) });
  await created({ title: 'Later zebra', courseId: course, dueDate: wib(4) });
  await created({ title: 'Never', courseId: course, dueDate: null });
  const draft = await created({ title: 'Draft', courseId: course });
  await must(admin, 'PUT', `/assignments/${draft}`, { status: 'DRAFT' });
  t.same(await list('status=ACTIVE'), ['Soon ACTIVE', 'Later zebra ACTIVE', 'Never ACTIVE']);
  t.same(await list('status=EXPIRED'), []);
  clock.advance(3 * HOUR);
  t.same(await list('status=EXPIRED'), ['Soon EXPIRED']);
  t.same((await must(ann, 'GET', `/assignments/course/${course}`)).list.map(({ title }) => title), ['Later zebra', 'Never']);
  t.match((await must(admin, 'GET', `/assignments/${soon}`)).data, { status: 'EXPIRED', isPastDue: true });
  await must(admin, 'PUT', `/assignments/${soon}`, { dueDate: wib(0.5) });
  t.same(await list('status=ACTIVE'), ['Soon ACTIVE', 'Later zebra ACTIVE', 'Never ACTIVE'], 'again active with a later date');
  await must(admin, 'PUT', `/assignments/${soon}`, { status: 'EXPIRED' });
  t.same(await list('status=EXPIRED'), ['Soon EXPIRED']);
  t.same(await list('status=DRAFT'), ['Draft DRAFT']);
  t.same(await list('search=zebra'), ['Later zebra ACTIVE']);
  t.same(await list('search=zebra&status=DRAFT'), []);
  t.same((await must(admin, 'GET', `/assignments?courseId=${course}&limit=3&page=2`)).data['pagination'], { total: 4, page: 2, limit: 3, pages: 2 });
  const missing = await send(ann, 'GET', `/assignments/course/${NOBODY}`);
  t.same([missing.status, missing.message], [404, 'Course not found']);
  t.equal((await send(ann, 'GET', '/assignments')).status, 403);
});

t.test('a submission is late where the due date was moved before it', async (t) => {
  const id = await created({ dueDate: wib(10) });
  clock.advance(2 * HOUR);
  const submission = String((await must(ann, 'POST', `/submissions/${id}`, { fileUrl })).data['id']);
  const listed = async (query: string) => ((await must(admin, 'GET', `/submissions?assignmentId=${id}&${query}`)).data['submissions'] as readonly { readonly id: string; readonly status: string }[]).map((each) => `${each.id} ${each.status}`);
  t.same(await listed('status=LATE'), []);
  await must(admin, 'PUT', `/assignments/${id}`, { dueDate: wib(-1) });
  t.same(await listed('status=LATE'), [`${submission} LATE`]);
  t.same(await listed(`status=SUBMITTED&userId=${ann.id}`), []);
  t.same(await listed('status=NOT_SUBMITTED'), []);
  await must(admin, 'PUT', `/assignments/${id}`, { dueDate: null });
  t.same(await listed(`status=SUBMITTED&userId=${ann.id}`), [`${submission} SUBMITTED`]);
});

t.test('who reads which submissions', async (t) => {
  clock.advance(HOUR);
  const id = await created({ title: 'Read', dueDate: wib(5) });
  await must(dan, 'POST', `/submissions/${id}`, { fileUrl });
  const all = await must(admin, 'GET', `/submissions/course/${courseId}?limit=1`);
  t.match(all.data, { submissions: [{ userId: dan.id, content: null, assignment: { id, title: 'Read', courseId }, user: { id: dan.id, name: dan.name, email: dan.email } }], pagination: { page: 1, limit: 1 } });
  for (const path of [`/submissions/course/${courseId}`, `/submissions/user/${dan.id}`]) {
    const refused = await send(ann, 'GET', path);
    t.same([refused.status, refused.body], [403, { status: 'error', message: 'You can only view your own submissions' }]);
  }
  t.match((await must(dan, 'GET', `/submissions/user/${dan.id}`)).data, { submissions: [{ userId: dan.id, assignment: { dueDateWib: /pukul/ } }] });
  t.match((await must(admin, 'GET', `/submissions/user/${dan.id}`)).data, { submissions: [{ userId: dan.id }] });
  t.match((await must(dan, 'GET', '/submissions/me')).list, [{ userId: dan.id, assignment: { id, title: 'Read', description: 'Do it', status: 'ACTIVE', dueDateWib: /pukul/ } }]);
  t.equal((await send(ann, 'GET', '/submissions')).status, 403);
  const missing = await send(admin, 'GET', `/submissions/course/${NOBODY}`);
  t.same([missing.status, missing.message], [404, 'Course not found']);
  const deleted = await deleteAccount(commands)({ actor: { accountId: admin.id, role: 'admin' }, accountId: dan.id }, contextFor());
  t.ok(deleted.ok);
  await app.caughtUp();
  t.notMatch((await must(admin, 'GET', `/submissions?userId=${dan.id}`)).raw.body, fileUrl, 'a link of a deleted account is gone');
});
