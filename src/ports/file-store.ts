import type { Readable } from 'node:stream';

export interface StoredFile {
  readonly key: string;
  readonly contentType: string;
  /** What Content-Disposition is to say, where a put said it. */
  readonly disposition?: string;
  readonly size: number;
  /** A strong entity tag, with its quotes: another one as soon as other content is put under the key. */
  readonly etag: string;
}

export interface ListedFile {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

/** First and last byte, from 0 on; both lie in the file. */
export interface FilePart {
  readonly first: number;
  readonly last: number;
}

export interface PutOptions {
  readonly contentType: string;
  readonly disposition?: string;
  readonly maxBytes?: number;
}

export interface SignedUrlOptions {
  readonly expiresInSeconds: number;
  /** What the answer at the URL says of itself, whatever was said at the put. */
  readonly contentType: string;
  readonly disposition?: string;
  readonly cacheControl: string;
}

/**
 * Keys are relative paths of [A-Za-z0-9._-] parts, `invoices/<id>.pdf`. A write is whole or not there at all. Rejects with
 * FileStoreUnavailable where the place can't be reached or refuses; a content that breaks off fails with it.
 */
export interface FileStore {
  /** Replaces what is there. Reads the source as a stream; rejects with FileTooLarge past maxBytes and leaves nothing. */
  put(key: string, content: Readable | Uint8Array, options: PutOptions): Promise<StoredFile>;
  /** `size` is that of the whole file, also where a part of it is asked for. */
  get(key: string, part?: FilePart): Promise<(StoredFile & { readonly content: Readable }) | undefined>;
  stat(key: string): Promise<StoredFile | undefined>;
  /** Idempotent. */
  delete(key: string): Promise<void>;
  /** In the order of the keys. `folder`: only what lies below it, `invoices/<id>`. A file that comes or goes meanwhile may be in it or not. */
  list(folder?: string): AsyncIterable<ListedFile>;
  /** A URL at which anybody may have the file for a short time, whether it is there or not. Absent where files have no URL of their own. */
  signedUrl?(key: string, options: SignedUrlOptions): Promise<string>;
  /** Rejects with FileStoreUnavailable unless files can be kept and had now. */
  check(): Promise<void>;
}

export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

export class FileStoreUnavailable extends Error {
  override readonly name = 'FileStoreUnavailable';
}

const SAFE_PART = /^(?!\.)[A-Za-z0-9._-]+$/;
const LONGEST_KEY = 200;

export const isFileKey = (key: string): boolean => key.length <= LONGEST_KEY && key.split('/').every((part) => SAFE_PART.test(part));

/** Throws a RangeError for a key that could lead elsewhere. */
export const assertFileKey = (key: string): void => {
  if (!isFileKey(key)) throw new RangeError(`not a file key: ${JSON.stringify(key)}`);
};
