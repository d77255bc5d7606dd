import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createFileExclusively } from '../../primitives/exclusive-file.js';

export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';

  constructor(folder: string, pid: number) {
    super(
      `the data folder ${folder} is in use by another server (process ${pid}). ` +
        'Stop that one, or set DATA_DIR to another folder.',
    );
  }
}

interface Holder {
  readonly pid: number;
  /** Distinguishes a process from a later one with the same number; null where the system doesn't say. */
  readonly started: string | null;
}

const FILE = 'server.lock';
const START_TIME_FIELD = 19;
const heldHere = new Set<string>();

const startOf = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${boot}/${afterName[START_TIME_FIELD] ?? ''}`;
  } catch {
    return null;
  }
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const parse = (text: string): Holder | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || typeof value.pid !== 'number') return undefined;
    return { pid: value.pid, started: 'started' in value && typeof value.started === 'string' ? value.started : null };
  } catch {
    return undefined;
  }
};

/** A restarted container finds its own number in the file: an equal `pid` does not prove that this process is the holder. */
const isStale = ({ pid, started }: Holder): boolean => {
  if (pid === process.pid || !isRunning(pid)) return true;
  const current = startOf(pid);
  return started !== null && current !== null && started !== current;
};

/** Moves a stale lock away; puts it back when another server took the lock meanwhile. */
const removeStale = (path: string, seen: string): void => {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== seen) linkSync(aside, path);
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EEXIST');
    if (!isGone) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
};

const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

export class FolderLock {
  readonly #path: string;
  readonly #text: string;

  private constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
    heldHere.add(path);
  }

  static take(folder: string): FolderLock {
    const path = join(folder, FILE);
    if (heldHere.has(path)) throw new DataFolderInUse(folder, process.pid);
    const text = JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder);
    while (!createFileExclusively(path, text)) {
      const seen = readIfThere(path);
      if (seen === undefined) continue;
      const holder = parse(seen);
      if (holder !== undefined && !isStale(holder)) throw new DataFolderInUse(folder, holder.pid);
      removeStale(path, seen);
    }
    return new FolderLock(path, text);
  }

  release(): void {
    if (!heldHere.delete(this.#path)) return;
    if (readIfThere(this.#path) === this.#text) rmSync(this.#path, { force: true });
  }
}
