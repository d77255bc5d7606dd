import { sha256Hex } from './canonical-json.js';

const FIRST = 0xd800;
const escapes = Array.from({ length: 0x800 }, (_, place) => `\\u${(FIRST + place).toString(16)}`);

/**
 * Whether the text, with one lone surrogate back in each place of U+FFFD (or three of them), has that hash: builds before 2026-11-26
 * hashed half a character that their store did not keep.
 */
export const isHashOfReplacedText = (text: string, hash: string): boolean => {
  if (!text.includes('\ufffd')) return false;
  return [/\ufffd{3}|\ufffd/u, /\ufffd/u].some((place) => {
    const parts = text.split(place);
    return escapes.some((escape) => sha256Hex(parts.join(escape)) === hash);
  });
};
