import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { FileTooLarge, type FileStore } from '../../ports/file-store.js';
import { invalidField } from '../shared/problem.js';
import { TELLING_BYTES } from './picture-content.js';
import type { CountBytes } from './picture-store.js';

export interface FileKind {
  readonly extension: string;
  readonly contentType: string;
}

/** A file that is written to the store as it comes in: only its first bytes are in memory. */
export interface StreamedField {
  /** Of the form. */
  readonly name: string;
  /** Of the file store. */
  readonly folder: string;
  readonly mostBytes: number;
  /** How many first bytes tell the kind; absent: 4,100. */
  readonly tellingBytes?: number;
  /** The kind by the first bytes, whatever the name says; undefined: not taken. */
  readonly kindOf: (head: Uint8Array) => Promise<FileKind | undefined>;
  readonly sentences: { readonly kind: string; readonly size: string };
}

const restOf = async function* (first: Buffer, rest: AsyncIterator<Buffer>, count: CountBytes): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    count(next.value.length);
    yield next.value;
  }
};

const headOf = async (source: AsyncIterator<Buffer>, count: CountBytes, bytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size < bytes) {
    const next = await source.next();
    if (next.done === true) break;
    count(next.value.length);
    size += next.value.length;
    chunks.push(next.value);
  }
  return Buffer.concat(chunks, size);
};

/** Keeps a file under a new key; undefined when an empty one was sent. A refused file leaves nothing. */
export const keepStreamed = async (
  files: FileStore,
  { name, folder, mostBytes, tellingBytes = TELLING_BYTES, kindOf, sentences }: StreamedField,
  source: AsyncIterable<Buffer>,
  count: CountBytes,
): Promise<string | undefined> => {
  const chunks = source[Symbol.asyncIterator]();
  try {
    const head = await headOf(chunks, count, tellingBytes);
    if (head.length === 0) return undefined;
    const kind = await kindOf(head);
    if (kind === undefined) throw invalidField(name, sentences.kind);
    const key = `${folder}/${randomUUID()}.${kind.extension}`;
    await files.put(key, Readable.from(restOf(head, chunks, count), { objectMode: false }), { contentType: kind.contentType, maxBytes: mostBytes });
    return key;
  } catch (error) {
    throw error instanceof FileTooLarge ? invalidField(name, sentences.size) : error;
  } finally {
    // Not awaited: a client that has stopped sending must not hold up the refusal.
    chunks.return?.().catch(() => undefined);
  }
};
