import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ExpectedFile } from './missing-pages.js';

/** The data folder holds something other than a complete log of this version. The message says what to do. */
export class DataFolderUnusable extends Error {
  override readonly name = 'DataFolderUnusable';

  constructor(folder: string, what: string, remedy = 'Set DATA_DIR to another folder, or restore this one from a backup.') {
    super(`The event log in ${folder} ${what}. Nothing was changed. ${remedy}`);
  }
}

const LMDB_MAGIC = 0xbeefc0de;
/** LMDB writes the first two pages at once. */
const HEADER_BYTES = 8_192;
const MAGIC_OFFSETS = [16, 24];
const FILE = 'data.mdb';
/** LMDB does not write pages at the very end that were freed in the transaction that took them. */
const UNWRITTEN_PAGES = 256;

const magicOf = (path: string): boolean => {
  const header = Buffer.alloc(64);
  const descriptor = openSync(path, 'r');
  try {
    const length = readSync(descriptor, header, 0, header.length, 0);
    return length === header.length && MAGIC_OFFSETS.some((offset) => header.readUInt32LE(offset) === LMDB_MAGIC);
  } finally {
    closeSync(descriptor);
  }
};

/** Called before LMDB maps the file: a map over something else may end the process. */
export const assertFileLooksWhole = (folder: string): void => {
  const path = join(folder, FILE);
  if (!existsSync(path)) {
    const others = readdirSync(folder);
    if (others.length === 0) return;
    throw new DataFolderUnusable(folder, `has no ${FILE} but other files (${others.slice(0, 3).join(', ')})`);
  }
  const { size } = statSync(path);
  if (size === 0) return;
  if (size < HEADER_BYTES) throw new DataFolderUnusable(folder, `is cut off: ${FILE} has ${size} bytes`);
  if (!magicOf(path)) throw new DataFolderUnusable(folder, `is not readable: ${FILE} is not an LMDB file`);
};

/** Compares the length first: touching a page past the end of a truncated file ends the process. The bytes that the file must have. */
export const assertPagesAreThere = (folder: string, stats: object): ExpectedFile => {
  const { lastPageNumber, pageSize } = { lastPageNumber: 0, pageSize: 0, ...stats };
  const expected = (lastPageNumber + 1) * pageSize;
  const path = join(folder, FILE);
  const { size } = statSync(path);
  if (size + UNWRITTEN_PAGES * pageSize < expected) {
    throw new DataFolderUnusable(folder, `is cut off: ${FILE} has ${size} of ${expected} bytes`);
  }
  return { path, pageSize, expected };
};
