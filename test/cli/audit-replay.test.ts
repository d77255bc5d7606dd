import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { changesBetween, printable } from '../../src/cli/audit/changes.js';
import { registrar } from '../../src/cli/registrar.js';
import { changeProfile } from '../../src/commands/accounts/change-profile.js';
import { loadConfig } from '../../src/config.js';
import { openStore } from '../adapters/embedded/open-log.js';
import { contextFor } from '../fixtures/command-services.js';
import { signedUp, worldOver } from '../fixtures/accounts.js';
import { compiled } from '../project-root.js';

const ran = async (folder: string, ...args: readonly string[]) => {
  const lines: string[] = [];
  const config = () => loadConfig({ NODE_ENV: 'test', DATA_DIR: folder, LOG_LEVEL: 'silent' });
  const code = await registrar(['audit', 'replay', ...args], { config, print: (line) => void lines.push(line), signal: new AbortController().signal });
  return { code, lines, output: lines.join('\n') };
};

/** A build whose accounts never take another name. */
const otherBuild = async (folder: string): Promise<string> => {
  await mkdir(join(folder, 'dist/domain'), { recursive: true });
  const url = (file: string): string => pathToFileURL(compiled(`src/domain/${file}`)).href;
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'dist/domain/event-codec.js'), `export * from '${url('event-codec')}';`);
  await writeFile(
    join(folder, 'dist/domain/aggregates.js'),
    `import { aggregates as ours } from '${url('aggregates')}';
     const evolve = (state, event) => event.type === 'AccountProfileChanged' ? state : ours.account.decider.evolve(state, event);
     export const aggregates = { ...ours, account: { ...ours.account, decider: { ...ours.account.decider, evolve } } };`,
  );
  return folder;
};

t.test('changes say what makes one state the other', async (t) => {
  const before = printable({ a: 1, gone: [1], list: ['x', 'y'], map: new Map([['k/1', { deep: true }]]), set: new Set(['b', 'a']) });
  const after = printable({ a: 2, list: ['x', 'z', 'w'], map: new Map([['k/1', { deep: false }]]), set: new Set(['a', 'b']), made: null });
  t.same(changesBetween(before, after), [
    { op: 'replace', path: '/a', was: 1, value: 2 },
    { op: 'remove', path: '/gone', was: [1] },
    { op: 'replace', path: '/list/1', was: 'y', value: 'z' },
    { op: 'add', path: '/list/2', value: 'w' },
    { op: 'add', path: '/made', value: null },
    { op: 'replace', path: '/map/k~11/deep', was: true, value: false },
  ]);
  t.same(changesBetween(before, before), []);
});

t.test('a stream is stepped through, beside the server that owns the log, and beside the deciders of another build', async (t) => {
  const folder = t.testdir();
  const store = await openStore(join(folder, 'log'));
  t.teardown(() => store.close());
  const world = worldOver(store);
  const id = await signedUp(world);
  await changeProfile(world.services)({ accountId: id, name: 'Grace' }, contextFor());
  const stream = `account-${id}`;

  const { code, lines, output } = await ran(folder, stream);
  t.equal(code, 0);
  t.match(lines[0], /^#0 AccountRegistered, 20\S+Z, position \d+, by /);
  t.match(output, 'replace /status "unregistered" -> "registered"');
  t.match(output, /add \/passwordHash "\[secret\]"/);
  t.match(output, /#1 AccountProfileChanged[^#]*replace \/name "[^"]+" -> "Grace"/);
  t.same((await ran(folder, stream, '--to', '0')).lines.filter((line) => line.startsWith('#')).length, 1);

  const other = await otherBuild(join(folder, 'other'));
  const compared = await ran(folder, stream, '--code', other);
  t.equal(compared.code, 1);
  t.match(compared.output, new RegExp(`DIFFERS in ${other}: replace /name "Grace" -> `));
  t.match(compared.lines.at(-1), 'the builds differ after 1 of them, first after revision 1');
  t.match(await ran(folder, stream, '--code', other, '--to', '0'), { code: 0, output: /both builds agree/ });
});

t.test('what can not be stepped through is told', async (t) => {
  const folder = t.testdir();
  const store = await openStore(join(folder, 'log'));
  t.teardown(() => store.close());
  await signedUp(worldOver(store));
  t.match(await ran(folder, 'account-nobody'), { code: 1, output: 'there is no stream account-nobody' });
  t.match(await ran(folder, 'nonsense'), { code: 2, output: /^usage: registrar audit replay/ });
  t.match(await ran(folder, 'account-1', '--to', 'x'), { code: 2 });
  await t.rejects(ran(folder, 'nothing-1'), /this build has no decider for streams nothing-…/);
  await t.rejects(ran(folder, 'account-1', '--code', folder), /has no build of this program/);
});
