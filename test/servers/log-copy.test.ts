import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { RunningApplication } from '../application/running-application.js';
import { embedded, newFolder, runExport, runImport, withoutPositions, type Place } from '../log-copy/copying.js';
import { dayOfUse, documentsIn } from '../log-copy/day-of-use.js';
import { openFront } from './eventstoredb-front/open-front.js';

/** The position of an event is another one in another store; documents of auditors keep several, of traces behind their revision. */
const withoutPlace = (document: string | undefined): string | undefined => document?.replaceAll(/\d{39}|(?<="\d+@\d+)@\d+(?=")/g, '');

t.test('the log moves from the embedded store to EventStoreDB and back; read models and log stay the same', async (t) => {
  const app = await dayOfUse(t);
  await app.stop();
  const before = await documentsIn(app.folder);
  const folder = await newFolder(t);
  const [first, second, third] = ['first', 'second', 'third'].map((name) => join(folder, `${name}.ndjson`));
  if (first === undefined || second === undefined || third === undefined) throw new Error('three names');
  t.equal((await runExport(embedded(app.folder), [first])).code, 0);
  const exported = await readFile(first, 'utf8');

  const front = await openFront(t);
  const server: Place = { eventStoreUrl: front.connectionString, dataDirectory: folder };
  t.equal((await runImport(server, [first])).code, 0);
  t.match((await runImport(server, [first])).lines.at(-1), /^0 events imported, \d+ stood there already/);
  t.equal((await runExport(server, [second])).code, 0);
  t.equal(withoutPositions(await readFile(second, 'utf8')), withoutPositions(exported));
  t.match((await runExport(server, [second])).lines, [/^going on after position \d{20,}$/, /^0 events exported/]);

  const data = await newFolder(t);
  const moved = await RunningApplication.start(t, data, { EVENTSTORE_URL: front.connectionString });
  await moved.settle();
  t.same(await moved.mails(), [], 'no mail is sent a second time');
  await moved.stop();
  const after = await documentsIn(data);
  t.same(Object.keys(after).sort(), Object.keys(before).sort());
  for (const [key, document] of Object.entries(before)) t.equal(withoutPlace(after[key]), withoutPlace(document), key);

  const back = await newFolder(t);
  t.equal((await runImport(embedded(back), [second])).code, 0);
  t.equal((await runExport(embedded(back), [third])).code, 0);
  t.equal(await readFile(third, 'utf8'), exported, 'back in the embedded store it is what it was');
});
