import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FileStore, StoredFile } from '../../ports/file-store.js';
import { invalidField } from '../shared/problem.js';
import { imageKindOf, TELLING_BYTES } from './picture-content.js';
import type { PictureFolder } from './picture-folders.js';
import { cutPicture, type CutPicture } from './pictures/index.js';

export const MAX_PICTURE_BYTES = 5 * 1_048_576;
/** Marks what was kept without metadata: older programs kept pictures as they came. */
const CUT = '; metadata=none';
const LONGEST_SIDE = 10_000;
const MOST_PIXELS = 50_000_000;

export interface PictureField {
  /** Of the form. */
  readonly name: string;
  /** Of the file store. */
  readonly folder: PictureFolder;
  /** Absent: PNG, JPEG, WebP and GIF. */
  readonly extensions?: readonly string[];
  /** Absent: 5 MB. */
  readonly mostBytes?: number;
  /** A surface's own sentences for a file that is no such picture, and for one that is too large. */
  readonly sentences?: { readonly kind: string; readonly size: string };
}

export const fileUrl = (publicUrl: string, key: string): string => `${publicUrl.replace(/\/$/, '')}/files/${key}`;

/** Null: there is no picture. */
export const pictureUrl = (publicUrl: string, key: string | null): string | null => (key === null ? null : fileUrl(publicUrl, key));

/** Counts bytes as they come in; throws when there are too many of them. */
export type CountBytes = (bytes: number) => void;

const readWhole = async ({ name, mostBytes = MAX_PICTURE_BYTES, sentences }: PictureField, source: AsyncIterable<Buffer>, count: CountBytes): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    count(chunk.length);
    size += chunk.length;
    if (size > mostBytes) throw invalidField(name, sentences?.size ?? 'must be at most 5 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
};

const isOfServableSize = ({ width, height }: CutPicture): boolean =>
  width > 0 && height > 0 && Math.max(width, height) <= LONGEST_SIDE && width * height <= MOST_PIXELS;

/** Keeps a picture without its metadata under a new key; undefined when none was sent. A refused picture leaves nothing. */
export const keepPicture = async (
  files: FileStore,
  field: PictureField,
  source: AsyncIterable<Buffer>,
  count: CountBytes,
): Promise<string | undefined> => {
  const { name, folder, extensions, sentences } = field;
  const sent = await readWhole(field, source, count);
  if (sent.length === 0) return undefined;
  const kind = await imageKindOf(sent.subarray(0, TELLING_BYTES));
  const isTaken = kind !== undefined && extensions?.includes(kind.extension) !== false;
  if (!isTaken) throw invalidField(name, sentences?.kind ?? 'must be a PNG, JPEG, WebP or GIF image');
  const picture = cutPicture(kind.extension, sent);
  if (picture === undefined) throw invalidField(name, 'must be a whole image: this one is damaged or ends too early');
  if (!isOfServableSize(picture)) throw invalidField(name, `must be at most ${LONGEST_SIDE} pixels wide and high, and ${MOST_PIXELS / 1e6} megapixels`);
  const key = `${folder}/${randomUUID()}.${kind.extension}`;
  await files.put(key, picture.content, { contentType: `${kind.contentType}${CUT}` });
  return key;
};

/** `etag`: of a picture that is served as it is stored. */
export type ServedPicture = Readonly<{ content: Readable; size: number; etag?: string }>;

/** It is served as it is stored. */
export const isServedAsStored = ({ contentType }: Pick<StoredFile, 'contentType'>): boolean => contentType.endsWith(CUT);

/** A picture as everybody may have it; undefined where there is none, or one that is not whole. */
export const keptPicture = async (files: FileStore, key: string): Promise<ServedPicture | undefined> => {
  const kept = await files.get(key);
  if (kept === undefined || isServedAsStored(kept)) return kept;
  // Not written back: the picture may have been removed meanwhile.
  const cut = cutPicture(key.slice(key.lastIndexOf('.') + 1), await buffer(kept.content));
  return cut && { content: Readable.from([cut.content]), size: cut.content.length };
};
