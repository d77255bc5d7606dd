import t from 'tap';
import { registerAccount } from '../../../src/commands/accounts/register-account.js';
import { registeredStudentsConsumer } from '../../../src/workers/registered-students/join-registered-students.js';
import { contextFor } from '../../fixtures/command-services.js';
import { pictures } from '../users/pictures.js';
import { createEduproApp } from './edupro-app.js';

const app = await createEduproApp({ openAdminSignUp: false });
t.teardown(() => app.close());
const { commands } = app.services;

let people = 0;
const someone = (fields: Readonly<Record<string, string>> = {}): Record<string, string> => {
  people += 1;
  const username = `person.${people}`;
  return {
    first_name: 'Ada', last_name: 'Lovelace', username, email: `${username}@example.org`, phone: `+4930100${1000 + people}`, parent_phone: '030 123456',
    password1: 'correct horse', password2: 'correct horse', ...fields,
  };
};

t.test('1.9: a teacher registers with JSON or a form, and logs in at once', async (t) => {
  const sent = someone();
  const made = await app.send(null, 'POST', '/teacher/teacher-register/', sent);
  t.equal(made.status, 201);
  const { username, email, phone } = sent;
  t.match(made.body, { message: 'User created successfully', user: { id: Number, email, phone, username, user_type: 'teacher', slug: /^person-\d+-\d+$/, avatar: null, logo: null } });
  t.match(await app.send(null, 'POST', '/teacher/login/', { email, password: 'correct horse' }), { status: 200, body: { first_name: 'Ada', last_name: 'Lovelace', username } });
  const picture = { filename: 'x.png', type: 'image/png', content: pictures.png };
  const form = await app.form(null, 'POST', '/teacher/teacher-register/', { ...someone(), avatar: picture, logo: picture });
  t.equal(form.status, 201);
  t.match(form.body, { user: { avatar: /\/files\/avatars\/[\w-]+\.png$/, logo: /\/files\/logos\/[\w-]+\.png$/ } });
});

t.test('1.10: a student registers under a teacher, belongs to the teacher, and is mailed in the words of the surface', async (t) => {
  const teacher = await app.teacher();
  const sent = someone();
  const made = await app.send(null, 'POST', `/student/student-register/${teacher.username}`, sent);
  t.equal(made.status, 201);
  t.match(made.body, { message: 'Student created successfully', user: { username: sent['username'], parent_phone: '030 123456', user_type: 'student', avatar: null } });
  const login = await app.send(null, 'POST', `/student/login/${teacher.username}/`, { email: sent['email'], password: 'correct horse' });
  t.equal(login.status, 200);
  t.same(login.raw.cookies.map(({ name, httpOnly }) => [name, httpOnly]), [['access_token', true], ['refresh_token', true]]);
  const issued = (await app.events()).findLast(({ type }) => type === 'OtpIssued');
  t.match(issued?.data, { surface: 'edupro', purpose: 'email_verification' });
  const nobodys = await app.send(null, 'POST', '/student/student-register/nobody', someone());
  t.same([nobodys.status, nobodys.body], [404, { teacher: ['Teacher with this username does not exist.'] }]);
  for (const blank of ['%20', '%20%20']) {
    const { status, body } = await app.send(null, 'POST', `/student/student-register/${blank}`, someone());
    t.same([status, body], [400, { teacher: ['Teacher username is required.'] }]);
  }
  const student = await app.student();
  t.equal((await app.send(null, 'POST', `/student/student-register/${student.username}`, someone())).status, 404, 'a student is no teacher');
});

