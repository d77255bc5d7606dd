import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { InvoicePdf, PrintableInvoice } from '../../ports/invoice-pdf.js';
import { billingLines, COLUMNS, CONTENT_BOTTOM, CONTENT_WIDTH, factsOf, PAGE, rowsOf, titleOf, totalsOf } from './invoice-layout.js';
import { printableInBuiltInFonts } from './printable-text.js';

export interface InvoicePdfOptions {
  readonly seller: readonly string[];
  /** TrueType or OpenType fonts for scripts beyond Western European ones; without them such letters are replaced. */
  readonly fonts?: { readonly regular: Uint8Array; readonly bold: Uint8Array };
  readonly compress?: boolean;
}

const LINE_GAP = 4;
const ROW_GAP = 8;

/** Prints invoices with pdfkit. The same invoice gives the same file, byte for byte. */
export const invoicePdf =
  (options: InvoicePdfOptions): InvoicePdf =>
  async (invoice) => {
    const sheet = new Sheet(invoice, options);
    sheet.print(invoice, options.seller);
    return sheet.finish();
  };

class Sheet {
  readonly #document: PDFKit.PDFDocument;
  readonly #regular: string;
  readonly #bold: string;
  readonly #printable: (text: string) => string;
  readonly #bytes: Promise<Buffer>;

  constructor(invoice: PrintableInvoice, { fonts, compress = true }: InvoicePdfOptions) {
    this.#printable = fonts === undefined ? printableInBuiltInFonts : (text) => text;
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
    this.#regular = fonts === undefined ? 'Helvetica' : 'regular';
    this.#bold = fonts === undefined ? 'Helvetica-Bold' : 'bold';
    if (fonts !== undefined) this.#document.registerFont('regular', Buffer.from(fonts.regular)).registerFont('bold', Buffer.from(fonts.bold));
  }

  print(invoice: PrintableInvoice, seller: readonly string[]): void {
    const document = this.#document;
    this.#text(titleOf(invoice), { size: 20, bold: true });
    document.moveDown(0.5);
    seller.forEach((line, index) => this.#text(line, { bold: index === 0 }));
    document.moveDown();
    for (const [name, value] of factsOf(invoice)) this.#text(`${name}: ${value}`);
    document.moveDown();
    const billing = billingLines(invoice);
    if (billing.length > 0) this.#text('Billed to', { bold: true });
    for (const line of billing) this.#text(line);
    document.moveDown();
    this.#headRow();
    for (const row of rowsOf(invoice)) this.#row(row);
    this.#totals(totalsOf(invoice));
  }

  finish(): Promise<Buffer> {
    const document = this.#document;
    const { start, count } = document.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      document.switchToPage(page);
      // pdfkit would begin another page below the margin.
      document.page.margins.bottom = 0;
      document.font(this.#regular).fontSize(8);
      document.text(`Page ${page - start + 1} of ${count}`, PAGE.margin, PAGE.height - PAGE.margin, { width: CONTENT_WIDTH, align: 'center' });
    }
    document.end();
    return this.#bytes;
  }

  #text(text: string, { size = 10, bold = false }: { size?: number; bold?: boolean } = {}): void {
    this.#document.font(bold ? this.#bold : this.#regular).fontSize(size);
    this.#document.text(this.#printable(text), PAGE.margin, undefined, { width: CONTENT_WIDTH });
  }

  #headRow(): void {
    this.#cells(COLUMNS.map(({ title }) => title), true);
    const y = this.#document.y - LINE_GAP;
    this.#document.moveTo(PAGE.margin, y).lineTo(PAGE.margin + CONTENT_WIDTH, y).lineWidth(0.5).stroke();
  }

  #row(texts: readonly string[]): void {
    if (this.#document.y + this.#heightOf(texts) > CONTENT_BOTTOM) {
      this.#document.addPage();
      this.#headRow();
    }
    this.#cells(texts, false);
  }

  #heightOf(texts: readonly string[]): number {
    this.#document.font(this.#regular).fontSize(10);
    const heights = COLUMNS.map(({ width }, index) => this.#document.heightOfString(this.#printable(texts[index] ?? ''), { width: width - LINE_GAP }));
    return Math.max(...heights);
  }

  #cells(texts: readonly string[], bold: boolean): void {
    const document = this.#document;
    document.font(bold ? this.#bold : this.#regular).fontSize(10);
    const { y } = document;
    let x: number = PAGE.margin;
    let bottom = y;
    COLUMNS.forEach(({ width, align }, index) => {
      document.text(this.#printable(texts[index] ?? ''), x, y, { width: width - LINE_GAP, align });
      bottom = Math.max(bottom, document.y);
      x += width;
    });
    document.x = PAGE.margin;
    document.y = bottom + ROW_GAP;
  }

  #totals(totals: readonly (readonly [string, string])[]): void {
    const document = this.#document;
    if (document.y + totals.length * 20 > CONTENT_BOTTOM) document.addPage();
    document.moveDown(0.5);
    totals.forEach(([name, amount], index) => {
      document.font(index === totals.length - 1 ? this.#bold : this.#regular).fontSize(10);
      const { y } = document;
      const width = CONTENT_WIDTH - LINE_GAP;
      document.text(name, PAGE.margin, y, { width: width - 100, align: 'right' });
      document.text(amount, PAGE.margin, y, { width, align: 'right' });
      document.y = y + 16;
    });
  }
}
