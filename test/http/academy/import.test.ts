import t from 'tap';
import { formOf, type Part } from '../users/form.js';
import { createAcademyApp, type Answer, type Caller } from './academy-app.js';

const app = await createAcademyApp();
t.teardown(() => app.close());
const { send, must } = app;
const admin = await app.admin();
const path = '/auth/admin/import-dike-students';

const file = (content: string | Buffer, filename = 'students.csv'): Part => ({ filename, type: 'text/csv', content: Buffer.from(content) });
const upload = async (content: string | Buffer, as: Caller | null = admin, filename?: string): Promise<Answer> => {
  const { payload, contentType } = formOf({ file: file(content, filename) });
  const raw = await app.inject({ method: 'POST', url: `/academy${path}`, headers: { ...as?.headers, 'content-type': contentType }, payload });
  const body = raw.json<Record<string, unknown>>();
  const data = (body['data'] ?? {}) as Record<string, unknown>;
  return { status: raw.statusCode, body, message: body['message'], data, list: [], raw };
};
const nim = (index: number): string => `24/${String(index).padStart(6, '0')}/PA/000001`;

t.test('1.2.3: students are imported, and can set a password by mail', async (t) => {
  const answer = await upload(`name,nim,email\nAnn,${nim(1)},ann@students.example\n"Bob, Jr.",${nim(2)},BOB@students.example\n`);
  t.same([answer.status, answer.body], [200, { status: 'success', message: 'Successfully imported 2 DIKE students', data: { totalProcessed: 2, imported: 2, errors: null } }]);
  t.match((await must(admin, 'GET', '/users')).list.find(({ name }) => name === 'Bob, Jr.'), { email: 'BOB@students.example', role: 'DIKE', type: 'DIKE', nim: nim(2) });
  t.equal((await send(null, 'POST', '/auth/login', { email: 'ann@students.example', password: 'anything' })).message, 'Invalid credentials');
});

t.test('the forms that spreadsheets give: BOM, semicolons, CRLF, quoted line breaks, other columns and orders', async (t) => {
  const answer = await upload(`\ufeffNo; EMAIL ;"Name";nim\r\n1;cid@students.example;"Cid, of ""two""";${nim(3)}\r\n\r\n2;dee@students.example;Dee;${nim(4)}`);
  t.match(answer.data, { totalProcessed: 2, imported: 2, errors: null });
  const broken = await upload(`name,nim,email\n"Eve\nof two lines",${nim(5)},eve@students.example\nFay,${nim(6)},fay@students.example\nGil,bad,gil@students.example\n`);
  t.match(broken.data, { totalProcessed: 3, imported: 1, errors: [
    { line: 2, message: 'Name must be one line of 2 to 100 characters' },
    { line: 5, message: 'NIM must be like 24/000000/PA/000000' },
  ] });
});

t.test('a row that fails is named with its line and reason, and the others are in', async (t) => {
  const rows = ['name,nim,email', `Hal,${nim(7)},hal@students.example`, `,${nim(8)},x@students.example`, 'Ivy', `Jon,${nim(7)},jon@students.example`, `Kim,${nim(9)},HAL@students.example`,
    `Lee,${nim(1)},lee@students.example`, `Mia,${nim(10)},ann@students.example`, `Noa,${nim(11)},nonsense`, `Oda,${nim(12)},oda@students.example`];
  const answer = await upload(rows.join('\n'));
  t.equal(answer.message, 'Successfully imported 2 DIKE students');
  t.same([answer.data['totalProcessed'], answer.data['imported']], [7, 2]);
  t.match(answer.data['errors'], [
    { line: 3, message: 'name is missing' },
    { line: 4, message: 'nim is missing' },
    { line: 5, message: 'The same student stands in line 2' },
    { line: 6, message: 'The same student stands in line 2' },
    { line: 7, message: 'NIM already registered', nim: nim(1), email: 'lee@students.example' },
    { line: 8, message: 'Email already registered', email: 'ann@students.example' },
    { line: 9, message: 'Email must be a valid e-mail address' },
  ]);
  const again = await upload(rows.join('\n'));
  t.match(again.data, { totalProcessed: 7, imported: 0 });
  t.equal((again.data['errors'] as readonly unknown[]).length, 9);
});

t.test('what is no list is refused', async (t) => {
  const refused = { status: 'error', message: 'No file uploaded or invalid file format' };
  for (const content of ['', 'name,email\nx,y', '"name,nim,email\nx', Buffer.from([0x6e, 0xff, 0xfe]), `name,nim,email\n${'x'.repeat(2 * 1_048_576)}`]) {
    const answer = await upload(content);
    t.same([answer.status, answer.body], [400, refused]);
  }
  t.same((await upload(`name,nim,email\nAnn,${nim(1)},a@b.example`, admin, 'students.xlsx')).body, refused);
  const { payload, contentType } = formOf({ other: 'x' });
  const nothing = await app.inject({ method: 'POST', url: `/academy${path}`, headers: { ...admin.headers, 'content-type': contentType }, payload });
  t.same([nothing.statusCode, nothing.json()], [400, refused]);
  const long = await upload(`name,nim,email\n${Array.from({ length: 20_001 }, () => 'a,b,c').join('\n')}`);
  t.same([long.status, long.message], [400, 'A file has at most 20000 rows']);
});

t.test('who may import', async (t) => {
  const statuses = await Promise.all([null, await app.umum(), await app.dike(), await app.guest(), app.service()].map(async (as) => (await upload('x', as)).status));
  t.same(statuses, [401, 403, 403, 403, 403]);
});

t.test('others are served while rows are imported, and one import at a time', async (t) => {
  const big = await createAcademyApp();
  t.teardown(() => big.close());
  const root = await big.admin();
  const rows = Array.from({ length: 300 }, (_, index) => `Student ${index},${nim(index + 100)},student${index}@students.example`);
  const { payload, contentType } = formOf({ file: file(`name,nim,email\n${rows.join('\n')}`) });
  const headers = { ...root.headers, 'content-type': contentType };
  let isOver = false;
  const importing = big.inject({ method: 'POST', url: `/academy${path}`, headers, payload }).then((answer) => {
    isOver = true;
    return answer;
  });
  const second = await big.inject({ method: 'POST', url: `/academy${path}`, headers, payload });
  t.same([second.statusCode, second.json<{ message: string }>().message], [409, 'Another import is under way']);
  let served = 0;
  while (!isOver && served < 20) {
    t.equal((await big.send(root, 'GET', '/courses')).status, 200);
    served += 1;
  }
  t.equal(served, 20, 'others were answered before the import was over');
  const answer = await importing;
  t.match(answer.json(), { data: { totalProcessed: 300, imported: 300, errors: null } });
  t.equal((await big.must(root, 'GET', '/users?limit=1')).raw.headers['x-total-count'], '301');
});
