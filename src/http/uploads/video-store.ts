import { fileTypeFromBuffer } from 'file-type';
import type { FileStore } from '../../ports/file-store.js';
import type { CountBytes } from './picture-store.js';
import { keepStreamed, type FileKind, type StreamedField } from './streamed-file.js';

export const MAX_VIDEO_BYTES = 100 * 1_048_576;

const mp4: FileKind = { extension: 'mp4', contentType: 'video/mp4' };

const kinds: Readonly<Record<string, FileKind>> = {
  'video/mp4': mp4,
  'video/x-m4v': mp4,
  'video/webm': { extension: 'webm', contentType: 'video/webm' },
  'video/matroska': { extension: 'mkv', contentType: 'video/matroska' },
  'video/quicktime': { extension: 'mov', contentType: 'video/quicktime' },
};

export const VIDEO_TYPES: readonly string[] = [...new Set(Object.values(kinds).map(({ contentType }) => contentType))];

const videoKindOf = async (head: Uint8Array): Promise<FileKind | undefined> => {
  const found = await fileTypeFromBuffer(head);
  return found === undefined ? undefined : kinds[found.mime];
};

/** Of the names that keepVideo gives. */
export const videoTypeOf = (name: string): string | undefined => Object.values(kinds).find(({ extension }) => name.endsWith(`.${extension}`))?.contentType;

export interface VideoField extends Pick<StreamedField, 'name' | 'folder'> {
  /** Absent: 100 MB. */
  readonly mostBytes?: number;
  /** A surface's own sentences for a file that is no such video, and for one that is too large. */
  readonly sentences?: StreamedField['sentences'];
}

const usual = { kind: 'must be an MP4, WebM, MKV or MOV video', size: 'must be at most 100 MB' } as const;

/** Keeps an MP4, WebM, MKV or MOV video under a new key, as it comes in; undefined when an empty file was sent. A refused one leaves nothing. */
export const keepVideo = (
  files: FileStore,
  { name, folder, mostBytes = MAX_VIDEO_BYTES, sentences = usual }: VideoField,
  source: AsyncIterable<Buffer>,
  count: CountBytes,
): Promise<string | undefined> => keepStreamed(files, { name, folder, mostBytes, sentences, kindOf: videoKindOf }, source, count);
