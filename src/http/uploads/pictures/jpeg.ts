import { KeptBytes, type Cut, type Size } from './cut.js';
import { exifOf, orientationIn } from './orientation.js';

const [SOI, EOI, SOS, APP0, APP1, APP2, APP14] = [0xd8, 0xd9, 0xda, 0xe0, 0xe1, 0xe2, 0xee];
/** Tables and numbers that decoding needs. */
const NEEDED = new Set([0xc4, 0xcc, 0xdb, 0xdc, 0xdd]);

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** Where the next marker that ends the picture's data begins. */
const endOfScan = (picture: Buffer, from: number): number => {
  for (let at = picture.indexOf(0xff, from); at >= 0; at = picture.indexOf(0xff, at + 1)) {
    const next = picture[at + 1];
    if (next !== 0x00 && next !== 0xff && next !== undefined && !isAlone(next)) return at;
  }
  throw new RangeError('the picture ends too early');
};

class JpegCut {
  size: Size | undefined;
  hasData = false;
  readonly kept: KeptBytes;
  #isTurned = false;

  constructor(readonly picture: Buffer) {
    this.kept = new KeptBytes(picture);
  }

  /** From the marker to the end of its segment. Answers where the next one is to be looked for. */
  segment(marker: number, start: number, end: number): number {
    const content = this.picture.subarray(start + 4, end);
    const name = content.toString('latin1', 0, 12);
    if (isFrame(marker)) this.size ??= { height: content.readUInt16BE(1), width: content.readUInt16BE(3) };
    if (marker === APP1 && name.startsWith('Exif\0\0')) this.#turn(content.subarray(6));
    if (marker === APP0 && name.startsWith('JFIF\0') && content.length >= 14) this.#keepJfif(start);
    const isColour = (marker === APP2 && name.startsWith('ICC_PROFILE\0')) || (marker === APP14 && name.startsWith('Adobe'));
    if (isFrame(marker) || isColour || NEEDED.has(marker)) this.kept.keep(start, end);
    if (marker !== SOS) return end;
    const scanned = endOfScan(this.picture, end);
    this.kept.keep(start, scanned);
    this.hasData = true;
    return scanned;
  }

  /** Version and density, without the small picture that may follow them. */
  #keepJfif(start: number): void {
    this.kept.add(Buffer.from('ffe00010', 'hex'));
    this.kept.keep(start + 4, start + 16);
    this.kept.add(Buffer.alloc(2));
  }

  #turn(exif: Buffer): void {
    const orientation = orientationIn(exif);
    if (this.#isTurned || orientation === undefined) return;
    this.#isTurned = true;
    const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifOf(orientation)]);
    this.kept.add(Buffer.from([0xff, APP1, 0, content.length + 2]));
    this.kept.add(content);
  }
}

/** Keeps what decoding and colour need, and the orientation; drops comments, Exif, XMP, small pictures and whatever follows the end. */
export const cutJpeg: Cut = (picture) => {
  if (picture[0] !== 0xff || picture[1] !== SOI) return undefined;
  const cut = new JpegCut(picture);
  cut.kept.keep(0, 2);
  let at = 2;
  for (;;) {
    if (picture[at] !== 0xff) return undefined;
    const marker = picture[at + 1];
    if (marker === 0xff) {
      at += 1;
    } else if (marker === EOI) {
      cut.kept.keep(at, at + 2);
      return cut.size === undefined || !cut.hasData ? undefined : { content: cut.kept.whole(), ...cut.size };
    } else if (marker !== undefined && isAlone(marker)) {
      at += 2;
    } else if (marker === undefined || marker === 0x00) {
      return undefined;
    } else {
      const length = picture.readUInt16BE(at + 2);
      if (length < 2) return undefined;
      at = cut.segment(marker, at, at + 2 + length);
    }
  }
};
