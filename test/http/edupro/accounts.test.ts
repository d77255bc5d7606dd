import t from 'tap';
import { registerAccount } from '../../../src/commands/accounts/register-account.js';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import { joinTeacher } from '../../../src/commands/teaching/join-teacher.js';
import { contextFor } from '../../fixtures/command-services.js';
import { otherThan } from '../users/users-app.js';
import { createEduproApp, type Answer, type Member } from './edupro-app.js';

const app = await createEduproApp();
t.teardown(() => app.close());

const cookiesOf = ({ raw }: Answer): Record<string, string> => ({ cookie: raw.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') });
const logIn = ({ email, password }: { email: string; password: string }, teacher: Member | string) =>
  app.send(null, 'POST', `/student/login/${typeof teacher === 'string' ? teacher : teacher.username}/`, { email, password });
const sessionsOf = async () => (await app.events()).filter(({ type }) => type === 'SessionOpened').length;

t.test('1.2: a student logs in under a teacher; nobody else gets a session', async (t) => {
  const teacher = await app.teacher();
  const other = await app.teacher();
  const student = await app.student(teacher);
  t.match(await logIn(student, teacher), { status: 200, body: { id: student.id, email: student.email, username: student.username, user_type: 'student' } });
  const before = await sessionsOf();
  const required = ['This field is required.'];
  t.match(await app.send(null, 'POST', `/student/login/${teacher.username}/`, {}), { status: 400, body: { email: required, password: required } });
  const wrong = { status: 401, body: { error: 'Invalid credentials. Please check your email and password.' } };
  t.match(await logIn({ ...student, password: 'wrong horse' }, teacher), wrong);
  t.match(await logIn({ ...student, email: 'nobody@example.org' }, teacher), wrong);
  t.match(await logIn(teacher, teacher), wrong, 'a teacher is no student');
  t.match(await logIn(student, other), { status: 403, body: { error: 'You are not registered as a student for this teacher.' } });
  t.match(await logIn(student, 'nobody'), { status: 404, body: { error: 'Teacher not found.' } });
  t.match(await app.send(null, 'POST', '/student/login/nobody/', {}), { status: 404, body: { error: 'Teacher not found.' } }, 'told first');
  t.match(await logIn(student, student), { status: 404 });
  await app.send(teacher, 'PATCH', `/teacher/students/toggle-block/${student.id}/`);
  t.match(await logIn(student, teacher), { status: 403 });
  t.equal(await sessionsOf(), before);
  await app.send(teacher, 'PATCH', `/teacher/students/toggle-block/${student.id}/`);
  t.match(await logIn(student, teacher), { status: 200 });
  await app.send(teacher, 'DELETE', `/teacher/students/remove/${student.id}/`);
  t.match(await logIn(student, teacher), { status: 403 });
});

t.test('1.2: with two-factor on a code from the mail is asked for, of students of the teacher alone', async (t) => {
  const teacher = await app.teacher();
  const credentials = { email: 'two.factor@example.org', password: 'correct horse' };
  const input = { ...credentials, name: 'Ada', role: 'student', provider: 'local', username: 'two.factor', imageUrl: null, actorRole: null, twoFactor: true } as const;
  const registered = await registerAccount(app.services.commands)(input, contextFor());
  if (!registered.ok) throw new Error(registered.rejection);
  const { accountId } = registered.value;
  const codes = () => app.events(`otp-second_factor.${accountId}`);
  t.equal((await logIn(credentials, teacher)).status, 403);
  t.same(await codes(), [], 'no mail for who is refused anyway');
  await joinTeacher(app.services.commands)({ teacherId: teacher.accountId, studentId: accountId }, contextFor());
  t.match(await logIn(credentials, teacher), { status: 401, body: { error: /^A code was mailed/ } });
  const issued = (await codes())[0];
  if (issued?.type !== 'OtpIssued') throw new Error('no code');
  const otp = oneTimeCode(app.services.commands.keys, issued.data.otpId);
  const withCode = (code: string) => app.send(null, 'POST', `/student/login/${teacher.username}/`, { ...credentials, otp: code });
  t.not((await withCode(otherThan(otp))).status, 200);
  t.equal((await withCode(otp)).status, 200);
  t.not((await withCode(otp)).status, 200, 'once');
});

t.test('1.5: a student refreshes the own token, under a teacher who has the student', async (t) => {
  const teacher = await app.teacher();
  const student = await app.student(teacher);
  const other = await app.student(teacher);
  const login = await logIn(student, teacher);
  const refresh = (of: string, headers: Record<string, string> = {}) => app.send(null, 'POST', `/student/refresh/${of}/`, undefined, headers);
  t.match(await refresh(teacher.username), { status: 401, body: { detail: 'Authentication credentials were not provided.' } });
  t.match(await refresh(teacher.username, student.headers), { status: 401, body: { error: 'Refresh token not found' } });
  const invalid = { status: 401, body: { error: 'Invalid or expired refresh token' } };
  t.match(await refresh(teacher.username, { ...student.headers, cookie: 'refresh_token=x' }), invalid);
  t.match(await refresh(teacher.username, { ...other.headers, ...cookiesOf(login) }), invalid, 'of another account');
  const notTheirs = { status: 403, body: { error: 'You are not registered as a student for this teacher.' } };
  t.match(await refresh((await app.teacher()).username, cookiesOf(login)), notTheirs);
  t.match(await refresh('nobody', cookiesOf(login)), notTheirs);
  const refreshed = await refresh(teacher.username, cookiesOf(login));
  t.match(refreshed, { status: 200, body: { message: 'Token refreshed successfully' } });
  t.not(cookiesOf(refreshed)['cookie'], cookiesOf(login)['cookie']);
  await app.send(teacher, 'PATCH', `/teacher/students/toggle-block/${student.id}/`);
  const blocked = await refresh(teacher.username, cookiesOf(refreshed));
  t.match(blocked, notTheirs);
  t.same(blocked.raw.cookies, []);
  await app.send(teacher, 'PATCH', `/teacher/students/toggle-block/${student.id}/`);
  const again = await refresh(teacher.username, cookiesOf(refreshed));
  t.equal(again.status, 200, 'unblocked, and the token was not used up');
  await app.send(teacher, 'DELETE', `/teacher/students/remove/${student.id}/`);
  t.match(await refresh(teacher.username, cookiesOf(again)), notTheirs);
  const ofTeacher = await app.send(null, 'POST', '/teacher/login/', { email: teacher.email, password: teacher.password });
  t.match(await refresh(teacher.username, cookiesOf(ofTeacher)), { status: 400, body: { error: 'User is not a student or does not have a student profile.' } });
});

t.test('1.5: a refresh token that was exchanged before ends the session', async (t) => {
  const teacher = await app.teacher();
  const login = await logIn(await app.student(teacher), teacher);
  const refresh = (headers: Record<string, string>) => app.send(null, 'POST', `/student/refresh/${teacher.username}/`, undefined, headers);
  const refreshed = await refresh(cookiesOf(login));
  t.equal(refreshed.status, 200);
  app.clock.advance(11_000);
  t.match(await refresh(cookiesOf(login)), { status: 401, body: { error: 'Invalid or expired refresh token' } });
  t.equal((await refresh(cookiesOf(refreshed))).status, 401);
});

const codeFor = async (accountId: string): Promise<string> => {
  const issued = (await app.events(`otp-password_reset.${accountId}`)).findLast(({ type }) => type === 'OtpIssued');
  if (issued?.type !== 'OtpIssued') throw new Error('no code');
  return oneTimeCode(app.services.commands.keys, issued.data.otpId);
};

t.test('1.6 to 1.8: a password is reset with the code from the mail, once', async (t) => {
  const teacher = await app.teacher();
  const student = await app.student(teacher);
  const { email } = student;
  const request = (address: string) => app.send(null, 'POST', '/password-reset/request/', { email: address });
  t.match(await request('nobody@example.org'), { status: 400, body: { email: ['User with this email does not exist.'] } });
  t.match(await request(email), { status: 200, body: { message: 'OTP sent to your email.' } });
  t.match((await app.events()).findLast(({ type }) => type === 'OtpIssued')?.data, { surface: 'edupro', purpose: 'password_reset' });
  const code = await codeFor(student.accountId);
  const verify = (fields: object) => app.send(null, 'POST', '/password-reset/verify/', { email, otp: code, ...fields });
  t.match(await verify({ otp: otherThan(code) }), { status: 400, body: { otp: ['Invalid OTP'] } });
  t.match(await verify({ otp: 'abc' }), { status: 400, body: { otp: ['Invalid OTP'] } });
  t.match(await verify({ email: 'nobody@example.org' }), { status: 400, body: { email: ['Invalid email'] } });
  for (const _ of ['once', 'again']) t.match(await verify({}), { status: 200, body: { message: 'OTP verified successfully' } });
  const confirm = (fields: object) => app.send(null, 'POST', '/password-reset/confirm/', { email, otp: code, new_password: 'another horse', ...fields });
  t.match(await confirm({ new_password: undefined }), { status: 400, body: { new_password: ['This field is required.'] } });
  t.match(await confirm({ new_password: 'short' }), { status: 400, body: { new_password: ['Ensure this field has at least 8 characters.'] } });
  t.match(await confirm({ otp: otherThan(code) }), { status: 400, body: { otp: ['Invalid OTP'] } });
  t.match(await confirm({ email: 'nobody@example.org' }), { status: 400, body: { email: ['Invalid email'] } });
  t.match(await confirm({}), { status: 200, body: { message: 'Password reset successfully' } });
  t.match(await confirm({}), { status: 400, body: { otp: ['Invalid OTP'] } }, 'used up');
  t.equal((await app.send(student, 'POST', '/logout/')).status, 401, 'its sessions are over');
  t.match(await logIn({ email, password: 'another horse' }, teacher), { status: 200 });
  t.match(await logIn(student, teacher), { status: 401 });
});

t.test('1.8: of 20 who use one code at once one sets the password', async (t) => {
  const teacher = await app.teacher();
  const student = await app.student(teacher);
  const { email } = student;
  await app.send(null, 'POST', '/password-reset/request/', { email });
  const code = await codeFor(student.accountId);
  const confirm = (index: number) => app.send(null, 'POST', '/password-reset/confirm/', { email, otp: code, new_password: `another horse ${index}` });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => confirm(index)));
  const winner = answers.findIndex(({ status }) => status === 200);
  const losers = answers.filter((_, index) => index !== winner);
  t.same(losers.map(({ status, body }) => [status, body]), losers.map(() => [400, { otp: ['Invalid OTP'] }]));
  t.equal((await logIn({ email, password: `another horse ${winner}` }, teacher)).status, 200);
});

