import { UnusableFont } from '../adapters/pdfkit/faces.js';
import { invoicePdf, type MissingGlyphs } from '../adapters/pdfkit/invoice-pdf.js';
import { InvalidConfiguration, type Config } from '../config.js';
import type { InvoicePdf } from '../ports/invoice-pdf.js';
import type { Logger } from './logger.js';

/** Opens the fonts of invoices. The log names code points, not the words that they stand in. */
export const openInvoicePrinter = ({ invoiceSeller, invoiceFonts }: Config, logger: Logger): InvoicePdf => {
  const onMissingGlyphs = (missing: MissingGlyphs): void =>
    logger.warn(missing, 'an invoice has characters that no font has, and a mark in their place: add a font to INVOICE_FONTS');
  try {
    return invoicePdf({ seller: invoiceSeller, fonts: invoiceFonts, onMissingGlyphs });
  } catch (error) {
    throw error instanceof UnusableFont ? new InvalidConfiguration([`INVOICE_FONTS: ${error.message}`]) : error;
  }
};
