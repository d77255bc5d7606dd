import t from 'tap';
import { formOf } from '../http/users/form.js';
import { call } from './journey/client.js';
import { Shop } from './journey/shop.js';
import { startProgram } from './one-process.js';

const ROWS = 10_000;

t.test('issue 12: 10,000 students are imported while the program serves', async (t) => {
  const url = await startProgram(t);
  const { token } = await (await Shop.open([url], 1)).admin();
  const rows = Array.from({ length: ROWS }, (_, index) => `Student ${index},24/${String(index).padStart(6, '0')}/PA/000001,student${index}@students.example`);
  const { payload, contentType } = formOf({ file: { filename: 'students.csv', type: 'text/csv', content: `name,nim,email\n${rows.join('\n')}` } });
  const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
  const upload = () => fetch(`${url}/academy/auth/admin/import-dike-students`, { method: 'POST', headers, body: new Uint8Array(payload) });
  let isOver = false;
  const importing = upload().finally(() => (isOver = true));
  let served = 0;
  while (!isOver) {
    const { status } = await call(url, { method: 'GET', path: '/academy/courses', token });
    if (status !== 200) throw new Error(`another request was answered ${status}`);
    served += 1;
  }
  t.ok(served > 10, `${served} requests were answered meanwhile`);
  const answer = await importing;
  t.match(await answer.json(), { message: `Successfully imported ${ROWS} DIKE students`, data: { totalProcessed: ROWS, imported: ROWS, errors: null } });
  t.match(await (await upload()).json(), { data: { totalProcessed: ROWS, imported: 0, errorsLeftOut: ROWS - 1_000 } }, 'a repeat imports nobody');
  const listed = await fetch(`${url}/academy/users?limit=1`, { headers: { authorization: `Bearer ${token}` } });
  t.ok(Number(listed.headers.get('x-total-count')) > ROWS);
});
