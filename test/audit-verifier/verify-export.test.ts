import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { AUDITED_CATEGORIES } from '../../src/commands/audit/export-lines.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { verifyExport, verifyLines } from '../../src/audit-verifier/verify-export.js';
import { verifyFiles } from '../../src/audit-verifier/verify-files.js';
import { missed } from './found.js';
import { keyOf, linesOfLog, madeExport, randomOf, readKeyOf } from './made-history.js';
import { mutationOf, readKnown } from './mutations.js';

const key = readKeyOf(keyOf(1));
const made = await madeExport(1, 2_100);
const verify = (lines: readonly string[], more = {}) => verifyLines(lines, { keys: [key], ...more });

t.test('what the program wrote is clean', async (t) => {
  t.match(verify(made.lines), { exitCode: 0, first: undefined, events: made.size, vouchedUpTo: made.size, checkpointsHolding: 3, unchecked: [] });
  const { streams, whole } = verify(made.lines);
  t.match(whole, { streams, events: made.size });
  for (const seed of [2, 3]) t.equal(verify((await madeExport(seed, 300)).lines).exitCode, 0);
});

t.test('a log of the version before, which signed nothing, holds; only nobody vouches for it', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  for await (const { stream, revision, position: _position, ...event } of made.store.readAll({ categories: AUDITED_CATEGORIES, limit: 200 })) {
    await store.append(stream, revision === 0 ? 'no_stream' : revision - 1, [event]);
  }
  t.match(verify(await linesOfLog(store)), { exitCode: 2, count: 0, events: 200, vouchedUpTo: 0, unchecked: [/no checkpoint/] });
});

t.test('what somebody changed is found, in its place', async (t) => {
  const random = randomOf(Number(process.env.FUZZ_SEED ?? 7));
  const checkpoints = [{ name: 'the newest', note: made.notes.at(-1) ?? '' }];
  for (let n = 0; n < 45; n += 1) {
    const mutation = mutationOf(made, n, random);
    const wrong = missed(mutation, verifyLines(mutation.lines, { keys: [key], checkpoints, read: readKnown }));
    if (wrong !== undefined) t.fail(wrong);
  }
});

t.test('what does not fit into memory is followed in later passes', async (t) => {
  const blocks = async function* (lines: readonly string[]) {
    for (let from = 0; from < lines.length; from += 100) yield lines.slice(from, from + 100);
  };
  const { streams } = verify(made.lines);
  const passes = new Set<number>();
  const report = await verifyExport(() => blocks(made.lines), { keys: [key], atOnce: 150, onProgress: (pass) => passes.add(pass) });
  t.match(report, { exitCode: 0, streams, whole: { streams, events: made.size } });
  t.ok(passes.size > 2);
  // A refund of the stream that the last pass has is as much as one of the first.
  const random = randomOf(3);
  for (let n = 0; n < 2; n += 1) {
    const { lines, truth } = mutationOf(made, 11, random);
    const found = await verifyExport(() => blocks(lines.map((line) => line ?? '')), { keys: [key], atOnce: 150 });
    t.equal(found.exitCode, 1);
    t.ok(found.first !== undefined && found.first.from <= truth && truth <= found.first.to);
  }
});

t.test('keys and checkpoints decide what can be said', async (t) => {
  const other = readKeyOf(keyOf(2));
  t.match(verifyLines(made.lines, { keys: [] }), { exitCode: 2, vouchedUpTo: 0 });
  t.match(verifyLines(made.lines, { keys: [other] }), { exitCode: 2, vouchedUpTo: 0 });
  t.equal(verifyLines(made.lines, { keys: [other, key] }).exitCode, 0);
  t.match(verify(made.lines, { checkpoints: [{ name: 'mine', note: keyOf(1).sign(made.size + 1, new Uint8Array(32)) }] }), { exitCode: 1, first: { kind: 'cut', from: made.size } });
  t.match(verify(made.lines, { checkpoints: [{ name: 'mine', note: keyOf(1).sign(500, new Uint8Array(32)) }] }), { exitCode: 1, first: { kind: 'root', from: 0, to: 499 } });
  t.match(verify(made.lines, { checkpoints: [{ name: 'mine', note: 'nonsense' }] }), { exitCode: 2 });
});

t.test('the program says it to people, and by its exit code', async (t) => {
  const folder = t.testdir({ 'newest.checkpoint': made.notes.at(-1) ?? '' });
  const file = join(folder, 'export.ndjson');
  const run = async (lines: readonly string[], ...more: readonly string[]) => {
    await writeFile(file, lines.map((line) => `${line}\n`).join(''));
    const printed: string[] = [];
    const code = await verifyFiles([file, '--key', key.vkey, '--checkpoint', join(folder, 'newest.checkpoint'), ...more], (text) => void printed.push(text));
    return { code, text: printed.join('\n') };
  };
  t.match(await run(made.lines), { code: 0, text: new RegExp(`^clean: ${made.size} events\n(.|\n)*whole: (\\d+) of \\2 streams`) });
  const changed = made.lines.map((line, place) => (place === 12 ? line.replace('"type":"', '"type":"X') : line));
  t.match(await run(changed), { code: 1, text: /^TAMPERED: first bad position 11 \(changed\)/ });
  t.match(await run(made.lines.slice(0, -20)), { code: 1, text: /TAMPERED: .*\(cut\)/ });
  t.match(await run(made.lines, '--key', 'nonsense'), { code: 2, text: /nonsense is no key/ });
  t.match(await run(made.lines, '--checkpoint', join(folder, 'nobody')), { code: 2, text: /could not check: ENOENT/ });
  await writeFile(file, made.lines.join('\n'));
  const cut: string[] = [];
  t.equal(await verifyFiles([file, '--key', key.vkey], (text) => void cut.push(text)), 1, 'a last line without its end is no line');
  t.equal(await verifyFiles([], () => undefined), 2);
  t.equal(await verifyFiles(['--nonsense'], () => undefined), 2);
});
