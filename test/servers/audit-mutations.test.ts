import t from 'tap';
import { verifyLines } from '../../src/audit-verifier/verify-export.js';
import { missed } from '../audit-verifier/found.js';
import { keyOf, madeExport, randomOf, readKeyOf } from '../audit-verifier/made-history.js';
import { mutationOf, readKnown } from '../audit-verifier/mutations.js';

// tap allows a file thirty seconds.
t.setTimeout(1_800_000);

const MUTATIONS = Number(process.env.AUDIT_MUTATIONS ?? 1_000);
const CLEAN = 100;
const SIZE = 10_000;
const seed = Number(process.env.FUZZ_SEED ?? 20_261_128);
const key = readKeyOf(keyOf(1));

t.test(`${MUTATIONS} mutations of an export of 10,000 events are found, each in its place`, { timeout: 900_000 }, async (t) => {
  const made = await madeExport(seed, SIZE);
  const checkpoints = [{ name: 'the newest', note: made.notes.at(-1) ?? '' }];
  const random = randomOf(seed);
  const wrong: string[] = [];
  const told = new Map<string, number>();
  for (let n = 0; n < MUTATIONS; n += 1) {
    const mutation = mutationOf(made, n, random);
    const report = verifyLines(mutation.lines, { keys: [key], checkpoints, read: readKnown });
    const problem = missed(mutation, report);
    if (problem !== undefined) wrong.push(problem);
    const kind = report.first?.kind ?? `exit code ${report.exitCode}`;
    told.set(kind, (told.get(kind) ?? 0) + 1);
  }
  t.same(wrong, []);
  t.comment([...told].map(([kind, count]) => `${count} ${kind}`).join(', '));
});

t.test('100 clean exports alarm nobody', { timeout: 900_000 }, async (t) => {
  for (let n = 0; n < CLEAN; n += 1) {
    const made = await madeExport(seed + n, 500);
    const { exitCode, first } = verifyLines(made.lines, { keys: [key], checkpoints: made.notes.map((note) => ({ name: 'old', note })) });
    if (exitCode !== 0) t.fail(`seed ${seed + n}: ${first?.what ?? 'not checked'}`);
  }
});
