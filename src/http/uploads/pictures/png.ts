import { crc32 } from 'node:zlib';
import { KeptBytes, type Cut, type Size } from './cut.js';
import { exifOf, orientationIn } from './orientation.js';

/** Picture, transparency, colour, density and animation; texts, times and what is unknown go. */
const KEPT = new Set([
  'IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'bKGD', 'hIST', 'sPLT', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'mDCV', 'cLLI', 'sBIT', 'pHYs', 'acTL', 'fcTL', 'fdAT',
]);
const SIGNATURE = 8;
const HEADER = 8;
const CHECKSUM = 4;

const chunkOf = (type: string, content: Buffer): Buffer => {
  const checked = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(CHECKSUM)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(checked));
  return Buffer.concat([length, checked, checksum]);
};

export const cutPng: Cut = (picture) => {
  const kept = new KeptBytes(picture);
  kept.keep(0, SIGNATURE);
  let size: Size | undefined;
  let hasData = false;
  let isTurned = false;
  for (let at = SIGNATURE; ; ) {
    const length = picture.readUInt32BE(at);
    const type = picture.toString('latin1', at + 4, at + HEADER);
    const end = at + HEADER + length + CHECKSUM;
    if (end > picture.length) return undefined;
    if (size === undefined && type !== 'IHDR') return undefined;
    if (type === 'IHDR') size ??= { width: picture.readUInt32BE(at + 8), height: picture.readUInt32BE(at + 12) };
    if (type === 'IDAT') hasData = true;
    if (KEPT.has(type)) kept.keep(at, end);
    const orientation = type === 'eXIf' && !isTurned ? orientationIn(picture.subarray(at + HEADER, end - CHECKSUM)) : undefined;
    if (orientation !== undefined) {
      isTurned = true;
      kept.add(chunkOf('eXIf', exifOf(orientation)));
    }
    if (type === 'IEND') return size === undefined || !hasData ? undefined : { content: kept.whole(), ...size };
    at = end;
  }
};
