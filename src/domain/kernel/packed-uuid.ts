import { readUuid, UUID_BYTES, uuidText } from './uuid-bytes.js';

/** Characters of a packed UUID, one for each byte: V8 keeps such texts at a byte a character. */
export const PACKED_LENGTH = UUID_BYTES;

/** One for all: it is used before the next is read. */
const bytes = new Uint8Array(UUID_BYTES);

/** A UUID in small letters as 16 characters; undefined: the text is none. */
export const packedUuid = (text: string): string | undefined => {
  if (!readUuid(text, bytes)) return undefined;
  let packed = '';
  for (const byte of bytes) packed += String.fromCharCode(byte);
  return packed;
};

/** The UUID that was packed. */
export const unpackedUuid = (packed: string): string => uuidText((index) => packed.charCodeAt(index));