t.test('1.7: a code that came too late is told from a wrong one', async (t) => {
  const student = await app.student();
  const { email } = student;
  await app.send(null, 'POST', '/password-reset/request/', { email });
  const code = await codeFor(student.accountId);
  app.clock.advance(11 * 60_000);
  const verify = (otp: string) => app.send(null, 'POST', '/password-reset/verify/', { email, otp });
  t.match(await verify(code), { status: 400, body: { otp: ['OTP expired'] } });
  t.match(await verify(otherThan(code)), { status: 400, body: { otp: ['Invalid OTP'] } });
  t.match(await app.send(null, 'POST', '/password-reset/confirm/', { email, otp: code, new_password: 'another horse' }), { status: 400, body: { otp: ['OTP expired'] } });
});

t.test('1.23: a password is changed with the old one; the caller goes on in a new session', async (t) => {
  const teacher = await app.teacher();
  const elsewhere = await app.send(null, 'POST', '/teacher/login/', { email: teacher.email, password: teacher.password });
  const change = (as: Member | null, fields: object) =>
    app.send(as, 'PUT', '/change-password/', { old_password: teacher.password, new_password: 'another horse', ...fields });
  t.equal((await change(null, {})).status, 401);
  t.match(await change(teacher, { old_password: 'wrong horse' }), { status: 400, body: { error: 'Old password is incorrect' } });
  t.match(await change(teacher, { new_password: undefined }), { status: 400, body: { new_password: ['This field is required.'] } });
  const changed = await change(teacher, {});
  t.match(changed, { status: 200, body: { message: 'Password changed successfully' } });
  t.equal((await change(teacher, {})).status, 401, 'the old session is over');
  t.equal((await app.send(null, 'POST', '/token/refresh/', undefined, cookiesOf(elsewhere))).status, 401, 'and those elsewhere');
  t.match(await app.send(null, 'POST', '/logout/', undefined, cookiesOf(changed)), { status: 205 });
});
