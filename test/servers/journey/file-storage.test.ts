import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { Books, type Recorded } from './books.js';
import { Customers, startLoad } from './customers.js';
import { Deployment } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { killAgainAndAgain, randomMoment } from './killing.js';
import { eventsOf } from './ledger.js';
import { Newcomers } from './newcomers.js';
import { PayersBank } from './payers-bank.js';
import { Shop } from './shop.js';
import { until } from '../until.js';

t.setTimeout(1_200_000);

const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 20);
const LONGEST_WAIT_MS = 1_500;
const SHORT_MS = 1_000;
/** Longer than a call to the storage may take. */
const LONG_MS = 9_500;
const EVERY_FIFTH = 5;

/** The storage takes connections, and answers nothing. Answers how often. */
const hangAgainAndAgain = async ({ servers: { s3 } }: Deployment): Promise<number> => {
  let hangs = 0;
  while (hangs < ROUNDS) {
    await randomMoment(LONGEST_WAIT_MS);
    s3.signal('SIGSTOP');
    await randomMoment(hangs % EVERY_FIFTH === 0 ? LONG_MS : SHORT_MS, hangs % EVERY_FIFTH === 0 ? LONG_MS : 0);
    s3.signal('SIGCONT');
    hangs += 1;
  }
  return hangs;
};

const contentAt = async (url: string, token?: string): Promise<{ readonly status: number; readonly content: Buffer }> => {
  const answer = await fetch(url, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  return { status: answer.status, content: Buffer.from(await answer.arrayBuffer()) };
};

const checkPictures = async (t: Test, { urls }: Deployment, newcomers: Newcomers, log: readonly Recorded[]): Promise<void> => {
  const registered = eventsOf(log, 'AccountRegistered').map(({ data }) => data);
  const wrong: string[] = [];
  let pictures = 0;
  for (const { email, avatarFile } of registered) {
    const picture = newcomers.pictureOf(email);
    if (picture === undefined || avatarFile === undefined || avatarFile === null) continue;
    pictures += 1;
    for (const url of urls) {
      const { status, content } = await contentAt(`${url}/files/${avatarFile}`);
      if (status !== 200 || !content.equals(picture)) wrong.push(`${url}/files/${avatarFile}: ${status}, ${content.length} bytes`);
    }
  }
  t.same(wrong, [], 'both processes serve every picture that an event names, byte for byte');
  const known = new Set(registered.map(({ email }) => email));
  t.same(newcomers.welcomed.filter(({ email }) => !known.has(email)), [], 'whoever was told to be in is in');
  t.ok(pictures >= newcomers.welcomed.length, `${newcomers.welcomed.length} newcomers were welcomed, ${pictures} pictures are kept`);
};

/** Prints are made when they are asked for: both processes have to find one that either has made. */
const checkPrints = async (t: Test, { urls }: Deployment, shop: Shop, log: readonly Recorded[]): Promise<void> => {
  const issued = eventsOf(log, 'InvoiceIssued').map(({ data: { invoiceId } }) => invoiceId).slice(0, 10);
  const { token } = await shop.admin();
  for (const invoiceId of issued) {
    const prints: Awaited<ReturnType<typeof contentAt>>[] = [];
    for (const url of urls) prints.push(await contentAt(`${url}/invoices/${invoiceId}/pdf`, token));
    t.ok(prints.every(({ status, content }) => status === 200 && content.equals(prints[0]?.content ?? Buffer.alloc(0))), `${invoiceId} is the same print everywhere`);
  }
  t.ok(issued.length > 0, 'there are prints');
};

/** What was uploaded and came to nothing is all that is left over. */
const checkOrphans = async (t: Test, deployment: Deployment, newcomers: Newcomers): Promise<void> => {
  const { script, environment } = deployment.commandLine('cli/registrar-cli');
  const { stdout } = await promisify(execFile)(process.execPath, [script, 'files', 'orphans'], { env: { PATH: process.env['PATH'] ?? '', ...environment } });
  const lines = stdout.trim().split('\n').filter((line) => line.includes('bytes, of '));
  t.same(lines.filter((line) => !line.startsWith('avatars/')), [], 'nothing is left over but pictures of requests that came to nothing');
  t.comment(`${lines.length} pictures are left over, of ${newcomers.welcomed.length} and those who were not let in`);
};

t.test(`files on S3: the storage hangs ${ROUNDS} times and HTTP is killed ${ROUNDS} times under uploads: what an answer says is kept, and both processes serve it`, async (t) => {
  const deployment = await Deployment.start(t);
  const books = await Books.open(t, deployment);
  const customers = new Customers(await Shop.open(deployment.urls), new PayersBank(deployment.provider));
  const newcomers = new Newcomers(customers.shop, deployment.urls);
  const endLoad = startLoad(customers, 'files', 2);
  const endUploads = newcomers.start(3);
  const [hangs, kills] = await Promise.all([hangAgainAndAgain(deployment), killAgainAndAgain(deployment.of('http'), ROUNDS, 3_000)]);
  t.same([hangs, kills], [ROUNDS, ROUNDS], `${hangs} hangs of the storage, ${kills} kill -9 of HTTP`);
  await Promise.all([endUploads(), endLoad()]);
  await until(async () => (await customers.shop.send({ method: 'GET', path: '/health' })).body['status'] === 'ok');
  const log = await books.settled();
  customers.shop.emails.push(...eventsOf(log, 'AccountRegistered').map(({ data: { email } }) => email).filter((email) => newcomers.pictureOf(email) !== undefined));
  await checkPictures(t, deployment, newcomers, log);
  await checkPrints(t, deployment, customers.shop, log);
  await checkOrphans(t, deployment, newcomers);
  t.equal(await deployment.servers.s3.unfinishedUploads(deployment.servers.bucket), 0, 'no upload is half done');
  await checkInvariants(t, deployment, books, customers);
});
