import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

interface Contract {
  readonly surface: string;
  readonly endpoints: readonly { readonly id: string; readonly method: string; readonly path: string; readonly responses?: readonly { readonly status: number }[] }[];
}

/** The statuses of success that a contract documents: every 2xx, or its 3xx where it has no 2xx. */
const successes = (statuses: readonly number[]): readonly number[] => {
  const within = (from: number): readonly number[] => [...new Set(statuses)].filter((status) => status >= from && status < from + 100).sort();
  return within(200).length > 0 ? within(200) : within(300);
};

// Writes test/contract-fixtures/<surface>.json from the contracts in the folder that is named: what the tests hold /docs/json against.
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npm run contract:fixtures -- <folder with the contracts>');
const target = resolve(import.meta.dirname, '../../test/contract-fixtures');
for (const name of (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()) {
  const { surface, endpoints } = JSON.parse(await readFile(join(folder, name), 'utf8')) as Contract;
  const lines = endpoints.map(({ id, method, path, responses = [] }) =>
    JSON.stringify({ id, method: method.toUpperCase(), path, statuses: successes(responses.map(({ status }) => status)) }),
  );
  await writeFile(join(target, `${surface}.json`), `[\n  ${lines.join(',\n  ')}\n]\n`);
  console.log(`${surface}: ${lines.length} endpoints`);
}
