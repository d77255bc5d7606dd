import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const IMPORTED = /^(?:import|export)\b[^'"]*?from\s+['"](\.[^'"]+)['"]/gms;

const importsOf = async (file: string): Promise<readonly string[]> =>
  [...(await readFile(file, 'utf8')).matchAll(IMPORTED)].map(([, target = '']) => resolve(dirname(file), target));

/** How many imports away from this compiled file each of those that it uses stands. */
const distancesFrom = async (start: string): Promise<ReadonlyMap<string, number>> => {
  const distances = new Map([[start, 0]]);
  for (const [file, distance] of distances) {
    for (const target of await importsOf(file)) if (!distances.has(target)) distances.set(target, distance + 1);
  }
  return distances;
};

/** The compiled tests of the folders which use each compiled file, the nearest ones first and no more than `most`. */
export const testsByFile = async (folders: readonly string[], most: number): Promise<ReadonlyMap<string, readonly string[]>> => {
  const found = new Map<string, { readonly test: string; readonly distance: number }[]>();
  for (const folder of folders) {
    const tests = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.test.js')).sort();
    for (const test of tests.map((name) => join(folder, name))) {
      for (const [file, distance] of await distancesFrom(test)) found.set(file, [...(found.get(file) ?? []), { test, distance }]);
    }
  }
  return new Map([...found].map(([file, tests]) => [file, tests.sort((a, b) => a.distance - b.distance).slice(0, most).map(({ test }) => test)]));
};
