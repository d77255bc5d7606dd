import { fileTypeFromBuffer } from 'file-type';

export interface ImageKind {
  readonly extension: string;
  readonly contentType: string;
}

const kinds: Readonly<Record<string, ImageKind>> = {
  'image/png': { extension: 'png', contentType: 'image/png' },
  'image/apng': { extension: 'png', contentType: 'image/png' },
  'image/jpeg': { extension: 'jpg', contentType: 'image/jpeg' },
  'image/webp': { extension: 'webp', contentType: 'image/webp' },
  'image/gif': { extension: 'gif', contentType: 'image/gif' },
};

export const TELLING_BYTES = 4_100;

/** The type by its bytes, whatever its name; undefined when it is not an accepted picture. */
export const imageKindOf = async (head: Uint8Array): Promise<ImageKind | undefined> => {
  const found = await fileTypeFromBuffer(head);
  return found === undefined ? undefined : kinds[found.mime];
};

export const contentTypeOf = (name: string): string | undefined =>
  Object.values(kinds).find(({ extension }) => name.endsWith(`.${extension}`))?.contentType;
