import { readFile } from 'node:fs/promises';
import type { InitializeHook, LoadHook } from 'node:module';

interface Replacement {
  readonly url?: string;
  readonly file?: string;
}

let replacement: Replacement = {};

export const initialize: InitializeHook<Replacement> = (data) => {
  replacement = data;
};

export const load: LoadHook = async (url, context, nextLoad) => {
  if (url !== replacement.url || replacement.file === undefined) return nextLoad(url, context);
  return { format: 'module', shortCircuit: true, source: await readFile(replacement.file, 'utf8') };
};
