import type { Readable } from 'node:stream';

export interface StoredFile {
  readonly key: string;
  readonly contentType: string;
  readonly size: number;
}

/** Keys are relative paths of [A-Za-z0-9._-] parts, `invoices/<id>.pdf`. A write is whole or not there at all. */
export interface FileStore {
  /** Replaces what is there. Reads the source as a stream; rejects with FileTooLarge past maxBytes and leaves nothing. */
  put(key: string, content: Readable | Uint8Array, options: { contentType: string; maxBytes?: number }): Promise<StoredFile>;
  get(key: string): Promise<(StoredFile & { readonly content: Readable }) | undefined>;
  /** Idempotent. */
  delete(key: string): Promise<void>;
}

export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}
