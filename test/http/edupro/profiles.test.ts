import { randomUUID } from 'node:crypto';
import t from 'tap';
import { aggregates } from '../../../src/domain/aggregates.js';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { deleteCourse } from '../../../src/commands/courses/delete-course.js';
import { contextFor } from '../../fixtures/command-services.js';
import { drawnUp } from '../../fixtures/courses.js';
import { watchedFiles } from '../../fixtures/watched-files.js';
import { pictureOf, pictures, program } from '../users/pictures.js';
import { createEduproApp, type Answer, type Caller, type Member } from './edupro-app.js';

const kept = new Set<string>();
const app = await createEduproApp({
  surfaces: ['edupro', 'marketplace', 'users'],
  services: ({ files, ...services }) => ({ ...services, files: watchedFiles(files, kept) }),
});
t.teardown(() => app.close());
const { commands } = app.services;

const unknown = { status: 401, body: { detail: 'Authentication credentials were not provided.' } };
const nothing = { status: 404, body: { detail: 'Not found.' } };
const noTeacher = { status: 403, body: { detail: 'You are not a Teacher.' } };
const noStudent = { status: 403, body: { detail: 'You are not a Student.' } };
const noPermission = { status: 403, body: { detail: 'You do not have permission to perform this action.' } };
const notAnImage = 'Upload a valid image. The file you uploaded was either not an image or a corrupted image.';

