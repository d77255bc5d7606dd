import type { Cut, CutPicture } from './cut.js';
import { cutGif } from './gif.js';
import { cutJpeg } from './jpeg.js';
import { cutPng } from './png.js';
import { cutWebp } from './webp.js';

export type { CutPicture } from './cut.js';

const cuts: Readonly<Record<string, Cut>> = { png: cutPng, jpg: cutJpeg, gif: cutGif, webp: cutWebp };

/** The picture without metadata apart from orientation and colour; undefined where it is not whole. */
export const cutPicture = (extension: string, picture: Buffer): CutPicture | undefined => {
  try {
    return cuts[extension]?.(picture);
  } catch (error) {
    // Read past its end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};
