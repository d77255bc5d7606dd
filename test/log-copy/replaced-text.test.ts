import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { toEventData, toRecorded } from '../../src/adapters/eventstoredb/event-mapping.js';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import { backupCommand } from '../../src/cli/backup.js';
import { runOn, type Terminal } from '../../src/cli/command.js';
import { restoreCommand } from '../../src/cli/restore.js';
import { eventHash, hashedPart, stampEvents } from '../../src/commands/write-path/stamp-events.js';
import { EventCodec } from '../../src/domain/event-codec.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { NewEvent } from '../../src/ports/event-store.js';
import { canonicalJsonOfAnyText, sha256 } from '../../src/primitives/canonical-json.js';
import { openStore } from '../adapters/embedded/open-log.js';
import { collect } from '../contracts/event-store-samples.js';
import { embedded, newFolder, runExport, runImport } from './copying.js';

const STREAM = 'payment-one';
const context = { actorId: null, correlationId: 'c', causationId: 'c', commandId: '01890000-0000-7000-8000-000000000000' };

const declined = (reason: string): DomainEvent => ({
  type: 'PaymentDeclined',
  data: { paymentId: 'one', reason, declinedAt: '2026-01-02T03:04:05.678Z' },
});

const stampedOne = (reason: string): NewEvent<DomainEvent> => {
  const stamp = { codec: new EventCodec(), context, occurredAt: '2026-01-02T03:04:05.678Z', stream: STREAM, revision: 0, previousHash: null };
  const [event] = stampEvents([declined(reason)], stamp);
  if (event === undefined) throw new Error('nothing was stamped');
  return event;
};

/** The event as builds before 2026-11-26 made it: the hash is of the text in memory. */
const asOnce = (reason: string): NewEvent<DomainEvent> => {
  const { metadata, id } = stampedOne('');
  const event: NewEvent<DomainEvent> = { ...declined(reason), id, metadata };
  return { ...event, metadata: { ...metadata, hash: sha256(canonicalJsonOfAnyText(hashedPart(STREAM, 0, event))) } };
};

const run = async (command: typeof backupCommand, dataDirectory: string, args: readonly string[]) => {
  const lines: string[] = [];
  const terminal: Terminal = { print: (line) => void lines.push(line), signal: new AbortController().signal, operator: 'olga' };
  try {
    return { code: await runOn(command, args, { dataDirectory, clock: systemClock, bucket: null }, terminal), said: lines.join('\n') };
  } catch (error) {
    return { code: 1, said: String(error) };
  }
};

const folderWith = async (t: Test, event: NewEvent<DomainEvent>): Promise<string> => {
  const folder = await newFolder(t);
  const store = await openStore(join(folder, 'log'));
  await store.append(STREAM, 'no_stream', [event]);
  await store.close();
  return folder;
};

const LONG = 'long enough for the other way in which the encoder of the log writes a text: ';

t.test('issue 9.1: an event holds whole text, and its hash is of what the store gives back', async (t) => {
  for (const reason of ['\ud800', `${LONG}\ud83d`, 'whole 😀']) {
    const event = stampedOne(reason);
    t.equal(JSON.stringify(event.data).includes(reason.toWellFormed()), true);
    const store = await openStore(join(await newFolder(t), 'log'));
    await store.append(STREAM, 'no_stream', [event]);
    const [stored] = await collect(store.readStream(STREAM));
    t.equal(stored && eventHash(STREAM, 0, stored), event.metadata.hash);
    await store.close();

    const { id, type, data, metadata } = toEventData(event);
    const bytes: { data: object; metadata: NewEvent<DomainEvent>['metadata'] } = JSON.parse(Buffer.from(JSON.stringify({ data, metadata })).toString());
    const place = { streamId: STREAM, id: id ?? '', type, revision: 0n, isJson: true, position: { commit: 1n, prepare: 1n } };
    const recorded = toRecorded(new EventCodec(), { ...place, ...bytes });
    t.equal(eventHash(STREAM, 0, recorded), event.metadata.hash, 'EventStoreDB');
  }
});

