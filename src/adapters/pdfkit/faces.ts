import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

/** A font in the two weights of an invoice, by names that stand for the content of its files. */
export interface Face {
  readonly regular: string;
  readonly bold: string;
  readonly has: (codePoint: number) => boolean;
  /** Absent: every reader of PDF has this font. */
  readonly embedded?: {
    readonly regular: Buffer;
    readonly bold: Buffer;
    /** The width of a character by itself, where the size is 1. */
    readonly advance: (codePoint: number, bold: boolean) => number;
  };
}

export interface FontFiles {
  readonly regular: string;
  /** Absent: the regular one. */
  readonly bold?: string | undefined;
}

/** A font file that is not there, or is none. */
export class UnusableFont extends Error {
  override readonly name = 'UnusableFont';
}

// Windows-1252 beyond Latin-1.
const BEYOND_LATIN_1 = new Set([...'€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'].map((character) => character.codePointAt(0)));

/** What every reader of PDF has: a small file for those who can do with it. */
export const builtIn: Face = {
  regular: 'Helvetica',
  bold: 'Helvetica-Bold',
  has: (code) => (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff) || BEYOND_LATIN_1.has(code),
};

const { resolve } = createRequire(import.meta.url);
/** Latin with Vietnamese, Greek, Cyrillic, and most of Hebrew and Arabic (docs/licenses/dejavu-fonts.txt). */
const dejaVu: FontFiles = {
  regular: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
};

const parsed = (file: string, content: Buffer): Font => {
  try {
    const font = create(content);
    if ('fonts' in font) throw new Error('it is a collection of fonts');
    return font;
  } catch (cause) {
    throw new UnusableFont(`${file} is no TrueType or OpenType font`, { cause });
  }
};

const read = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new UnusableFont(`${file} cannot be read`, { cause });
  }
};

const openFace = ({ regular, bold = regular }: FontFiles): Face => {
  const files = { regular: read(regular), bold: read(bold) };
  const fonts = { regular: parsed(regular, files.regular), bold: parsed(bold, files.bold) };
  const [characters, boldCharacters] = [new Set(fonts.regular.characterSet), new Set(fonts.bold.characterSet)];
  const hash = createHash('sha256').update(files.regular).update(files.bold).digest('hex');
  const advance = (code: number, isBold: boolean): number => {
    const font = isBold ? fonts.bold : fonts.regular;
    return font.glyphForCodePoint(code).advanceWidth / font.unitsPerEm;
  };
  return { regular: hash, bold: `${hash}-bold`, has: (code) => characters.has(code) && boldCharacters.has(code), embedded: { ...files, advance } };
};

let opened: Face | undefined;
const openDejaVu = (): Face => {
  opened ??= openFace(dejaVu);
  return opened;
};

/** Opens these fonts and, after them, the one that comes with the program. */
export const openFaces = (own: readonly FontFiles[] = []): readonly Face[] => [...own.map(openFace), openDejaVu()];