const admin = await app.member('admin');
const image = (content: Uint8Array = pictures.png, filename = 'a.png') => ({ content, filename, type: 'image/png' });
const own = (as: Caller | null) => app.send(as, 'GET', '/teacher/teacher-profile/');
const publicOf = (username: string, as: Caller | null = null) => app.send(as, 'GET', `/teacher/teacher-profile/${username}`);
const ofStudent = (as: Caller | null, username: string) => app.send(as, 'GET', `/student/student-profile/${username}`);
const STUDENT = '/student/update-profile/';
const TEACHER = '/teacher/update-profile/';
const keyIn = (url: unknown): string => String(url).replace(/^.*\/files\//, '');
const served = async (url: unknown): Promise<number> => (await app.inject({ method: 'GET', url: new URL(String(url)).pathname })).statusCode;

const aboutStudent = { full_name: 'Sam B. Student', bio: 'Two\nlines', date_of_birth: '2001-02-28', address: 'A street 1', country: 'Italy', city: 'Rome', gender: 'male' };
const colours = { primary_color: '#123', primary_color_light: '#abcdef', primary_color_dark: '#ABCDEF', secondary_color: '#000000', accent_color: '#fff', background_color: '#09f' };
const aboutTeacher = { ...aboutStudent, full_name: 'Tess Teacher', specialization: 'Fugues', institution: 'A school', experiance: 'Ten years', ...colours };

t.test('1.13 a student fills in the profile', async (t) => {
  for (const method of ['PUT', 'PATCH'] as const) {
    const student = await app.student();
    const { status, body } = await app.send(student, method, STUDENT, { ...aboutStudent, unknown: 'dropped' });
    t.equal(status, 200, method);
    const { user, ...rest } = body as { user: object };
    t.same(rest, { id: student.id, ...aboutStudent, profile_picture: null });
    t.match(user, { id: student.id, first_name: 'Sam', last_name: 'Student', email: student.email, user_type: 'student', username: student.username, logo: null, avatar: null, is_active: true });

    const changed = await app.send(student, method, STUDENT, { city: 'Milan', bio: '', date_of_birth: null, country: null });
    t.match(changed.body, { ...aboutStudent, city: 'Milan', bio: '', date_of_birth: null, country: '' }, `${method}: what is left out stays, what is blank or null is emptied`);
    t.match((await app.send(student, method, STUDENT, {})).body, changed.body);
  }

  t.test('and nobody else does', async (t) => {
    t.match(await app.send(null, 'PATCH', STUDENT, aboutStudent), unknown);
    for (const who of [await app.teacher(), admin]) t.match(await app.send(who, 'PUT', STUDENT, aboutStudent), noStudent);
  });

  t.test('the name is the account’s', async (t) => {
    const student = await app.student();
    await app.send(student, 'PATCH', STUDENT, { full_name: '  Kim  Possible ' });
    t.match((await app.inject({ method: 'GET', url: '/auth/me', headers: student.headers })).json(), { user: { name: 'Kim  Possible' } });
  });

  const refusals: readonly (readonly [sent: object, errors: object])[] = [
    [{ full_name: ' ' }, { full_name: ['This field may not be blank.'] }],
    [{ full_name: null }, { full_name: ['This field may not be null.'] }],
    [{ full_name: 'x'.repeat(201) }, { full_name: ['Ensure this field has no more than 200 characters.'] }],
    [{ date_of_birth: '2001-02-30' }, { date_of_birth: ['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'] }],
    [{ date_of_birth: '9999-01-01' }, { date_of_birth: ['Date of birth cannot be in the future.'] }],
    [{ gender: 'x'.repeat(21), city: ['Rome'] }, { gender: ['Ensure this field has no more than 20 characters.'], city: ['Not a valid string.'] }],
    [{ profile_picture: 'https://a.example/a.png' }, { profile_picture: ['The submitted data was not a file. Check the encoding type on the form.'] }],
  ];
  for (const [sent, errors] of refusals) {
    t.test(`${JSON.stringify(sent).slice(0, 60)} is refused, and nothing else of it kept`, async (t) => {
      const student = await app.student();
      t.match(await app.send(student, 'PATCH', STUDENT, { bio: 'kept?', ...sent }), { status: 400, body: errors });
      t.match((await app.send(student, 'PATCH', STUDENT, {})).body, { bio: '' });
    });
  }

  t.test('today is no future', async (t) => {
    const student = await app.student();
    const today = app.clock.now().toISOString().slice(0, 10);
    t.match(await app.send(student, 'PATCH', STUDENT, { date_of_birth: today }), { status: 200, body: { date_of_birth: today } });
    const tomorrow = new Date(app.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
    t.equal((await app.send(student, 'PATCH', STUDENT, { date_of_birth: tomorrow })).status, 400);
  });
});

t.test('1.13 and 1.16 forms with pictures', async (t) => {
  t.test('keep the picture as the account’s, and remove the one before', async (t) => {
    const student = await app.student();
    const { status, body } = await app.form(student, 'PATCH', STUDENT, { bio: 'With a picture', date_of_birth: '', profile_picture: image() });
    t.equal(status, 200);
    t.match(body, { bio: 'With a picture', date_of_birth: null, profile_picture: /^http:\/\/localhost:8000\/files\/avatars\/[0-9a-f-]{36}\.png$/ });
    t.match(body, { user: { avatar: body['profile_picture'] } });
    t.equal(await served(body['profile_picture']), 200);
    const after = await app.form(student, 'PUT', STUDENT, { profile_picture: image(pictures.jpg, 'a.jpg') });
    t.match(after.body, { bio: 'With a picture', profile_picture: /\.jpg$/ });
    t.equal(await served(body['profile_picture']), 404);
    t.notOk(kept.has(keyIn(body['profile_picture'])));
    t.match((await app.inject({ method: 'GET', url: '/auth/me', headers: student.headers })).json(), { user: { imageProfileUrl: after.body['profile_picture'] } });
    t.match((await app.form(student, 'PATCH', STUDENT, { city: 'Rome', profile_picture: '' })).body, { profile_picture: after.body['profile_picture'] }, 'no file leaves it');
  });

  t.test('keep the logo of a teacher, and remove the one before', async (t) => {
    const teacher = await app.teacher();
    const { status, body } = await app.form(teacher, 'PUT', TEACHER, { logo: image(), profile_picture: image(pictures.gif, 'a.gif'), accent_color: '#0f0' });
    t.equal(status, 200);
    t.match(body, { logo: /\/files\/logos\/[0-9a-f-]{36}\.png$/, profile_picture: /\/files\/avatars\/.*\.gif$/, accent_color: '#0f0' });
    for (const url of [body['logo'], body['profile_picture']]) t.equal(await served(url), 200);
    const after = await app.form(teacher, 'PATCH', TEACHER, { logo: image(pictures.webp, 'a.webp') });
    t.match(after.body, { logo: /\.webp$/, profile_picture: body['profile_picture'] });
    t.notOk(kept.has(keyIn(body['logo'])));
    t.match((await publicOf(teacher.username)).body, { logo: after.body['logo'] });
  });

  t.test('at once leave one logo and one picture', async (t) => {
    const teacher = await app.teacher();
    const before = new Set(kept);
    const answers = await Promise.all(Array.from({ length: 10 }, () => app.form(teacher, 'PATCH', TEACHER, { logo: image(), profile_picture: image() })));
    t.same([...new Set(answers.map(({ status }) => status))], [200]);
    const { body } = await own(teacher);
    t.same([...kept].filter((key) => !before.has(key)).toSorted(), [keyIn(body['profile_picture']), keyIn(body['logo'])].toSorted());
  });

  const bad: readonly (readonly [name: string, fields: Parameters<typeof app.form>[3], errors: object])[] = [
    ['a program', { profile_picture: image(), logo: image(program, 'a.png') }, { logo: [notAnImage] }],
    ['a logo of more than 5 MB', { profile_picture: image(), logo: image(pictureOf(5 * 1_048_576 + 1)) }, { logo: ['Upload an image of at most 5 MB.'] }],
    ['text for a file', { profile_picture: image(), logo: 'x' }, { logo: ['must be a file'] }],
    ['a colour that is none', { profile_picture: image(), logo: image(), primary_color: 'red' }, { primary_color: ['Enter a valid hex color, eg. #000000'] }],
    ['a birthday to come', { logo: image(), date_of_birth: '9999-01-01' }, { date_of_birth: ['Date of birth cannot be in the future.'] }],
  ];
  for (const [name, fields, errors] of bad) {
    t.test(`refused for ${name} leave no file and change nothing`, async (t) => {
      const teacher = await app.teacher();
      const before = new Set(kept);
      t.match(await app.form(teacher, 'PATCH', TEACHER, fields), { status: 400, body: errors });
      t.same([...kept].filter((key) => !before.has(key)), []);
      t.match((await own(teacher)).body, { logo: null, profile_picture: null });
    });
  }

  t.test('of others leave no file either', async (t) => {
    const before = new Set(kept);
    const student = await app.student();
    t.match(await app.form(student, 'PUT', TEACHER, { logo: image() }), noTeacher);
    t.match(await app.form(null, 'PUT', TEACHER, { logo: image() }), unknown);
    t.same([...kept].filter((key) => !before.has(key)), []);
  });
});

t.test('1.14, 1.15 and 1.16 the profile of a teacher', async (t) => {
  const teacher = await app.teacher('Tess.T');
  const empty = await own(teacher);
  t.equal(empty.status, 200);
  const user = { id: teacher.id, first_name: 'Ada', last_name: 'Tess.T', email: teacher.email, phone: '', user_type: 'teacher', username: 'Tess.T', slug: `tess-t-${teacher.id}` };
  const blank = Object.fromEntries(Object.keys(aboutTeacher).map((name) => [name, '']));
  const figures = { number_of_courses: 0, number_of_students: 0, rating: 0 };
  const { created_at: createdAt } = empty.body;
  t.equal(new Date(String(createdAt)).toISOString(), createdAt);
  t.same(empty.body, { user, id: teacher.id, ...blank, full_name: 'Ada Tess.T', date_of_birth: null, profile_picture: null, logo: null, created_at: createdAt, ...figures });

  for (const method of ['PUT', 'PATCH'] as const) {
    const { status, body } = await app.send(teacher, method, TEACHER, aboutTeacher);
    t.equal(status, 200, method);
    t.match(body, { ...aboutTeacher, user: { first_name: 'Tess', last_name: 'Teacher' } });
    t.same((await own(teacher)).body, body);
  }

  t.test('is shown to everybody without phone and type', async (t) => {
    const { body } = await own(teacher);
    const { phone: _phone, user_type: _type, ...shown } = body['user'] as Record<string, unknown>;
    const student = await app.student(teacher);
    for (const who of [null, student, admin, await app.teacher()]) {
      t.same((await publicOf('tess.t', who)).body, { ...body, number_of_students: 1, user: shown });
    }
    t.equal((await publicOf('Tess.T')).status, 200);
    for (const username of ['nobody', student.username, admin.username, 'x'.repeat(200)]) t.match(await publicOf(username), nothing, username);
    t.match(await publicOf('%20'), { status: 400, body: { teacher_id: 'teacher username is required' } });
  });

  t.test('is no matter of others', async (t) => {
    const student = await app.student();
    t.match(await own(null), unknown);
    t.match(await app.send(null, 'PATCH', TEACHER, {}), unknown);
    for (const who of [student, admin]) {
      t.match(await own(who), noTeacher);
      for (const method of ['PUT', 'PATCH'] as const) t.match(await app.send(who, method, TEACHER, {}), noTeacher);
    }
  });

  t.test('has colours of three or six digits, or none', async (t) => {
    for (const colour of ['red', '#12', '#1234', '#12345g', '123456', '#1234567', ' # 123']) {
      t.match(await app.send(teacher, 'PATCH', TEACHER, { accent_color: colour }), { status: 400, body: { accent_color: ['Enter a valid hex color, eg. #000000'] } }, colour);
    }
    for (const none of ['', null]) {
      await app.send(teacher, 'PATCH', TEACHER, { accent_color: '#fff' });
      t.match(await app.send(teacher, 'PATCH', TEACHER, { accent_color: none }), { status: 200, body: { accent_color: '', primary_color: '#123' } });
    }
  });
});

t.test('1.14 the figures of a teacher', async (t) => {
  const teacher = await app.teacher();
  const other = await app.teacher();
  const course = (of: Member, published: boolean) => drawnUp(commands, { actor: { accountId: of.accountId, role: 'instructor' }, title: 'Fugues', published });
  const [first, second, dropped] = [await course(teacher, true), await course(teacher, false), await course(teacher, true)];
  await course(other, true);
  const students = [await app.student(teacher), await app.student(teacher), await app.student(teacher)];
  await app.student(other);
  const at = app.clock.now().toISOString();
  const rate = async ({ accountId: studentId }: Member, courseId: string, rating: number): Promise<void> => {
    const command = { type: 'RateCourse', data: { ratingId: randomUUID(), courseId, studentId, rating, comment: '', at } } as const;
    await commands.handler.handle(aggregates.courseRating, `${studentId}.${courseId}`, command, contextFor());
  };
  const [one, two, three] = students;
  if (one === undefined || two === undefined || three === undefined) throw new Error('no students');
  await rate(one, first, 5);
  await rate(two, first, 4);
  await rate(three, second, 4);
  await deleteCourse(commands)({ actor: { accountId: teacher.accountId, role: 'instructor' }, courseId: dropped }, contextFor());
  await app.send(teacher, 'PATCH', `/teacher/students/toggle-block/${one.id}/`);
  await app.send(teacher, 'DELETE', `/teacher/students/remove/${two.id}/`);
  await app.caughtUp();
  const figures = { number_of_courses: 2, number_of_students: 1, rating: 4.33 };
  t.match((await own(teacher)).body, figures);
  t.match((await publicOf(teacher.username)).body, figures);
  t.match((await own(other)).body, { number_of_courses: 1, number_of_students: 1, rating: 0 });
});

t.test('1.12 a student and a teacher', async (t) => {
  const teacher = await app.teacher();
  const other = await app.teacher();
  const student = await app.student(teacher);
  await app.send(student, 'PATCH', STUDENT, aboutStudent);
  const { status, body } = await ofStudent(student, teacher.username);
  t.equal(status, 200);
  t.match(body, {
    student: { id: student.id, ...aboutStudent, user: { id: student.id, last_login: /T/ } },
    notes: '',
    is_active: true,
    completed_lessons: 0,
    last_activity: null,
    number_of_completed_courses: 0,
    number_of_enrollment_courses: 0,
  });
  t.type(body['id'], 'number');
  t.equal(body['enrollment_date'], app.clock.now().toISOString());
  t.match(await ofStudent(null, teacher.username), unknown);
  for (const who of [teacher, admin]) t.match(await ofStudent(who, teacher.username), noPermission);
  for (const username of [other.username, 'nobody', student.username]) t.match(await ofStudent(student, username), nothing, username);
  t.match(await ofStudent(await app.student(other), teacher.username), nothing);
  t.match(await ofStudent(student, '%20'), { status: 400, body: { teacher_id: 'teacher username is required' } });
});

t.test('a deleted teacher has no profile', async (t) => {
  const teacher = await app.teacher();
  const student = await app.student(teacher);
  await app.send(teacher, 'PATCH', TEACHER, { bio: 'Canary' });
  await deleteAccount(commands)({ accountId: teacher.accountId, actor: { accountId: admin.accountId, role: 'admin' } }, contextFor());
  await app.caughtUp();
  t.match(await publicOf(teacher.username), nothing);
  t.match(await ofStudent(student, teacher.username), nothing);
  const own: Answer = await app.send(teacher, 'PATCH', TEACHER, { bio: 'Late' });
  t.equal(own.status, 401);
});
