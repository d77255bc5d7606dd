import t from 'tap';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { changeProfile } from '../../../src/commands/accounts/change-profile.js';
import { contextFor } from '../../fixtures/command-services.js';
import { createEduproApp, type Answer, type Caller, type Member } from './edupro-app.js';

const app = await createEduproApp();
t.teardown(() => app.close());
const { commands } = app.services;

const denied = { status: 403, body: { detail: 'You do not have permission to perform this action.' } };
const unknown = { status: 401, body: { detail: 'Authentication credentials were not provided.' } };
const nothing = { status: 404, body: { detail: 'Not found.' } };

const admin = await app.member('admin');
const join = (as: Caller | null, username: string) => app.send(as, 'POST', `/join-teacher/${username}/`);
const remove = (as: Caller | null, id: unknown) => app.send(as, 'DELETE', `/teacher/students/remove/${String(id)}/`);
const toggle = (as: Caller | null, id: unknown) => app.send(as, 'PATCH', `/teacher/students/toggle-block/${String(id)}/`);
const list = (as: Caller | null, query = '') => app.send(as, 'GET', `/teacher/get_students/${query}`);
const profileOf = (as: Caller | null, id: unknown) => app.send(as, 'GET', `/teacher/get-student-profile/${String(id)}`);
const rename = async ({ accountId }: Member, name: string): Promise<void> => {
  const renamed = await changeProfile(commands)({ accountId, name }, contextFor());
  if (!renamed.ok) throw new Error(renamed.rejection);
  await app.caughtUp();
};
const idsIn = ({ body }: Answer): unknown[] => (body['results'] as { student: { id: number } }[]).map(({ student }) => student.id);

const joined = { status: 201, body: { success: 'Student joined successfully.' } };
const known = { status: 200, body: { info: 'Student is already associated with this teacher.' } };

t.test('1.11 a student joins a teacher, once', async (t) => {
  const teacher = await app.teacher();
  const student = await app.student();
  t.match(await join(student, teacher.username.toUpperCase()), joined);
  t.match(await join(student, teacher.username), known);
  t.same(idsIn(await list(teacher)), [student.id]);
  t.match(await app.send(student, 'POST', `/join-teacher/${teacher.username}`), known, 'without the slash, too');

  t.test('and nobody else does', async (t) => {
    t.match(await join(null, teacher.username), unknown);
    for (const who of [teacher, admin]) t.match(await join(who, teacher.username), denied);
  });

  t.test('nor anybody anybody but a teacher', async (t) => {
    const nowhere = { status: 404, body: { error: 'Teacher not found.' } };
    for (const username of ['nobody', student.username, admin.username, 'x'.repeat(200), '%F0%9F%98%80']) t.match(await join(student, username), nowhere, username);
    t.match(await join(student, '%20'), { status: 400, body: { error: 'Teacher username is required in the URL.' } });
  });

  t.test('one who is blocked stays so', async (t) => {
    await toggle(teacher, student.id);
    t.match(await join(student, teacher.username), known);
    t.match((await profileOf(teacher, student.id)).body, { is_active: false });
  });

  t.test('one who was removed joins again', async (t) => {
    t.equal((await remove(teacher, student.id)).status, 204);
    t.match(await join(student, teacher.username), joined);
    t.match((await profileOf(teacher, student.id)).body, { is_active: true });
  });

  t.test('of 20 at once one has joined', async (t) => {
    const late = await app.student();
    const answers = await Promise.all(Array.from({ length: 20 }, () => join(late, teacher.username)));
    t.same(answers.map(({ status }) => status).toSorted(), [...Array.from({ length: 19 }, () => 200), 201]);
  });
});

t.test('1.11 a deleted teacher is nobody', async (t) => {
  const teacher = await app.teacher();
  const student = await app.student();
  await deleteAccount(commands)({ accountId: teacher.accountId, actor: { accountId: admin.accountId, role: 'admin' } }, contextFor());
  await app.caughtUp();
  t.equal((await join(student, teacher.username)).status, 404);
});

t.test('1.17 a teacher removes a student', async (t) => {
  const teacher = await app.teacher();
  const other = await app.teacher();
  const student = await app.student(teacher);
  t.match(await remove(null, student.id), unknown);
  for (const who of [student, admin]) t.match(await remove(who, student.id), denied);
  for (const id of [999_999, 0, -1, 'x', '1.5', '9'.repeat(40), teacher.id, other.id, admin.id]) t.match(await remove(teacher, id), nothing, String(id));
  t.match(await remove(other, student.id), nothing);
  t.match(await remove(teacher, '%20'), { status: 400, body: { student_id: 'student id is required' } });
  t.same(idsIn(await list(teacher)), [student.id], 'none of these did');

  const gone = await remove(teacher, student.id);
  t.same([gone.status, gone.raw.body], [204, '']);
  t.match(await remove(teacher, student.id), nothing);
  t.same(idsIn(await list(teacher)), []);
  t.match(await profileOf(teacher, student.id), nothing);
  t.match(await toggle(teacher, student.id), nothing);
  t.match(await app.send(student, 'GET', `/student/student-profile/${teacher.username}`), nothing);
});

