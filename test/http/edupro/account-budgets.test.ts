import t from 'tap';
import { commonPasswords } from '../../../src/configuration/common-passwords.js';
import { createEduproApp, type Caller, type EduproApp } from './edupro-app.js';

const opened = async (options: Parameters<typeof createEduproApp>[0]): Promise<EduproApp> => {
  const app = await createEduproApp(options);
  t.teardown(() => app.close());
  return app;
};

const from = (remoteAddress: string, { app }: EduproApp) => (method: 'POST' | 'PUT', path: string, payload: object, as?: Caller) =>
  app.inject({ method, url: `/api/v1${path}`, payload, remoteAddress, headers: { ...as?.headers } });

t.test('1.6 to 1.8 answer 30 times in ten minutes to a network, whichever address it names', async (t) => {
  const app = await opened({ config: { rateLimit: true } });
  const otp = '123456';
  const asked = [['request', {}], ['verify', { otp }], ['confirm', { otp, new_password: 'another horse' }]] as const;
  for (const [step, fields] of asked) {
    const ask = (remoteAddress: string, index: number) =>
      from(remoteAddress, app)('POST', `/password-reset/${step}/`, { ...fields, email: `nobody${index}@example.org` });
    for (let index = 0; index < 30; index += 1) t.equal((await ask('10.9.0.1', index)).statusCode, 400);
    const refused = await ask('10.9.0.1', 30);
    t.equal(refused.statusCode, 429);
    t.ok(Number(refused.headers['retry-after']) > 0);
    t.equal((await ask('10.9.0.2', 30)).statusCode, 400);
  }
});

t.test('1.6 mails no more codes than any other surface, and does not tell', async (t) => {
  const app = await opened({});
  const { email, accountId } = await app.student();
  const answers = await Promise.all(Array.from({ length: 20 }, () => app.send(null, 'POST', '/password-reset/request/', { email })));
  t.ok(answers.every(({ status, body }) => status === 200 && body['message'] === 'OTP sent to your email.'));
  t.equal((await app.events(`otp-password_reset.${accountId}`)).length, 5);
});

t.test('1.2 and 1.23 take part in the budget of wrong passwords', async (t) => {
  const app = await opened({ config: { rateLimit: true, logLevel: 'silent' } });
  const teacher = await app.teacher();
  const student = await app.student(teacher);
  const statuses: number[] = [];
  for (let index = 0; index < 60; index += 1) {
    const send = from(`10.7.0.${index + 1}`, app);
    const answer = await (index % 2 === 0
      ? send('POST', `/student/login/${teacher.username}/`, { email: student.email, password: 'wrong horse' })
      : send('PUT', '/change-password/', { old_password: 'wrong horse', new_password: 'another horse' }, student));
    statuses.push(answer.statusCode);
  }
  t.ok(statuses.slice(0, 10).every((status) => status === 400 || status === 401));
  t.ok(statuses.filter((status) => status === 429).length > 15, statuses.join(' '));
});

t.test('1.23: ten tries a minute from one network', async (t) => {
  const app = await opened({ config: { rateLimit: true, logLevel: 'silent' } });
  const teacher = await app.teacher();
  const statuses: number[] = [];
  for (let tries = 0; tries < 11; tries += 1) {
    const answer = await from('10.9.0.3', app)('PUT', '/change-password/', { old_password: 'wrong horse', new_password: 'another horse' }, teacher);
    statuses.push(answer.statusCode);
  }
  t.same(statuses, [...Array.from({ length: 10 }, () => 400), 429]);
});

t.test('the commonest passwords are refused wherever one is chosen', async (t) => {
  const app = await opened({ config: { refusedPasswords: commonPasswords() } });
  const teacher = await app.teacher();
  const common = 'password1';
  const tooCommon = ['This password is too common.'];
  const sent = { first_name: 'Ada', last_name: 'L', username: 'ada', email: 'ada@example.org', phone: '+4930100', password1: common, password2: common, parent_phone: '030 1234' };
  t.match(await app.send(null, 'POST', '/teacher/teacher-register/', sent), { status: 400, body: { password1: tooCommon } });
  t.match(await app.send(null, 'POST', `/student/student-register/${teacher.username}`, sent), { status: 400, body: { password1: tooCommon } });
  const confirm = { email: teacher.email, otp: '123456', new_password: common };
  t.match(await app.send(null, 'POST', '/password-reset/confirm/', confirm), { status: 400, body: { new_password: tooCommon } });
  const change = { old_password: teacher.password, new_password: common };
  t.match(await app.send(teacher, 'PUT', '/change-password/', change), { status: 400, body: { new_password: tooCommon } });
});
