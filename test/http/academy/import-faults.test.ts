import t from 'tap';
import { printResetToken } from '../../../src/commands/accounts/reset-link.js';
import { studentList } from '../../../src/http/academy/users/student-list.js';
import { formOf, type Part } from '../users/form.js';
import { createAcademyApp, type AcademyApp, type Caller } from './academy-app.js';

const url = '/academy/auth/admin/import-dike-students';
const app = await createAcademyApp();
t.teardown(() => app.close());
const admin = await app.admin();

const file = (content: string): Part => ({ filename: 'students.csv', type: 'text/csv', content });
const post = (to: AcademyApp, as: Caller, parts: Parameters<typeof formOf>[0]) => {
  const { payload, contentType } = formOf(parts);
  return to.inject({ method: 'POST', url, headers: { ...as.headers, 'content-type': contentType }, payload });
};
const nim = (index: number): string => `24/${String(index).padStart(6, '0')}/PA/000001`;

t.test('whatever is no form with one file is refused by the sentence of the document', async (t) => {
  const refused = { status: 'error', message: 'No file uploaded or invalid file format' };
  const { headers } = admin;
  const answers = {
    nothing: await app.inject({ method: 'POST', url, headers }),
    json: await app.inject({ method: 'POST', url, headers, payload: { file: 'name,nim,email' } }),
    csv: await app.inject({ method: 'POST', url, headers: { ...headers, 'content-type': 'text/csv' }, payload: 'name,nim,email' }),
    broken: await app.inject({ method: 'POST', url, headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' }, payload: '--x\r\nnonsense' }),
    noBoundary: await app.inject({ method: 'POST', url, headers: { ...headers, 'content-type': 'multipart/form-data' }, payload: 'x' }),
    text: await post(app, admin, { file: 'name,nim,email' }),
    two: await post(app, admin, [['file', file('name,nim,email')], ['file', file('name,nim,email')]]),
    zero: await post(app, admin, { file: file('') }),
    control: await post(app, admin, { file: file('name,nim\u0000,email\nx,y,z') }),
  };
  for (const [what, answer] of Object.entries(answers)) t.same([answer.statusCode, answer.json()], [400, refused], what);
});

t.test('a row with a control character fails by itself', async (t) => {
  const answer = await post(app, admin, { file: file(`name,nim,email\nA\u0000nn,${nim(1)},a@students.example\nBob,${nim(2)},b@students.example\n`) });
  t.match(answer.json(), { data: { totalProcessed: 2, imported: 1, errors: [{ line: 2, message: 'Name must be one line of 2 to 100 characters' }] } });
});

t.test('quotes that are not closed cost their own row', async (t) => {
  const rows = ['name,nim,email', `Cid "the" Second,${nim(3)},c@students.example`, `"Dee" of X,${nim(4)},d@students.example`, '', `"Eve,${nim(5)},e@students.example`,
    `"Fay",${nim(6)},f@students.example`, `Gil,${nim(7)},g@students.example`, `"Hal,${nim(8)},h@students.example`];
  const answer = await post(app, admin, { file: file(rows.join('\r\n')) });
  const message = 'A quote in this row is not closed, or closed too early';
  t.match(answer.json(), { data: { totalProcessed: 3, imported: 3, errors: [{ line: 3, message }, { line: 5, message }, { line: 8, message }] } });
  const { list } = await app.must(admin, 'GET', '/users');
  t.same(list.map(({ name }) => name).filter((name) => /Cid|Fay|Gil/.test(String(name))).toSorted(), ['Cid "the" Second', 'Fay', 'Gil']);
});

t.test('columns with the other separator in their names, and empty lines before', async (t) => {
  for (const header of ['name;nim;email;"faculty, year"', '\n\nname;nim;email;x', 'Name;NIM;Email', '"name";"nim";"email"']) {
    t.equal(studentList(`${header}\nIvy;${nim(9)};i@students.example;x`).rows.length, 1, header);
  }
  t.equal(studentList(`name,nim,email,"a;b;c;d"\nIvy,${nim(9)},i@students.example`).rows.length, 1);
});

t.test('lines are those of the file, with empty ones, quoted breaks and any line ends', async (t) => {
  const lines = (text: string): readonly number[] => {
    const { rows, incomplete } = studentList(text);
    return [...rows, ...incomplete].map(({ line }) => line).toSorted((one, other) => one - other);
  };
  for (const end of ['\n', '\r\n', '\r']) t.same(lines(['', 'name,nim,email', '', '   ', 'a,b,c', '"a', 'b",b,c', '', ',,', 'a,b,c', ''].join(end)), [5, 6, 9, 10]);
});

t.test('what broken quotes cost is bounded', async (t) => {
  const row = `"${'x'.repeat(98)}`;
  t.throws(() => studentList(`name,nim,email\n${Array.from({ length: 19_000 }, () => row).join('\n')}`), { message: 'No file uploaded or invalid file format' });
});

t.test('what was imported is told, also where the read models are late', async (t) => {
  let isLate = false;
  const late = await createAcademyApp({
    services: (services) => ({ ...services, progress: { ...services.progress, waitFor: async (...asked) => !isLate && (await services.progress.waitFor(...asked)) } }),
  });
  t.teardown(() => late.close());
  const root = await late.admin();
  isLate = true;
  const answer = await post(late, root, { file: file(`name,nim,email\nAnn,${nim(1)},ann@students.example\n`) });
  t.match([answer.statusCode, answer.json()], [200, { message: 'Successfully imported 1 DIKE students', data: { imported: 1 } }]);
  t.match(answer.headers, { 'x-position': /^\d+$/ });
  await late.caughtUp();
});

t.test('a student who was imported sets a password by mail', async (t) => {
  t.equal((await post(app, admin, { file: file(`name,nim,email\nKim,${nim(20)},kim@students.example\n`) })).statusCode, 200);
  const kim = (await app.must(admin, 'GET', '/users')).list.find(({ name }) => name === 'Kim');
  const accountId = String(kim?.['id']);
  await app.must(null, 'POST', '/auth/forgot-password', { email: 'KIM@students.example' });
  await app.caughtUp();
  const { otpId } = ((await app.events(`otp-password_reset_link.${accountId}`)).at(-1)?.data ?? {}) as { readonly otpId: string };
  const token = printResetToken(app.services.commands.keys, { accountId, otpId });
  t.equal((await app.send(null, 'POST', '/auth/reset-password', { token, password: 'another horse' })).status, 200);
  t.match((await app.must(null, 'POST', '/auth/login', { email: 'kim@students.example', password: 'another horse' })).data, { user: { role: 'DIKE', type: 'DIKE' } });
});

t.test('an import whose client has gone stops at a row, and a repeat goes on from there', async (t) => {
  const real = await createAcademyApp();
  t.teardown(() => real.close());
  const root = await real.admin();
  const rows = Array.from({ length: 2_000 }, (_, index) => `Student ${index},${nim(index)},student${index}@students.example`);
  const { payload, contentType } = formOf({ file: file(`name,nim,email\n${rows.join('\n')}`) });
  const address = await real.app.listen({ port: 0, host: '127.0.0.1' });
  const aborter = new AbortController();
  const headers = { ...root.headers, 'content-type': contentType };
  const asked = fetch(`${address}${url}`, { method: 'POST', headers, body: new Uint8Array(payload), signal: aborter.signal });
  const registered = async () => (await real.events()).filter(({ type }) => type === 'AccountRegistered').length;
  while ((await registered()) < 20) await new Promise((resolve) => setImmediate(resolve));
  aborter.abort();
  await t.rejects(asked, { name: 'AbortError' });
  // The next one is let in once this one has stopped.
  let next = await real.inject({ method: 'POST', url, headers, payload });
  while (next.statusCode === 409) next = await real.inject({ method: 'POST', url, headers, payload });
  const { imported, totalProcessed } = next.json<{ data: { imported: number; totalProcessed: number } }>().data;
  t.equal(totalProcessed, 2_000);
  t.ok(imported > 0 && imported < 2_000, `${imported} were left`);
  t.equal(await registered(), 2_001);
});