t.test('1.18 a teacher blocks and unblocks a student', async (t) => {
  const teacher = await app.teacher();
  const other = await app.teacher();
  const student = await app.student(teacher);
  const { body: before } = await profileOf(teacher, student.id);
  t.match(await toggle(null, student.id), unknown);
  for (const who of [student, admin]) t.match(await toggle(who, student.id), denied);
  for (const id of [999_999, 'x', other.id]) t.match(await toggle(teacher, id), nothing, String(id));
  t.match(await toggle(other, student.id), nothing);
  t.match(await toggle(teacher, '%20%20'), { status: 400, body: { student_id: 'Student ID is required in the URL.' } });
  t.same((await profileOf(teacher, student.id)).body, before, 'none of these did');

  t.same((await toggle(teacher, student.id)).body, { message: 'Student has been blocked.' });
  t.match((await profileOf(teacher, student.id)).body, { is_active: false });
  t.match(await app.send(student, 'GET', `/student/student-profile/${teacher.username}`), { status: 200, body: { is_active: false } });
  t.same((await toggle(teacher, student.id)).body, { message: 'Student has been unblocked.' });
  t.same((await profileOf(teacher, student.id)).body, before);

  t.test('two at once both take effect, one after the other', async (t) => {
    const answers = await Promise.all([toggle(teacher, student.id), toggle(teacher, student.id)]);
    t.same(answers.map(({ body }) => body['message']).toSorted(), ['Student has been blocked.', 'Student has been unblocked.']);
    t.match((await profileOf(teacher, student.id)).body, { is_active: true });
  });

  t.test('a block at one teacher is none at another', async (t) => {
    await join(student, other.username);
    await toggle(teacher, student.id);
    t.match((await profileOf(other, student.id)).body, { is_active: true });
  });
});

