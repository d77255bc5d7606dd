import { appendFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { RunningApplication } from '../application/running-application.js';
import { embedded, newFolder, runExport, runImport } from './copying.js';
import { dayOfUse, documentsIn } from './day-of-use.js';

let app: RunningApplication;
let exported: string;
let file: string;

t.before(async () => {
  app = await dayOfUse(t);
  await app.stop();
  file = join(await newFolder(t), 'events.ndjson');
  const { code } = await runExport(embedded(app.folder), [file]);
  if (code !== 0) throw new Error('the export failed');
  exported = await readFile(file, 'utf8');
});

const linesOf = (text: string): readonly string[] => text.split('\n').slice(0, -1);

t.test('an imported log gives the same read models, and its workers do nothing a second time', async (t) => {
  const folder = await newFolder(t);
  const { code, lines } = await runImport(embedded(folder), [file]);
  t.equal(code, 0);
  t.match(lines.at(-1), new RegExp(`^${linesOf(exported).length} events imported; [1-9]\\d* links`));
  const again = join(folder, 'again.ndjson');
  await runExport(embedded(folder), [again]);
  t.equal(await readFile(again, 'utf8'), exported, 'positions, ids, revisions, times and data are kept');

  const before = await documentsIn(app.folder);
  t.ok(Object.keys(before).length > 20);
  const moved = await RunningApplication.start(t, folder);
  await moved.settle();
  t.same(await moved.mails(), [], 'no mail is sent a second time');
  await moved.stop();
  const after = await documentsIn(folder);
  t.same(after, before);
  await runExport(embedded(folder), [again]);
  t.equal(await readFile(again, 'utf8'), exported, 'the log is as long as it was');
});

t.test('an export goes on after its last whole line; what was cut off is written again', async (t) => {
  const copy = join(await newFolder(t), 'events.ndjson');
  await writeFile(copy, exported);
  await truncate(copy, Math.floor(exported.length / 2));
  const { code, lines } = await runExport(embedded(app.folder), [copy]);
  t.equal(code, 0);
  t.match(lines[0], /^going on after position \d+$/);
  t.equal(await readFile(copy, 'utf8'), exported);
  t.match((await runExport(embedded(app.folder), [copy])).lines, [/going on/, /^0 events exported/]);

  const rest = `${copy}.rest`;
  await runExport(embedded(app.folder), [rest, '--after', '10']);
  t.equal(await readFile(rest, 'utf8'), `${linesOf(exported).slice(10).join('\n')}\n`);
});

t.test('an export does not touch a file that is none of this log', async (t) => {
  const copy = join(await newFolder(t), 'notes.txt');
  const [first = ''] = linesOf(exported);
  for (const content of ['my notes\nmore', `${first.replace(/"position":"\d+"/, '"position":"7"')}\n`]) {
    await writeFile(copy, content);
    const { code, lines } = await runExport(embedded(app.folder), [copy]);
    t.equal(code, 1);
    t.match(lines, [/is not an export of this log/]);
    t.equal(await readFile(copy, 'utf8'), content);
  }
});

t.test('interrupted copies end with whole lines and go on', async (t) => {
  const folder = await newFolder(t);
  const copy = join(folder, 'events.ndjson');
  const stopped = AbortSignal.abort();
  t.match(await runExport(embedded(app.folder), [copy], stopped), { code: 130, lines: [/^interrupted after 0 events/] });
  await runExport(embedded(app.folder), [copy]);
  t.match(await runImport(embedded(folder), [copy], stopped), { code: 130 });

  const some = linesOf(exported).slice(0, 25).join('\n');
  await writeFile(copy, `${some}\n`);
  t.equal((await runImport(embedded(folder), [copy])).code, 0);
  const { code, lines } = await runImport(embedded(folder), [file]);
  t.equal(code, 0);
  t.match(lines.at(-1), /events imported, 25 stood there already/);
  await rm(copy);
  await runExport(embedded(folder), [copy]);
  t.equal(await readFile(copy, 'utf8'), exported);
});

t.test('a wrong line is named; what stands before it is imported, nothing behind it', async (t) => {
  const lines = linesOf(exported);
  const chained = lines.findIndex((line) => line.includes('"type":"PaymentOpened"'));
  const middle = Math.floor(lines.length / 2);
  const edit = (index: number, change: (line: string) => string): string => lines.map((line, at) => (at === index ? change(line) : line)).join('\n').concat('\n');
  const cases: readonly (readonly [string, number, RegExp, string])[] = [
    ['half a line', lines.length, /has no end: the export was interrupted/, exported.slice(0, -20)],
    ['no JSON', middle, /is not JSON/, edit(middle, (line) => line.slice(1))],
    ['a field is missing', middle, /must have required propert/, edit(middle, (line) => line.replace('"revision"', '"version"'))],
    ['an unknown type', middle, /no schema for event Foo/, edit(middle, (line) => line.replace(/"type":"\w+"/, '"type":"Foo"'))],
    ['a later version', middle, /is from a later build/, edit(middle, (line) => line.replace(/"schemaVersion":1/, '"schemaVersion":99'))],
    ['changed money', chained, /was changed: its hash is another one/, edit(chained, (line) => line.replace(/"expiresAt":"20\d\d/, '"expiresAt":"2001'))],
    ['a line twice', middle + 1, /does not come after/, edit(middle, (line) => `${line}\n${line}`)],
    ['no gap in positions, but in a stream', 0, /goes on with revision 0, not 5/, edit(0, (line) => line.replace('"revision":0', '"revision":5'))],
  ];
  for (const [name, index, reason, content] of cases) {
    const folder = await newFolder(t);
    const copy = join(folder, 'wrong.ndjson');
    await writeFile(copy, content);
    const { code, lines: said } = await runImport(embedded(folder), [copy]);
    t.equal(code, 1, name);
    const number = name === 'half a line' ? index : index + 1;
    t.match(said.at(-1), new RegExp(`^line ${number}: .*${reason.source}.*Nothing from this line on was imported$`), name);
    const kept = join(folder, 'kept.ndjson');
    await runExport(embedded(folder), [kept]);
    t.equal(linesOf(await readFile(kept, 'utf8')).length, number - 1, name);
  }
});

t.test('a target that holds something else is refused', async (t) => {
  const folder = await newFolder(t);
  const copy = join(folder, 'other.ndjson');
  const lines = linesOf(exported);
  const renamed = (lines[0] ?? '').replace(/"id":"[0-9a-f]{8}/, '"id":"00000000');
  await writeFile(copy, `${renamed}\n`);
  t.equal((await runImport(embedded(folder), [copy])).code, 0);
  t.match((await runImport(embedded(folder), [file])).lines.at(-1), /^line 1: the target holds another log/);

  const longer = await newFolder(t);
  await runImport(embedded(longer), [file]);
  await writeFile(copy, `${lines.slice(0, 10).join('\n')}\n`);
  t.match((await runImport(embedded(longer), [copy])).lines.at(-1), /^line 10: the target holds more events than the file/);
});

t.test('an empty log, no arguments', async (t) => {
  const folder = await newFolder(t);
  const empty = join(folder, 'empty.ndjson');
  await appendFile(empty, '');
  t.equal((await runImport(embedded(folder), [empty])).code, 0);
  t.equal((await runExport(embedded(folder), [empty])).code, 0);
  t.equal(await readFile(empty, 'utf8'), '');
  for (const args of [[], ['--after'], [empty, '--after', 'x'], [empty, 'more']]) t.equal((await runExport(embedded(folder), args)).code, 2);
  t.equal((await runImport(embedded(folder), [])).code, 2);
});
