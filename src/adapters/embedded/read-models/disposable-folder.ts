import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, rmSync, writeFileSync, closeSync, fsyncSync } from 'node:fs';
import { join } from 'node:path';

const MARKER = /^open-(\d+)-[0-9a-f-]+\.json$/;
const DATA_FILE = 'data.mdb';

export const bootId = (): string | null => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
};

export const isAlive = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

interface Marker {
  readonly file: string;
  readonly processId: number;
  readonly bootId: string | null;
}

const readMarker = (folder: string, file: string): Marker => {
  const processId = Number(MARKER.exec(file)?.[1]);
  try {
    const content: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const isRecord = typeof content === 'object' && content !== null && 'bootId' in content;
    return { file, processId, bootId: isRecord && typeof content.bootId === 'string' ? content.bootId : null };
  } catch {
    return { file, processId, bootId: null };
  }
};

const markersIn = (folder: string): readonly Marker[] =>
  readdirSync(folder).filter((file) => MARKER.test(file)).map((file) => readMarker(folder, file));

const LMDB_MAGIC = 'dec0efbe';
const SMALLEST_ENVIRONMENT = 8192;

// The file is examined first: lmdb ends the process when it opens a foreign one.
const isForeign = (folder: string): boolean => {
  const path = join(folder, DATA_FILE);
  if (!existsSync(path)) return false;
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(SMALLEST_ENVIRONMENT);
    return readSync(file, head) < SMALLEST_ENVIRONMENT || head.toString('hex', 24, 28) !== LMDB_MAGIC;
  } finally {
    closeSync(file);
  }
};

/**
 * The folder of an environment that is written without sync. A killed program leaves it intact (the kernel has the pages); a
 * machine that went down may not. Each process that has it open leaves a marker with the boot's id.
 */
export class DisposableFolder {
  readonly #folder: string;
  readonly #bootId: string | null;
  readonly #marker: string;

  constructor(folder: string, boot: string | null = bootId()) {
    this.#folder = folder;
    this.#bootId = boot;
    this.#marker = join(folder, `open-${process.pid}-${randomUUID()}.json`);
    mkdirSync(folder, { recursive: true });
  }

  /** The reason not to trust the folder's content; undefined when it can be trusted. */
  distrust(): string | undefined {
    if (isForeign(this.#folder)) return `${DATA_FILE} is no LMDB environment`;
    const lost = markersIn(this.#folder).find((marker) => !this.#isOfThisBoot(marker));
    return lost === undefined ? undefined : 'the machine went down while it was open';
  }

  empty(): void {
    for (const { file } of markersIn(this.#folder)) rmSync(join(this.#folder, file), { force: true });
    for (const file of [DATA_FILE, 'lock.mdb']) rmSync(join(this.#folder, file), { force: true });
  }

  markOpen(): void {
    writeFileSync(this.#marker, JSON.stringify({ bootId: this.#bootId }), { flush: true });
  }

  /** Call after the environment was closed. The data is on disk; a crash after this loses nothing. */
  markClosed(): void {
    if (!existsSync(join(this.#folder, DATA_FILE))) return;
    const data = openSync(join(this.#folder, DATA_FILE), 'r+');
    fsyncSync(data);
    closeSync(data);
    rmSync(this.#marker, { force: true });
    for (const { file, processId } of markersIn(this.#folder)) {
      if (!isAlive(processId)) rmSync(join(this.#folder, file), { force: true });
    }
  }

  #isOfThisBoot(marker: Marker): boolean {
    if (this.#bootId !== null) return marker.bootId === this.#bootId;
    return marker.processId !== process.pid && isAlive(marker.processId);
  }
}