t.test('1.19 and 1.20 the students of a teacher', async (t) => {
  const teacher = await app.teacher();
  const other = await app.teacher();
  const students: Member[] = [];
  for (const name of ['Zoë Adams', 'adam Smith', 'Émile Zola', 'Bea Adams', 'Carl', 'Dora', 'Emma']) {
    app.clock.advance(1_000);
    const student = await app.student(teacher, `list${students.length}`);
    await rename(student, name);
    students.push(student);
  }
  const [zoe, adam, emile, bea, carl, dora, emma] = students.map(({ id }) => id);
  await app.student(other);
  t.equal((await toggle(teacher, carl)).status, 200);

  t.test('are for the teacher alone', async (t) => {
    t.match(await list(null), unknown);
    for (const who of [students[0] ?? null, admin]) t.match(await list(who), denied);
    t.match((await list(other)).body, { count: 1 });
  });

  t.test('come in pages of five, the newest first', async (t) => {
    const first = await list(teacher);
    t.same([first.status, idsIn(first)], [200, [emma, dora, carl, bea, emile]]);
    t.match(first.body, { count: 7, previous: null, next: 'http://localhost/api/v1/teacher/get_students/?page=2' });
    const second = await list(teacher, '?page=2');
    t.same(idsIn(second), [adam, zoe]);
    t.match(second.body, { next: null, previous: 'http://localhost/api/v1/teacher/get_students/' });
    t.match(await list(teacher, '?page=3'), { status: 404, body: { detail: 'Invalid page.' } });
    t.equal(idsIn(await list(teacher, '?page_size=7')).length, 7);
  });

  t.test('in both documented forms', async (t) => {
    const { body } = await list(teacher, '?search=list6');
    const user = { id: emma, first_name: 'Emma', last_name: '', email: 'list6@example.org', phone: '', user_type: 'student', username: 'list6', slug: `list6-${String(emma)}` };
    const full = { ...user, parent_phone: '', avatar: null, logo: null, is_active: true };
    const person = { id: emma, full_name: 'Emma', bio: '', profile_picture: null, date_of_birth: null, address: '', country: '', city: '', gender: '' };
    const [result] = body['results'] as (Record<string, unknown> & { student: { user: { created_at: string; last_login: string } } })[];
    const times = { created_at: result?.student.user.created_at, last_login: result?.student.user.last_login };
    const student = { user: { ...full, ...times }, ...person };
    const { id, enrollment_date, ...relation }: Record<string, unknown> = result ?? {};
    t.type(id, 'number');
    for (const time of [enrollment_date, times.created_at, times.last_login]) t.equal(new Date(String(time)).toISOString(), time);
    const figures = { completed_lessons: 0, last_activity: null, number_of_completed_courses: 0 };
    t.same(relation, { student, notes: '', is_active: true, ...figures, teacher: teacher.id });
    t.same(body['students'], [student]);
  });

  t.test('in the orders that are documented', async (t) => {
    const inOrder = async (ordering: string) => idsIn(await list(teacher, `?page_size=10&ordering=${ordering}`));
    t.same(await inOrder('enrollment_date'), [zoe, adam, emile, bea, carl, dora, emma]);
    t.same(await inOrder('-enrollment_date'), [emma, dora, carl, bea, emile, adam, zoe]);
    t.same(await inOrder('student__full_name'), [adam, bea, carl, dora, emile, emma, zoe]);
    t.same(await inOrder('-student__full_name'), [zoe, emma, emile, dora, carl, bea, adam]);
    for (const odd of ['', 'x', 'notes', '__proto__', 'constructor']) t.same(await inOrder(odd), await inOrder('-enrollment_date'), odd);
    t.same(await inOrder('x,student__full_name,enrollment_date'), await inOrder('student__full_name'));
  });

  t.test('filtered and searched', async (t) => {
    t.same(idsIn(await list(teacher, '?is_active=false')), [carl]);
    t.same(idsIn(await list(teacher, '?is_active=true&ordering=enrollment_date')), [zoe, adam, emile, bea, dora]);
    t.match((await list(teacher, '?is_active=maybe')).body, { count: 7 });
    t.same(idsIn(await list(teacher, '?search=ADAMS&ordering=student__full_name')), [bea, zoe]);
    t.same(idsIn(await list(teacher, '?search=zoe%20adams')), [zoe]);
    t.same(idsIn(await list(teacher, '?search=list3@example.org')), [bea]);
    t.same(idsIn(await list(teacher, '?search=list1&is_active=true&page=1&ordering=student__full_name')), [adam]);
    t.match((await list(teacher, '?search=nobody')).body, { count: 0, next: null, previous: null, results: [], students: [] });
    t.match((await list(teacher, '?search=%20')).body, { count: 7 });
    t.match(await list(teacher, `?search=${'x'.repeat(201)}`), { status: 400 });
  });

  t.test('without one who was deleted', async (t) => {
    const late = await app.student(teacher);
    await deleteAccount(commands)({ accountId: late.accountId, actor: { accountId: admin.accountId, role: 'admin' } }, contextFor());
    await app.caughtUp();
    t.match((await list(teacher)).body, { count: 7 });
    for (const act of [profileOf, toggle, remove]) t.match(await act(teacher, late.id), nothing);
  });
});

t.test('1.21 a teacher sees a student', async (t) => {
  const teacher = await app.teacher();
  const other = await app.teacher();
  const student = await app.student(teacher);
  const stranger = await app.student(other);
  t.match(await profileOf(null, student.id), unknown);
  for (const who of [student, admin]) t.match(await profileOf(who, student.id), denied);
  for (const id of [stranger.id, teacher.id, 999_999, 'x', '%20']) t.match(await profileOf(teacher, id), nothing, String(id));
  const { status, body } = await profileOf(teacher, student.id);
  t.equal(status, 200);
  t.match(body, { student: { id: student.id, user: { email: student.email } }, notes: '', is_active: true, number_of_enrollment_courses: 0, number_of_completed_courses: 0 });
  t.same(body, (await app.send(student, 'GET', `/student/student-profile/${teacher.username}`)).body, 'and the student the same');
});

t.test('a teacher writes notes about a student', async (t) => {
  const teacher = await app.teacher();
  const other = await app.teacher();
  const student = await app.student(teacher);
  const note = (as: Caller | null, notes: unknown, id: unknown = student.id) => app.send(as, 'PATCH', `/teacher/get-student-profile/${String(id)}`, { notes });
  t.match(await note(null, 'x'), unknown);
  for (const who of [student, admin]) t.match(await note(who, 'x'), denied);
  t.match(await note(other, 'x'), nothing);
  t.match(await note(teacher, 'x', 'y'), nothing);
  t.match(await note(teacher, ['x']), { status: 400, body: { notes: ['Not a valid string.'] } });
  t.match(await note(teacher, 'x'.repeat(5_001)), { status: 400, body: { notes: ['Ensure this field has no more than 5000 characters.'] } });
  t.match(await note(teacher, undefined), { status: 400, body: { notes: ['This field is required.'] } });
  t.match(await note(teacher, 'Often\nlate'), { status: 200, body: { notes: 'Often\nlate' } });
  t.match((await list(teacher)).body, { results: [{ notes: 'Often\nlate' }] });
  t.match(await note(teacher, ''), { status: 200, body: { notes: '' } });
});
