import { KeptBytes, type Cut } from './cut.js';

const [IMAGE, EXTENSION, TRAILER] = [0x2c, 0x21, 0x3b];
const [CONTROL, APPLICATION] = [0xf9, 0xff];
/** How often it repeats, and its colours. */
const KEPT_APPLICATIONS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);
const SCREEN_END = 13;

const tableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1));

/** Behind blocks that each say how long they are; one of 0 is the last. */
const afterBlocks = (picture: Buffer, from: number): number => {
  let at = from;
  for (let length = picture.readUInt8(at); length !== 0; length = picture.readUInt8(at)) at += 1 + length;
  return at + 1;
};

const isKept = (picture: Buffer, at: number): boolean => {
  const label = picture.readUInt8(at + 1);
  return label === CONTROL || (label === APPLICATION && KEPT_APPLICATIONS.has(picture.toString('latin1', at + 3, at + 14)));
};

/** Keeps frames, their times, repetition and colours; comments, texts and XMP go. */
export const cutGif: Cut = (picture) => {
  const kept = new KeptBytes(picture);
  let size = { width: picture.readUInt16LE(6), height: picture.readUInt16LE(8) };
  let at = SCREEN_END + tableBytes(picture.readUInt8(10));
  kept.keep(0, at);
  let hasImage = false;
  for (;;) {
    const start = at;
    const kind = picture.readUInt8(at);
    if (kind === TRAILER) {
      kept.keep(at, at + 1);
      return hasImage ? { content: kept.whole(), ...size } : undefined;
    }
    if (kind === IMAGE) {
      hasImage = true;
      size = { width: Math.max(size.width, picture.readUInt16LE(at + 5)), height: Math.max(size.height, picture.readUInt16LE(at + 7)) };
      // The descriptor, its table, and a byte with the size of codes.
      at = afterBlocks(picture, at + 10 + tableBytes(picture.readUInt8(at + 9)) + 1);
      kept.keep(start, at);
    } else if (kind === EXTENSION) {
      at = afterBlocks(picture, at + 2);
      if (isKept(picture, start)) kept.keep(start, at);
    } else {
      return undefined;
    }
  }
};
