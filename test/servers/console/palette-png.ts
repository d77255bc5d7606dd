import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four bytes for each pixel, in base64. */
  readonly bytes: string;
}

const MOST_COLOURS = 256;
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
};

/** By the browser, which knows how to read a PNG. */
const pixelsOf = (page: Page, png: Buffer): Promise<Pixels> =>
  page.evaluate(`(async () => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob('${png.toString('base64')}'), (c) => c.charCodeAt(0))]));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let text = '';
    for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
    return { width: image.width, height: image.height, bytes: btoa(text) };
  })()`);

const STEP = 24;
const rounded = (value: number): number => Math.min(255, Math.round(value / STEP) * STEP);

const distance = (one: number, other: number): number => [16, 8, 0].reduce((sum, shift) => sum + Math.abs(((one >> shift) & 255) - ((other >> shift) & 255)), 0);

/** Which colour of a short list each pixel has: the most frequent ones, after those of shades that hardly differ were taken together. */
const paletteOf = (colours: readonly number[]): { readonly palette: readonly number[]; readonly placeOf: ReadonlyMap<number, number> } => {
  const shades = new Map<number, Map<number, number>>();
  for (const colour of colours) {
    const shade = (rounded((colour >> 16) & 255) << 16) | (rounded((colour >> 8) & 255) << 8) | rounded(colour & 255);
    const found = shades.get(shade) ?? new Map<number, number>();
    found.set(colour, (found.get(colour) ?? 0) + 1);
    shades.set(shade, found);
  }
  const ranked = [...shades.values()].map((found) => {
    const [[most = 0] = []] = [...found].sort(([, one], [, other]) => other - one);
    return { most, count: [...found.values()].reduce((sum, count) => sum + count, 0) };
  });
  const palette = ranked.sort((one, other) => other.count - one.count).slice(0, MOST_COLOURS).map(({ most }) => most);
  const nearest = (colour: number): number => palette.reduce((best, candidate, place) => (distance(candidate, colour) < distance(palette[best] ?? 0, colour) ? place : best), 0);
  return { palette, placeOf: new Map([...new Set(colours)].map((colour) => [colour, nearest(colour)])) };
};

/** The same picture with at most 256 colours, which is a third as long. */
export const palettePng = async (page: Page, png: Buffer): Promise<Buffer> => {
  const { width, height, bytes } = await pixelsOf(page, png);
  const data = Buffer.from(bytes, 'base64');
  const colours = Array.from({ length: width * height }, (_, pixel) => data.readUIntBE(pixel * 4, 3));
  const { palette, placeOf } = paletteOf(colours);
  const rows = Buffer.alloc((width + 1) * height);
  for (const [pixel, colour] of colours.entries()) rows[Math.floor(pixel / width) * (width + 1) + 1 + (pixel % width)] = placeOf.get(colour) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const table = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', table), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
};
