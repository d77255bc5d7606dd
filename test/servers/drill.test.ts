import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { registrar } from '../../src/cli/registrar.js';
import { loadConfig } from '../../src/config.js';
import { pay, publishCourse, signUp, text, type Person, type RunningApplication } from '../application/running-application.js';
import { dayOfUse } from '../log-copy/day-of-use.js';

const drill = async (folder: string, ...args: readonly string[]) => {
  const lines: string[] = [];
  const config = () => loadConfig({ NODE_ENV: 'test', DATA_DIR: folder, BCRYPT_COST: '4', LOG_LEVEL: 'error' });
  const code = await registrar(['drill', ...args], { config, print: (line) => void lines.push(line), signal: new AbortController().signal });
  return { code, text: lines.join('\n') };
};

/** Buys, declines and refunds until it is told to stop; gives how many payments there were. */
const load = async (app: RunningApplication, people: { readonly admin: Person; readonly buyers: readonly Person[]; readonly courses: readonly string[] }, isOver: () => boolean): Promise<number> => {
  const { admin, buyers, courses } = people;
  let count = 0;
  for (; !isOver(); count += 1) {
    const buyer = buyers[count % buyers.length];
    const course = courses[count % courses.length];
    if (buyer === undefined || course === undefined) throw new Error('nobody buys');
    const bought = await pay(app, buyer, [course], count % 7 === 3 ? { paymentToken: 'sandbox-declined' } : {});
    if (count % 5 === 1 && bought.status < 300) await app.call({ method: 'PATCH', url: `/payments/${text(bought.body.id)}`, token: admin.token, payload: { status: 'refunded', amount: 5 } });
  }
  return count;
};

t.test('issue 15.4: a backup beside a server that sells is restored, verified, compared, and sends nothing twice', async (t) => {
  const app = await dayOfUse(t);
  const admin = await signUp(app, 'root', 'admin');
  const teacher = await signUp(app, 'eva', 'instructor');
  const courses: string[] = [];
  for (let n = 0; n < 40; n += 1) courses.push(await publishCourse(app, teacher, `Course ${n}`));
  const buyers: Person[] = [];
  for (let n = 0; n < 9; n += 1) buyers.push(await signUp(app, `buyer${n}`, 'student'));

  const folder = join(t.testdir(), 'drill');
  let isOver = false;
  const loading = load(app, { admin, buyers, courses }, () => isOver);
  const drilled = await drill(app.folder, folder);
  isOver = true;
  const sold = await loading;
  t.comment(drilled.text);
  t.comment(`${sold} payments meanwhile`);
  t.equal(drilled.code, 0);
  t.ok(sold > 0, 'the server sold meanwhile');
  t.match(drilled.text, /events read again: no gap in any stream/);
  // What came after the last checkpoint is signed by none.
  t.match(drilled.text, /clean: \d+ events|signed: the events below \d+ are those of \d+ checkpoint/);
  const [, same, all] = /(\d+) of (\d+) read models have the same content/.exec(drilled.text) ?? [];
  t.ok(same !== undefined && same === all && Number(all) > 30, `${same} of ${all}`);
  const [, done] = /(\d+) mails, charges and refunds were done/.exec(drilled.text) ?? [];
  t.ok(Number(done) > 5, 'there was something to send again');
  t.match(drilled.text, /nothing that was done is done again/);
  t.match(drilled.text, /RTO \d+\.\d s: .*\n.*RPO \d+\.\d s, \d+ events/);
  t.notOk(existsSync(join(folder, 'restored', 'audit')), 'no checkpoint of a history that is none is given out');
  await t.rejects(drill(app.folder, folder), /is not empty/, 'the folder of an old drill is not used again');

  await app.stop();
  const readModels = await LmdbReadModels.open({ folder: join(app.folder, 'read-models') });
  const generation = (await readModels.generations()).find(({ projection }) => projection === 'payments');
  if (generation === undefined) throw new Error('no payments');
  const [payment] = await readModels.findIn(generation, 'payments', { limit: 1 });
  if (payment === undefined) throw new Error('no payment');
  const { checkpoint } = generation;
  const forged = { ...payment, status: 'refunded-by-nobody' };
  await readModels.commit([{ generation, checkpoint, writes: [{ collection: 'payments', id: payment.id, document: forged, position: checkpoint }] }]);
  await readModels.close();
  t.match(await drill(app.folder), { code: 1, text: /payments DIFFERS(.|\n)*the drill FAILED/ }, 'what the log does not say is found');
});
