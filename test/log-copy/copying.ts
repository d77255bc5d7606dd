import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openLogToFill, openWholeLog } from '../../src/composition/whole-log.js';
import { runExportCommand } from '../../src/export-cli.js';
import { runImportCommand } from '../../src/import-cli.js';

export interface Place {
  readonly eventStoreUrl: string | null;
  readonly dataDirectory: string;
}

export const newFolder = async (t: Test): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'registrar-copy-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

export const embedded = (dataDirectory: string): Place => ({ eventStoreUrl: null, dataDirectory });

export interface Ran {
  readonly code: number;
  readonly lines: readonly string[];
}

const never = new AbortController().signal;

export const runExport = async (place: Place, args: readonly string[], signal = never): Promise<Ran> => {
  const { source, close } = openWholeLog(place);
  const lines: string[] = [];
  try {
    return { code: await runExportCommand(args, { source, print: (line) => void lines.push(line), signal }), lines };
  } finally {
    await close();
  }
};

export const runImport = async (place: Place, args: readonly string[], signal = never): Promise<Ran> => {
  const { target, close } = await openLogToFill(place);
  const lines: string[] = [];
  try {
    return { code: await runImportCommand(args, { target, print: (line) => void lines.push(line), signal }), lines };
  } finally {
    await close();
  }
};

/** An exported file without what a target decides by itself. */
export const withoutPositions = (exported: string): string => exported.replaceAll(/^\{"position":"\d+",/gm, '{');
