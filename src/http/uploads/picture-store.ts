import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { FileTooLarge, type FileStore } from '../../ports/file-store.js';
import { invalidField } from '../shared/problem.js';
import { imageKindOf, TELLING_BYTES } from './picture-content.js';

export const MAX_PICTURE_BYTES = 5 * 1_048_576;

export interface PictureField {
  /** Of the form. */
  readonly name: string;
  /** Of the file store. */
  readonly folder: string;
}

export const fileUrl = (publicUrl: string, key: string): string => `${publicUrl.replace(/\/$/, '')}/files/${key}`;

/** The first bytes, and all of them again; the source is read only as fast as the whole is. */
const peek = async (source: AsyncIterable<Buffer>): Promise<{ head: Buffer; whole: () => AsyncGenerator<Buffer> }> => {
  const chunks = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let next = await chunks.next();
  while (next.done !== true) {
    head = Buffer.concat([head, next.value]);
    if (head.length >= TELLING_BYTES) break;
    next = await chunks.next();
  }
  const whole = async function* () {
    try {
      yield head;
      for (let rest = await chunks.next(); rest.done !== true; rest = await chunks.next()) yield rest.value;
    } finally {
      await chunks.return?.();
    }
  };
  return { head, whole };
};

/** Keeps a picture under a new key; undefined when none was sent. A refused picture leaves nothing. */
export const keepPicture = async (
  files: FileStore,
  { name, folder }: PictureField,
  source: AsyncIterable<Buffer>,
): Promise<string | undefined> => {
  const { head, whole } = await peek(source);
  if (head.length === 0) return undefined;
  const kind = await imageKindOf(head);
  if (kind === undefined) throw invalidField(name, 'must be a PNG, JPEG, WebP or GIF image');
  const key = `${folder}/${randomUUID()}.${kind.extension}`;
  try {
    await files.put(key, Readable.from(whole(), { objectMode: false }), { contentType: kind.contentType, maxBytes: MAX_PICTURE_BYTES });
  } catch (error) {
    if (error instanceof FileTooLarge) throw invalidField(name, 'must be at most 5 MB');
    throw error;
  }
  return key;
};
