import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { OutboxMailer } from '../../../src/adapters/embedded/mailer.js';
import { mailerContract, mailMessage } from '../../contracts/mailer.js';

const makeMailer = (t: Test) => {
  const folder = join(t.testdir(), 'outbox');
  return { folder, mailer: new OutboxMailer({ folder, from: 'Registrar <no-reply@example.com>' }) };
};
const filesIn = async (folder: string): Promise<readonly string[]> => (await readdir(folder)).sort();

mailerContract('the outbox', async (t) => {
  const { folder, mailer } = makeMailer(t);
  return {
    mailer,
    received: async () => Promise.all((await filesIn(folder)).map((file) => readFile(join(folder, file)))),
  };
});

t.test('files sort by date', async (t) => {
  const { folder, mailer } = makeMailer(t);
  await mailer.send(mailMessage({ id: 'a', date: '2026-10-01T00:00:00.000Z' }));
  await mailer.send(mailMessage({ id: 'b', date: '2026-09-30T23:59:59.999Z' }));
  t.same(await filesIn(folder), ['20260930T235959999Z-b.eml', '20261001T000000000Z-a.eml']);
});

t.test('the same mail again is the same file with the same bytes', async (t) => {
  const { folder, mailer } = makeMailer(t);
  await mailer.send(mailMessage());
  const [file = ''] = await filesIn(folder);
  const first = await readFile(join(folder, file));
  await mailer.send(mailMessage());
  t.same(await filesIn(folder), [file]);
  t.same(await readFile(join(folder, file)), first);
});

t.test('its id has the domain of the sender, as clients are told', async (t) => {
  const { folder, mailer } = makeMailer(t);
  await mailer.send(mailMessage());
  const [file = ''] = await filesIn(folder);
  t.match(await readFile(join(folder, file), 'utf8'), `Message-ID: <${mailMessage().id}@example.com>`);
});

t.test('an id that is no file name is refused for good', async (t) => {
  const { mailer } = makeMailer(t);
  t.match(await mailer.send(mailMessage({ id: '../../etc/passwd' })), { outcome: 'failed', permanent: true });
});

t.test('where no mail can be written, send fails and check says so', async (t) => {
  const { folder, mailer } = makeMailer(t);
  await writeFile(folder, 'a file where the folder should be');
  t.match(await mailer.send(mailMessage()), { outcome: 'failed', permanent: false });
  await t.rejects(mailer.check(), { message: /outbox/ });
});

t.test('a mail that can not be put in its place leaves nothing behind', async (t) => {
  const { folder, mailer } = makeMailer(t);
  await mkdir(join(folder, '20260301T120000000Z-taken.eml'), { recursive: true });
  t.match(await mailer.send(mailMessage({ id: 'taken' })), { outcome: 'failed' });
  t.same(await filesIn(folder), ['20260301T120000000Z-taken.eml']);
});
