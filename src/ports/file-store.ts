import type { Readable } from 'node:stream';

export interface StoredFile {
  readonly key: string;
  readonly contentType: string;
  readonly size: number;
}

/** First and last byte, from 0 on; both lie in the file. */
export interface FilePart {
  readonly first: number;
  readonly last: number;
}

/** Keys are relative paths of [A-Za-z0-9._-] parts, `invoices/<id>.pdf`. A write is whole or not there at all. */
export interface FileStore {
  /** Replaces what is there. Reads the source as a stream; rejects with FileTooLarge past maxBytes and leaves nothing. */
  put(key: string, content: Readable | Uint8Array, options: { contentType: string; maxBytes?: number }): Promise<StoredFile>;
  /** `size` is that of the whole file, also where a part of it is asked for. */
  get(key: string, part?: FilePart): Promise<(StoredFile & { readonly content: Readable }) | undefined>;
  stat(key: string): Promise<StoredFile | undefined>;
  /** Idempotent. */
  delete(key: string): Promise<void>;
}

export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}