t.test('what is missing, wrong or taken is told by its field, and leaves nothing', async (t) => {
  const first = someone();
  await app.send(null, 'POST', '/teacher/teacher-register/', first);
  const url = '/teacher/teacher-register/';
  const before = (await app.events()).filter(({ type }) => type === 'AccountRegistered').length;
  const required = 'This field is required.';
  t.match((await app.send(null, 'POST', url, {})).body, { first_name: [required], username: [required], email: [required], phone: [required], password1: [required], password2: [required] });
  const refused = async (fields: Readonly<Record<string, string>>) => {
    const { status, body } = await app.send(null, 'POST', url, someone(fields));
    t.equal(status, 400);
    return body;
  };
  t.same(await refused({ password2: 'another horse' }), { password: ["Passwords don't match"] });
  t.same(await refused({ email: String(first['email']).toUpperCase() }), { email: ['Email already exists'] });
  t.same(await refused({ phone: '+49 (30) 100-' + String(first['phone']).slice(-4) }), { phone: ['phone already exists'] });
  const ofAnother = { name: 'Eve', email: 'eve@example.org', password: 'correct horse', role: 'student', provider: 'local', imageUrl: null, actorRole: null } as const;
  await registerAccount(commands)({ ...ofAnother, phone: { countryCode: '+43', number: '660 123456' } }, contextFor());
  t.same(await refused({ phone: '+43660/123456' }), { phone: ['phone already exists'] }, 'whichever surface it was registered on');
  t.same(await refused({ username: String(first['username']).toUpperCase() }), { username: ['A user with that username already exists.'] });
  t.same(await refused({ username: 'a b' }), { username: ['Enter a valid username. This value may contain only letters, numbers, and ./+/-/_ characters.'] });
  t.same(await refused({ phone: 'call me' }), { phone: ['Enter a valid phone number.'] });
  t.same(await refused({ email: 'x' }), { email: ['Enter a valid email address.'] });
  t.same(await refused({ password1: 'short', password2: 'short' }), { password1: ['Ensure this field has at least 8 characters.'] });
  const teacher = await app.teacher();
  t.same((await app.send(null, 'POST', `/student/student-register/${teacher.username}`, someone({ phone: String(first['phone']) }))).body, { phone: ['Phone already exists'] });
  const text = { filename: 'x.png', type: 'image/png', content: 'no picture' };
  t.match((await app.form(null, 'POST', url, { ...someone(), avatar: text })).body, { avatar: [/^Upload a valid image\./] });
  t.same((await app.send(null, 'POST', url, { ...someone(), avatar: 'avatars/of-another.png' })).body, { avatar: ['The submitted data was not a file. Check the encoding type on the form.'] });
  t.equal((await app.events()).filter(({ type }) => type === 'AccountRegistered').length, before + 2, 'none but the teacher and the other of this test');
});

t.test('of 20 who want one username, address or phone at once one gets it', async (t) => {
  const teacher = await app.teacher();
  const sentences: Readonly<Record<string, string>> = { username: 'A user with that username already exists.', email: 'Email already exists', phone: 'Phone already exists' };
  const register = (sent: object) => app.send(null, 'POST', `/student/student-register/${teacher.username}`, sent);
  for (const field of ['username', 'email', 'phone']) {
    const own = Array.from({ length: 20 }, () => someone());
    const value = String(someone()[field]);
    const answers = await Promise.all(own.map((sent) => register({ ...sent, [field]: value })));
    t.equal(answers.filter(({ status }) => status === 201).length, 1, field);
    const losers = answers.filter(({ status }) => status !== 201);
    t.same(losers.map(({ status, body }) => [status, body]), losers.map(() => [400, { [field]: [sentences[field]] }]));
    const again = await Promise.all(own.filter((_, index) => answers[index]?.status !== 201).map(register));
    t.same(again.map(({ status }) => status), losers.map(() => 201), 'what was not wanted by all is held by nobody');
  }
});

t.test('a registration that a dying process left half done is completed, and nothing is done twice', async (t) => {
  const teacher = await app.teacher();
  const { username = '', email = '' } = someone();
  const input = { name: 'Ada', email, password: 'correct horse', role: 'student', provider: 'local', username, imageUrl: null, actorRole: null, teacherId: teacher.accountId } as const;
  const registered = await registerAccount(commands)(input, contextFor());
  if (!registered.ok) throw new Error(registered.rejection);
  await app.caughtUp();
  const logIn = () => app.send(null, 'POST', `/student/login/${teacher.username}/`, { email, password: 'correct horse' });
  t.equal((await logIn()).status, 403);
  const event = (await app.events(`account-${registered.value.accountId}`))[0];
  if (event === undefined) throw new Error('no event');
  const consumer = registeredStudentsConsumer(commands);
  await consumer.handle(event);
  await app.caughtUp();
  const { status, body } = await logIn();
  t.equal(status, 200);
  await app.send(teacher, 'DELETE', `/teacher/students/remove/${String(body['id'])}/`);
  await consumer.handle(event);
  t.equal((await logIn()).status, 403, 'who was removed since does not come back');
});