t.test('issue 9.1: a log with hashes of halves of characters is backed up, restored, exported and imported, and says so', async (t) => {
  for (const reason of ['\ud800', 'Bad \ud83d', `${LONG}\ud83d`, '\udc00 and \udc00', '\ufffd \ud800']) {
    const folder = await folderWith(t, asOnce(reason));
    const backup = join(await newFolder(t), 'backup');
    const backedUp = await run(backupCommand, folder, [backup]);
    t.equal(backedUp.code, 0, backedUp.said);
    t.match(backedUp.said, /1 events passed by the exception replaced-text.*\n +revision 0 of payment-one/);
    const restored = await newFolder(t);
    t.match(await run(restoreCommand, restored, [backup]), { code: 0, said: /exception replaced-text/ });
    const file = join(folder, 'events.ndjson');
    t.match(await runExport(embedded(restored), [file]), { code: 0 });
    const imported = await newFolder(t);
    const { code, lines } = await runImport(embedded(imported), [file]);
    t.equal(code, 0, lines.join('\n'));
    t.match(lines.join('\n'), /exception replaced-text/);
    const again = join(folder, 'again.ndjson');
    await runExport(embedded(imported), [again]);
    t.equal(await readFile(again, 'utf8'), await readFile(file, 'utf8'));
  }
});

t.test('issue 9.1: a log that EventStoreDB kept with its halves of characters can be imported', async (t) => {
  const line = JSON.stringify({ position: '1', stream: STREAM, revision: 0, ...asOnce('Bad \ud83d') });
  const folder = await newFolder(t);
  const file = join(folder, 'events.ndjson');
  await writeFile(file, `${line}\n`);
  const { code, lines } = await runImport(embedded(folder), [file]);
  t.equal(code, 0, lines.join('\n'));
  t.match(lines.join('\n'), /exception replaced-text/);
});

t.test('issue 9.1: a line of an export that is no UTF-8 is refused', async (t) => {
  const line = JSON.stringify({ position: '1', stream: STREAM, revision: 0, ...stampedOne('caf?') });
  const folder = await newFolder(t);
  const file = join(folder, 'events.ndjson');
  await writeFile(file, Buffer.from(`${line}\n`.replace('caf?', 'caf\u00e9'), 'latin1'));
  t.match(await runImport(embedded(folder), [file]), { code: 1, lines: [/^line 1: is not UTF-8/] });
});

t.test('issue 9.1: the exception is for that difference alone, and what can not be proven needs a word', async (t) => {
  const changed = (event: NewEvent<DomainEvent>, reason: string): NewEvent<DomainEvent> => ({ ...event, ...declined(reason) });
  const tampered = await folderWith(t, changed(stampedOne('no money'), 'no credit'));
  const place = await newFolder(t);
  await mkdir(place, { recursive: true });
  t.match(await run(backupCommand, tampered, [join(place, 'one')]), { code: 1, said: /was changed: its hash is another one/ });
  t.match(await run(backupCommand, tampered, [join(place, 'one'), '--accept-replaced-text']), { code: 1, said: /was changed/ });

  const mixed = await folderWith(t, asOnce('\ud800 \ud801 \ud802'));
  t.match(await run(backupCommand, mixed, [join(place, 'two')]), { code: 1, said: /--accept-replaced-text lets it pass/ });
  t.match(await run(backupCommand, mixed, [join(place, 'two'), '--accept-replaced-text']), { code: 0, said: /exception replaced-text/ });
  t.match(await run(restoreCommand, await newFolder(t), [join(place, 'two')]), { code: 1, said: /--accept-replaced-text/ });
  t.match(await run(restoreCommand, await newFolder(t), [join(place, 'two'), '--accept-replaced-text']), { code: 0 });
});
