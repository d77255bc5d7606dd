const ORIENTATION = 0x0112;
const SHORT = 3;
const UPRIGHT = 1;

/** The orientation that Exif data gives a picture, 2 to 8; undefined: upright, or none is named. */
export const orientationIn = (exif: Buffer): number | undefined => {
  const byteOrder = exif.toString('latin1', 0, 2);
  if (exif.length < 14 || (byteOrder !== 'II' && byteOrder !== 'MM')) return undefined;
  const isLittle = byteOrder === 'II';
  const short = (at: number): number => (at + 2 > exif.length ? 0 : isLittle ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
  const directory = isLittle ? exif.readUInt32LE(4) : exif.readUInt32BE(4);
  const entries = short(directory);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > exif.length) return undefined;
    if (short(at) !== ORIENTATION || short(at + 2) !== SHORT) continue;
    const orientation = short(at + 8);
    return orientation > UPRIGHT && orientation <= 8 ? orientation : undefined;
  }
  return undefined;
};

/** Exif data that says this and nothing else. */
export const exifOf = (orientation: number): Buffer =>
  Buffer.from(['4d4d002a00000008', '0001', '0112000300000001', orientation.toString(16).padStart(4, '0'), '0000', '00000000'].join(''), 'hex');
