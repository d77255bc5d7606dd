import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { emitted, mutantsOf, type Mutant } from './mutate.js';
import { Judge } from './judges.js';
import { sampleOf } from './sample.js';
import { testsByFile } from './tests-of.js';

const USAGE = 'npm run test:mutants -- [--share 0.25] [--seed 1] [--only <part of a path>] [--jobs 2] [--least 90]';
const SLOWEST_TEST_MS = 120_000;
const LONGEST_LIMIT_MS = 60_000;
const TEST_FOLDERS = ['domain', 'processes', 'commands', 'projections'];
/** Of each mutant: by way of the event catalogue nearly every test uses every file. */
const MOST_TESTS = 5;
/** Schemas and tables: types and the event catalogue's own test hold them. */
const DECLARATIONS = /(?:^|\/)(?:events|commands|aggregates|event-schema)\.ts$|\/resources\//;

interface Candidate extends Mutant {
  readonly file: string;
}

/** This script runs from build/scripts/mutants. */
const root = resolve(import.meta.dirname, '../../..');

const compiledOf = (file: string): string => join(root, 'build', file.replace(/\.ts$/, '.js'));

const options = () => {
  const { values } = parseArgs({
    options: {
      share: { type: 'string', default: '0.25' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      least: { type: 'string', default: '90' },
    },
  });
  const numbers = { share: Number(values.share), seed: Number(values.seed), jobs: Number(values.jobs), least: Number(values.least) };
  if (Object.values(numbers).some(Number.isNaN)) throw new Error(`usage: ${USAGE}`);
  return { ...numbers, only: values.only };
};

const candidates = async (only: string): Promise<readonly Candidate[]> => {
  const found: Candidate[] = [];
  for (const folder of ['src/domain', 'src/processes']) {
    const names = (await readdir(join(root, folder), { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
    for (const file of names.map((name) => `${folder}/${name}`)) {
      if (DECLARATIONS.test(file) || !file.includes(only)) continue;
      found.push(...mutantsOf(file, await readFile(join(root, file), 'utf8')).map((mutant) => ({ ...mutant, file })));
    }
  }
  return found;
};

/** How long a test may take with a mutant, in ms. Throws when it fails without one: then no mutant can be judged. */
const timeLimits = (): ((judge: Judge, test: string) => Promise<number>) => {
  const limits = new Map<string, number>();
  return async (judge, test) => {
    const begin = performance.now();
    if (!limits.has(test) && !(await judge.passes({ test, original: test, mutant: test }, SLOWEST_TEST_MS))) throw new Error(`${test} fails without any mutant`);
    const limit = limits.get(test) ?? Math.min(Math.ceil(2_000 + 10 * (performance.now() - begin)), LONGEST_LIMIT_MS);
    limits.set(test, limit);
    return limit;
  };
};

const describe = ({ file, line, original, replacement }: Candidate): string =>
  `${file}:${line}  ${original.replaceAll(/\s+/g, ' ').slice(0, 60)}  ->  ${replacement.replaceAll(/\s+/g, ' ').slice(0, 60)}`;

/** Judges the mutants side by side, and gives those that no test noticed. */
const survivorsOf = async (mutants: readonly Candidate[], tests: ReadonlyMap<string, readonly string[]>, jobs: number): Promise<readonly Candidate[]> => {
  const limitOf = timeLimits();
  const folder = await mkdtemp(join(tmpdir(), 'mutants-'));
  const survivors: Candidate[] = [];
  const waiting = mutants.entries();
  const isKilled = async (judge: Judge, index: number, mutant: Candidate): Promise<boolean> => {
    const original = compiledOf(mutant.file);
    const place = join(folder, `${index}.js`);
    await writeFile(place, emitted(mutant.text));
    for (const test of tests.get(original) ?? []) {
      const limit = await limitOf(judge, test);
      if (!(await judge.passes({ test, original, mutant: place }, limit))) return true;
    }
    return false;
  };
  const work = async (): Promise<void> => {
    const judge = new Judge();
    try {
      for (const [index, mutant] of waiting) {
        if (await isKilled(judge, index, mutant)) continue;
        survivors.push(mutant);
        console.log(describe(mutant));
      }
    } finally {
      judge.close();
    }
  };
  try {
    await Promise.all(Array.from({ length: jobs }, work));
  } finally {
    await rm(folder, { recursive: true });
  }
  return survivors;
};

const { share, seed, only, jobs, least } = options();
const all = await candidates(only);
const chosen = sampleOf(all, share, seed);
const tests = await testsByFile(TEST_FOLDERS.map((folder) => join(root, 'build/test', folder)), MOST_TESTS);
console.log(`${chosen.length} of ${all.length} mutants (share ${share}, seed ${seed}); those that survive:`);
const survivors = await survivorsOf(chosen, tests, jobs);
const killed = (100 * (chosen.length - survivors.length)) / chosen.length;
console.log(`${chosen.length - survivors.length} of ${chosen.length} mutants killed: ${killed.toFixed(1)} %`);
process.exitCode = killed >= least ? 0 : 1;
