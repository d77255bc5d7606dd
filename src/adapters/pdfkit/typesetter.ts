import bidiFactory from 'bidi-js/dist/bidi.mjs';
import { cleanText } from './clean-text.js';
import type { Face } from './faces.js';

export interface Style {
  readonly size: number;
  readonly bold: boolean;
}

/** What one call prints: of one font and one direction. */
interface Piece {
  readonly text: string;
  readonly font: string;
}

export interface Line extends Style {
  /** From left to right, as they are seen. */
  readonly pieces: readonly Piece[];
  readonly width: number;
}

/** What a person takes for one character. */
interface Cell extends Piece {
  readonly width: number;
  /** Odd: from right to left. */
  readonly level: number;
}

/** In place of what no font has. */
const NO_GLYPH = '\ufffd';
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const JOINERS = new Set([0x200c, 0x200d]);
const LINE_HEIGHT = 1.2;
const ASCENT = 0.95;

const bidi = bidiFactory();
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });
const codesOf = (text: string): readonly number[] => [...text].map((character) => character.codePointAt(0) ?? 0);

/** Rule L2 of the Unicode Bidirectional Algorithm: reverses from the highest level down to the lowest odd one. */
const inVisualOrder = (cells: readonly Cell[]): readonly Cell[] => {
  const ordered = [...cells];
  const highest = Math.max(0, ...cells.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let start = 0; start < ordered.length; start += 1) {
      let end = start;
      while ((ordered[end]?.level ?? 0) >= level) end += 1;
      ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end;
    }
  }
  return ordered;
};

// The font's own rules turn letters of these scripts round and join them, so they are handed on as they were typed.
const isTurnedByFont = ({ text, level }: Cell): boolean => level % 2 === 1 && RIGHT_TO_LEFT.test(text);

const piecesOf = (cells: readonly Cell[]): readonly Piece[] => {
  const pieces: (Piece & { readonly kind: 'left' | 'turned' | 'alone' })[] = [];
  for (const cell of inVisualOrder(cells)) {
    const { text, font, level } = cell;
    const kind = level % 2 === 0 ? 'left' : isTurnedByFont(cell) ? 'turned' : 'alone';
    const last = pieces.at(-1);
    if (last === undefined || last.kind !== kind || kind === 'alone' || last.font !== font) {
      pieces.push({ kind, font, text: kind === 'alone' ? (bidi.getMirroredCharacter(text) ?? text) : text });
    } else {
      pieces[pieces.length - 1] = { ...last, text: kind === 'turned' ? text + last.text : last.text + text };
    }
  }
  return pieces.map(({ text, font }) => ({ text, font }));
};

/** Breaks text into lines and prints them, each character in the first font that has it, scripts from right to left in their order. */
export class Typesetter {
  /** Code points that no font has. */
  readonly missing = new Set<number>();
  readonly #document: PDFKit.PDFDocument;
  readonly #faces: readonly Face[];
  readonly #widths = new Map<string, number>();

  constructor(document: PDFKit.PDFDocument, faces: readonly Face[]) {
    this.#document = document;
    this.#faces = faces;
    for (const { regular, bold, embedded } of faces) {
      if (embedded !== undefined) document.registerFont(regular, embedded.regular).registerFont(bold, embedded.bold);
    }
  }

  heightOf({ size }: Style): number {
    return size * LINE_HEIGHT;
  }

  /** Lines break at spaces, and within a word that is longer than a line. */
  lines(text: string, style: Style, width: number): readonly Line[] {
    const cells = this.#cells(text, style);
    const lines: Line[] = [];
    let start = 0;
    let used = 0;
    let space = -1;
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index];
      if (cell === undefined) continue;
      used += cell.width;
      if (cell.text === ' ') {
        space = index;
      } else if (used > width && index > start) {
        const next = space >= start ? space + 1 : index;
        lines.push(this.#line(cells.slice(start, next), style));
        start = next;
        used = cells.slice(start, index + 1).reduce((sum, one) => sum + one.width, 0);
      }
    }
    return [...lines, this.#line(cells.slice(start), style)];
  }

  widthOf(text: string, style: Style): number {
    return this.#line(this.#cells(text, style), style).width;
  }

  print({ pieces, size }: Line, x: number, y: number): void {
    let left = x;
    for (const { text, font } of pieces) {
      this.#document.font(font).fontSize(size).text(text, left, y + size * ASCENT, { lineBreak: false, baseline: 'alphabetic' });
      left += this.#measure(text, font, size);
    }
  }

  #cells(text: string, style: Style): readonly Cell[] {
    const pieces = [...characters.segment(cleanText(text))].map(({ segment }) => this.#inItsFont(segment, style));
    const { levels } = bidi.getEmbeddingLevels(pieces.map((piece) => piece.text).join(''));
    let place = 0;
    return pieces.map((piece) => {
      const level = levels[place] ?? 0;
      place += piece.text.length;
      return { ...piece, level };
    });
  }

  #inItsFont(text: string, style: Style): Omit<Cell, 'level'> {
    const codes = codesOf(text).filter((code) => !JOINERS.has(code));
    const face = this.#faces.find(({ has }) => codes.every(has));
    if (face !== undefined) return this.#measured(text, codes, face, style);
    for (const code of codes) if (!this.#faces.some(({ has }) => has(code))) this.missing.add(code);
    const last = this.#faces.at(-1);
    if (last === undefined) throw new Error('there is no font');
    return this.#measured(NO_GLYPH, codesOf(NO_GLYPH), last, style);
  }

  // Without the font's rules for neighbours, which cost too much for each character by itself.
  #measured(text: string, codes: readonly number[], { regular, bold, embedded }: Face, style: Style): Omit<Cell, 'level'> {
    const font = style.bold ? bold : regular;
    if (embedded === undefined) return { text, font, width: this.#measure(text, font, style.size) };
    const width = codes.reduce((sum, code) => sum + embedded.advance(code, style.bold), 0) * style.size;
    return { text, font, width };
  }

  #line(cells: readonly Cell[], style: Style): Line {
    const end = cells.findLastIndex(({ text }) => text !== ' ') + 1;
    const pieces = piecesOf(cells.slice(0, end));
    return { ...style, pieces, width: pieces.reduce((sum, { text, font }) => sum + this.#measure(text, font, style.size), 0) };
  }

  #measure(text: string, font: string, size: number): number {
    const key = `${font} ${size} ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    const width = this.#document.font(font).fontSize(size).widthOfString(text);
    this.#widths.set(key, width);
    return width;
  }
}
