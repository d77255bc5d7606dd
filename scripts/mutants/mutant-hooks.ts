import { readFile } from 'node:fs/promises';
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';

// A module that was asked for with a query, `?run=1&of=<url>&mutant=<file>`, hands it on to all of our modules that it imports. So each
// run has modules of its own, one of which is the mutant, and what packages export is loaded once.
const HERE = import.meta.url;
const OURS = new URL('../../', HERE).href;

const queryOf = (url: string | undefined): string => (url === undefined ? '' : new URL(url).search);

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const query = queryOf(context.parentURL);
  if (query === '') return nextResolve(specifier, context);
  if (specifier === 'tap') return { url: new URL(`current-test.js${query}`, HERE).href, shortCircuit: true };
  const resolved = await nextResolve(specifier, context);
  return resolved.url.startsWith(OURS) ? { ...resolved, url: `${resolved.url}${query}` } : resolved;
};

export const load: LoadHook = async (url, context, nextLoad) => {
  const query = queryOf(url);
  if (query === '' || !url.startsWith(OURS)) return nextLoad(url, context);
  const plain = url.slice(0, -query.length);
  const parameters = new URLSearchParams(query);
  const file = parameters.get('of') === plain ? parameters.get('mutant') : null;
  return { format: 'module', shortCircuit: true, source: await readFile(file ?? fileURLToPath(plain), 'utf8') };
};
