import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import t from 'tap';
import { allProjections } from '../../../src/projections/index.js';
import { Books } from './books.js';
import { eventually } from './client.js';
import { Customers, startLoad } from './customers.js';
import { Deployment } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { PayersBank } from './payers-bank.js';
import { Shop } from './shop.js';

t.setTimeout(900_000);

const AT_ONCE = 8;

const inWaves = (names: readonly string[], size: number): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(names.length / size) }, (_, wave) => names.slice(wave * size, (wave + 1) * size));

t.test('pitfalls 21 and 22: every read model is rebuilt while purchases go on, and one rebuild’s owner is killed: none skips or doubles anything, and no mail is sent again', async (t) => {
  const deployment = await Deployment.start(t);
  const books = await Books.open(t, deployment);
  const customers = new Customers(await Shop.open(deployment.urls), new PayersBank(deployment.provider));
  const endLoad = startLoad(customers, 'rebuild', 2);
  await eventually('there is something to rebuild', async () => customers.purchases.length >= 15 || undefined, 120_000);
  const { script, environment } = deployment.commandLine('cli/registrar-cli');
  const rebuild = (...names: readonly string[]) => promisify(execFile)(process.execPath, [script, 'projections', 'rebuild', ...names], { env: { PATH: process.env['PATH'] ?? '', ...environment } });

  // Several at once, as after an update: one after another they would take longer than the purchases last.
  for (const names of inWaves(allProjections.map((projection) => projection.name), AT_ONCE)) {
    const bought = customers.purchases.length;
    const { stdout } = await rebuild(...names);
    for (const name of names) t.ok(stdout.includes(`\n${name}: done, `), `${name} was rebuilt`);
    await eventually('purchases go on', async () => customers.purchases.length > bought || undefined, 120_000);
  }
  const [{ name } = { name: '' }] = allProjections;
  const rebuilding = rebuild(name);
  await Promise.all(deployment.of('projector').map(async ({ child }) => {
    await child.kill();
    await child.start();
  }));
  t.match((await rebuilding).stdout, /: done, /, `${name} was rebuilt by the successor`);
  await endLoad();
  await checkInvariants(t, deployment, books, customers);
});
