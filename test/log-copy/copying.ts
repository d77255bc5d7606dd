import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openLogToFill, openWholeLog } from '../../src/composition/whole-log.js';
import { runOn, type Terminal } from '../../src/cli/command.js';
import { exportCommand } from '../../src/cli/export.js';
import { importCommand } from '../../src/cli/import.js';

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
const terminalOf = (lines: string[], signal: AbortSignal): Terminal => ({ print: (line) => void lines.push(line), signal, operator: 'olga' });

export const runExport = async (place: Place, args: readonly string[], signal = never): Promise<Ran> => {
  const { source, close } = await openWholeLog(place);
  const lines: string[] = [];
  try {
    return { code: await runOn(exportCommand, args, { source }, terminalOf(lines, signal)), lines };
  } finally {
    await close();
  }
};

export const runImport = async (place: Place, args: readonly string[], signal = never): Promise<Ran> => {
  const { target, close } = await openLogToFill(place);
  const lines: string[] = [];
  try {
    return { code: await runOn(importCommand, args, { target }, terminalOf(lines, signal)), lines };
  } finally {
    await close();
  }
};

/** An exported file without what a target decides by itself. */
export const withoutPositions = (exported: string): string => exported.replaceAll(/^\{"position":"\d+",/gm, '{');
