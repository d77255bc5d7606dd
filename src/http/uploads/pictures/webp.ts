import { KeptBytes, type Cut, type Size } from './cut.js';
import { exifOf, orientationIn } from './orientation.js';

const KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const [HAS_EXIF, HAS_XMP] = [0x08, 0x04];
const FILE_HEADER = 12;
const HEADER = 8;

const sizeIn = (picture: Buffer, type: string, at: number): Size | undefined => {
  switch (type) {
    case 'VP8X':
      return { width: picture.readUIntLE(at + 4, 3) + 1, height: picture.readUIntLE(at + 7, 3) + 1 };
    case 'VP8 ':
      return { width: picture.readUInt16LE(at + 6) & 0x3fff, height: picture.readUInt16LE(at + 8) & 0x3fff };
    case 'VP8L': {
      const bits = picture.readUInt32LE(at + 1);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    default:
      return undefined;
  }
};

const larger = (one: Size | undefined, other: Size | undefined): Size | undefined =>
  one === undefined || other === undefined
    ? (one ?? other)
    : { width: Math.max(one.width, other.width), height: Math.max(one.height, other.height) };

const exifIn = (content: Buffer): Buffer => (content.toString('latin1', 0, 6) === 'Exif\0\0' ? content.subarray(6) : content);

/** Keeps pictures, animation and colour, and the orientation; Exif, XMP and what is unknown go. */
export const cutWebp: Cut = (picture) => {
  const kept = new KeptBytes(picture);
  kept.keep(0, FILE_HEADER);
  const end = HEADER + picture.readUInt32LE(4);
  if (end > picture.length) return undefined;
  let size: Size | undefined;
  let orientation: number | undefined;
  let flagsAt: number | undefined;
  let hasData = false;
  for (let at = FILE_HEADER; at + HEADER <= end; ) {
    const type = picture.toString('latin1', at, at + 4);
    const length = picture.readUInt32LE(at + 4);
    const next = at + HEADER + length + (length % 2);
    if (at + HEADER + length > end) return undefined;
    size = larger(size, sizeIn(picture, type, at + HEADER));
    if (type === 'VP8X') flagsAt ??= kept.length + HEADER;
    if (type === 'VP8 ' || type === 'VP8L' || type === 'ANMF') hasData = true;
    if (type === 'EXIF') orientation ??= orientationIn(exifIn(picture.subarray(at + HEADER, at + HEADER + length)));
    if (KEPT.has(type)) kept.keep(at, Math.min(next, picture.length));
    at = next;
  }
  if (size === undefined || !hasData) return undefined;
  // Without VP8X there can be no Exif.
  const note = flagsAt === undefined || orientation === undefined ? undefined : exifOf(orientation);
  if (note !== undefined) kept.add(Buffer.concat([Buffer.from('EXIF'), Buffer.from([note.length, 0, 0, 0]), note]));
  const content = kept.whole();
  content.writeUInt32LE(content.length - HEADER, 4);
  if (flagsAt !== undefined) content.writeUInt8((content.readUInt8(flagsAt) & ~(HAS_EXIF | HAS_XMP)) | (note === undefined ? 0 : HAS_EXIF), flagsAt);
  return { content, ...size };
};
