import { asBinary, open, type Database, type RootDatabase, type RootDatabaseOptions } from 'lmdb';
import { mkdirSync, statSync } from 'node:fs';
import { durably } from '../durable-write.js';
import { LogEncoding, type Shape } from './log-encoding.js';
import { assertFileLooksWhole, assertPagesAreThere, DataFolderUnusable } from './log-file-check.js';
import { isCutOff, type ExpectedFile } from './missing-pages.js';
import type { StoredDeadLetter } from './stored-dead-letter.js';
import type { StoredEvent } from './stored-event.js';

const FORMAT = { name: 'registrar-event-log', version: 1 } as const;

export interface LogMarker {
  readonly name: string;
  readonly version: number;
}

/** The databases of the log's LMDB environment. Positions are the keys of `events`, from 1 and without gaps. */
export interface LogEnvironment {
  readonly root: RootDatabase;
  readonly encoding: LogEncoding;
  readonly events: Database<StoredEvent, number>;
  /** Stream -> its revision and the positions of its newest events. */
  readonly heads: Database<Buffer, string>;
  /** [stream, chunk] -> the positions of a full chunk of its events. */
  readonly chunks: Database<Buffer, [string, number]>;
  /** [category, position] -> the events of the category among those from that position on. */
  readonly categories: Database<Buffer, [string, number]>;
  readonly checkpoints: Database<string, string>;
  /** [consumer, event id] -> event that the consumer could not handle. */
  readonly deadLetters: Database<StoredDeadLetter, [string, string]>;
  readonly meta: Database<LogMarker | readonly Shape[] | number, string>;
}

export const assertOurs = (marker: LogMarker | undefined, root: RootDatabase, folder: string): void => {
  if (marker === undefined) {
    // A crash during the first start leaves an environment in which nothing was ever written.
    if (root.getKeysCount({ limit: 2 }) > 1) throw new DataFolderUnusable(folder, 'is an LMDB database of another program');
    return;
  }
  if (marker.name !== FORMAT.name) throw new DataFolderUnusable(folder, `is a database of another program (${marker.name})`);
  if (marker.version > FORMAT.version) {
    const versions = `was written by a later version of Registrar (log format ${marker.version}, this one reads up to ${FORMAT.version})`;
    throw new DataFolderUnusable(folder, versions, 'Start the version that wrote it, or a newer one.');
  }
};

/** A transaction begins as soon as a batch is enqueued, not at the end of the turn. lmdb's types lack the last option. */
const options: RootDatabaseOptions & { readonly txnStartThreshold: number } = {
  noSubdir: false,
  noMemInit: true,
  maxDbs: 16,
  eventTurnBatching: false,
  txnStartThreshold: 1,
};

const openRoot = (folder: string): RootDatabase => {
  try {
    return open({ ...options, path: folder });
  } catch (error) {
    throw new DataFolderUnusable(folder, `can't be opened (${error instanceof Error ? error.message : String(error)})`);
  }
};

/** Asks for the file's length first: it may lack pages at its end. */
const openWhole = async (folder: string): Promise<RootDatabase> => {
  const root = openRoot(folder);
  const { path, pageSize, expected } = await expectedFileOf(root, folder);
  if (statSync(path).size >= expected) return root;
  await root.close();
  if (await isCutOff({ path, pageSize, expected })) throw new DataFolderUnusable(folder, 'is cut off: pages at the end of its file are missing');
  return openRoot(folder);
};

const expectedFileOf = async (root: RootDatabase, folder: string): Promise<ExpectedFile> => {
  try {
    return assertPagesAreThere(folder, root.getStats());
  } catch (error) {
    await root.close();
    throw error;
  }
};

export const metaOf = (root: RootDatabase): LogEnvironment['meta'] => root.openDB<LogMarker | readonly Shape[] | number, string>({ name: 'meta', encoding: 'json' });

export const databasesOf = (root: RootDatabase, meta: LogEnvironment['meta']): LogEnvironment => {
  const shapes = meta.get('shapes');
  const encoding = new LogEncoding(isShapes(shapes) ? shapes : []);
  const eventOptions: RootDatabaseOptions & { name: string } = { name: 'events', encoder: encoding.packr };
  return {
    root,
    meta,
    encoding,
    events: root.openDB<StoredEvent, number>(eventOptions),
    heads: root.openDB<Buffer, string>({ name: 'heads', encoding: 'binary' }),
    chunks: root.openDB<Buffer, [string, number]>({ name: 'chunks', encoding: 'binary' }),
    checkpoints: root.openDB<string, string>({ name: 'checkpoints', encoding: 'json' }),
    deadLetters: root.openDB<StoredDeadLetter, [string, string]>({ name: 'dead-letters', encoding: 'json' }),
    categories: root.openDB<Buffer, [string, number]>({ name: 'categories', encoding: 'binary' }),
  };
};

/** Opens the log in this folder or creates it. Throws for a folder that holds anything but a complete log of ours. */
export const openLogEnvironment = async (folder: string): Promise<LogEnvironment> => {
  mkdirSync(folder, { recursive: true });
  assertFileLooksWhole(folder);
  const root = await openWhole(folder);
  try {
    const meta = metaOf(root);
    const marker = meta.get('format');
    assertOurs(isMarker(marker) ? marker : undefined, root, folder);
    if (marker === undefined) await durably(meta.put('format', FORMAT));
    // This write also flushes what a killed process had committed but not flushed.
    const openings = meta.get('openings');
    await durably(meta.put('openings', (typeof openings === 'number' ? openings : 0) + 1));
    return databasesOf(root, meta);
  } catch (error) {
    await root.close();
    throw error;
  }
};

export const isMarker = (value: LogMarker | readonly Shape[] | number | undefined): value is LogMarker =>
  typeof value === 'object' && 'version' in value;

const isShapes = (value: LogMarker | readonly Shape[] | number | undefined): value is readonly Shape[] => Array.isArray(value);

export const lastPosition = ({ events }: Pick<LogEnvironment, 'events'>): number => {
  const [last] = [...events.getKeys({ reverse: true, limit: 1 })];
  return last ?? 0;
};

/** Wraps bytes of LogEncoding, so that they are stored as they are. */
export const encoded = (bytes: Uint8Array): StoredEvent => {
  const value: unknown = asBinary(bytes);
  // lmdb takes its wrapper in place of any value; its types can't say so.
  return value as StoredEvent;
};
