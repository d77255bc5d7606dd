import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { digest } from '../../primitives/canonical-json.js';
import type { InvoicePdf, PrintableInvoice } from '../../ports/invoice-pdf.js';
import { cleanText } from './clean-text.js';
import { builtIn, openFaces, type Face, type FontFiles } from './faces.js';
import { billingLines, COLUMN_GAP, columnsFor, CONTENT_BOTTOM, CONTENT_WIDTH, factsOf, PAGE, rowsOf, textsOf, titleOf, totalsOf, type Column } from './invoice-layout.js';
import { Typesetter, type Style } from './typesetter.js';

export { UnusableFont } from './faces.js';

/** Characters that no font has: a mark stands for each of them. */
export interface MissingGlyphs {
  readonly invoiceNumber: string;
  /** "U+7C3F" */
  readonly characters: readonly string[];
}

export interface InvoicePdfOptions {
  readonly seller: readonly string[];
  /** Fonts of one's own: they come before the one of the program. */
  readonly fonts?: readonly FontFiles[];
  readonly onMissingGlyphs?: (missing: MissingGlyphs) => void;
  readonly compress?: boolean;
}

/** Counts the ways in which invoices have been laid out. */
const LAYOUT = 2;
const PLAIN: Style = { size: 10, bold: false };
const BOLD: Style = { size: 10, bold: true };
const FOOTER: Style = { size: 8, bold: false };
const ROW_GAP = 8;
const MOST_NAMED = 20;

const named = (codes: Iterable<number>): readonly string[] =>
  [...codes].slice(0, MOST_NAMED).map((code) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);

/**
 * Prints invoices with pdfkit. The same invoice gives the same file, byte for byte. What every reader's own font can show is
 * printed with it; all others carry their font with them.
 */
export const invoicePdf = ({ seller, fonts = [], onMissingGlyphs, compress = true }: InvoicePdfOptions): InvoicePdf => {
  const faces = openFaces(fonts);
  const isPlain = (invoice: PrintableInvoice): boolean =>
    fonts.length === 0 && textsOf(invoice, seller).every((text) => [...cleanText(text)].every((character) => builtIn.has(character.codePointAt(0) ?? 0)));
  return {
    edition: digest([LAYOUT, ...faces.map(({ regular }) => regular)]),
    print: async (invoice) => {
      const sheet = new Sheet(invoice, isPlain(invoice) ? [builtIn] : faces, compress);
      const missing = sheet.print(invoice, seller);
      if (missing.size > 0) onMissingGlyphs?.({ invoiceNumber: invoice.invoiceNumber, characters: named(missing) });
      return sheet.finish();
    },
  };
};

class Sheet {
  readonly #document: PDFKit.PDFDocument;
  readonly #type: Typesetter;
  readonly #bytes: Promise<Buffer>;
  #y: number = PAGE.margin;

  constructor(invoice: PrintableInvoice, faces: readonly Face[], compress: boolean) {
    this.#document = new PDFDocument({
      size: 'A4',
      margin: PAGE.margin,
      bufferPages: true,
      compress,
      lang: 'en',
      info: {
        Title: `${titleOf(invoice)} ${invoice.invoiceNumber}`,
        Creator: 'Registrar',
        Producer: 'Registrar',
        CreationDate: new Date(invoice.issuedAt),
      },
    });
    this.#bytes = buffer(this.#document);
    this.#type = new Typesetter(this.#document, faces);
  }

  /** Answers the characters that could not be printed. */
  print(invoice: PrintableInvoice, seller: readonly string[]): ReadonlySet<number> {
    this.#text(titleOf(invoice), { size: 20, bold: true });
    this.#skip(6);
    seller.forEach((line, index) => this.#text(line, index === 0 ? BOLD : PLAIN));
    this.#skip(12);
    for (const [name, value] of factsOf(invoice)) this.#text(`${name}: ${value}`);
    this.#skip(12);
    const billing = billingLines(invoice);
    if (billing.length > 0) this.#text('Billed to', BOLD);
    for (const line of billing) this.#text(line);
    this.#skip(12);
    this.#table(rowsOf(invoice));
    this.#totals(totalsOf(invoice));
    return this.#type.missing;
  }

  finish(): Promise<Buffer> {
    const document = this.#document;
    const { start, count } = document.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      document.switchToPage(page);
      const [line] = this.#type.lines(`Page ${page - start + 1} of ${count}`, FOOTER, CONTENT_WIDTH);
      if (line !== undefined) this.#type.print(line, (PAGE.width - line.width) / 2, PAGE.height - PAGE.margin);
    }
    document.end();
    return this.#bytes;
  }

  #skip(height: number): void {
    this.#y += height;
  }

  /** Begins a new page where this much does not fit on this one. */
  #makeRoom(height: number): boolean {
    if (this.#y + height <= CONTENT_BOTTOM) return false;
    this.#document.addPage();
    this.#y = PAGE.margin;
    return true;
  }

  #text(text: string, style: Style = PLAIN): void {
    for (const line of this.#type.lines(text, style, CONTENT_WIDTH)) {
      this.#makeRoom(this.#type.heightOf(style));
      this.#type.print(line, PAGE.margin, this.#y);
      this.#skip(this.#type.heightOf(style));
    }
  }

  #table(rows: readonly (readonly string[])[]): void {
    const columns = columnsFor(rows, (text) => this.#type.widthOf(text, BOLD));
    const head = (): void => {
      this.#cells(columns, columns.map(({ title }) => title), BOLD);
      const y = this.#y - ROW_GAP / 2;
      this.#document.moveTo(PAGE.margin, y).lineTo(PAGE.margin + CONTENT_WIDTH, y).lineWidth(0.5).stroke();
    };
    this.#makeRoom(4 * this.#type.heightOf(PLAIN));
    head();
    for (const row of rows) this.#cells(columns, row, PLAIN, head);
  }

  #cells(columns: readonly Column[], texts: readonly string[], style: Style, onNewPage?: () => void): void {
    // Columns of amounts are wide enough for each of them.
    const cells = columns.map(({ width, align }, index) => this.#type.lines(texts[index] ?? '', style, align === 'right' ? Infinity : width - COLUMN_GAP));
    const height = Math.max(...cells.map((lines) => lines.length)) * this.#type.heightOf(style);
    if (this.#makeRoom(height)) onNewPage?.();
    let x: number = PAGE.margin;
    columns.forEach(({ width, align }, index) => {
      cells[index]?.forEach((line, place) => {
        const left = align === 'left' ? x : x + width - line.width;
        this.#type.print(line, left, this.#y + place * this.#type.heightOf(style));
      });
      x += width;
    });
    this.#skip(height + ROW_GAP);
  }

  /** Kept together, below the last row or on a page of their own. */
  #totals(totals: readonly (readonly [string, string])[]): void {
    const widest = Math.max(...totals.map(([, amount]) => this.#type.widthOf(amount, BOLD)));
    const right = PAGE.margin + CONTENT_WIDTH;
    const height = this.#type.heightOf(PLAIN) + ROW_GAP / 2;
    this.#skip(ROW_GAP / 2);
    this.#makeRoom(totals.length * height);
    totals.forEach(([name, amount], index) => {
      const style = index === totals.length - 1 ? BOLD : PLAIN;
      this.#right(name, style, right - Math.max(widest, 80) - 2 * COLUMN_GAP);
      this.#right(amount, style, right);
      this.#skip(height);
    });
  }

  #right(text: string, style: Style, x: number): void {
    const [line] = this.#type.lines(text, style, CONTENT_WIDTH);
    if (line !== undefined) this.#type.print(line, x - line.width, this.#y);
  }
}
