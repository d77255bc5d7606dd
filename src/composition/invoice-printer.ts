import type { MissingGlyphs } from '../adapters/pdfkit/invoice-pdf.js';
import { InvalidConfiguration, type Config } from '../config.js';
import type { InvoicePdf } from '../ports/invoice-pdf.js';
import type { Logger } from './logger.js';

/** The log names code points, not the words that they stand in. */
const load = async ({ invoiceSeller, invoiceFonts }: Config, logger: Logger): Promise<InvoicePdf> => {
  const { invoicePdf, UnusableFont } = await import('../adapters/pdfkit/invoice-pdf.js');
  const onMissingGlyphs = (missing: MissingGlyphs): void =>
    logger.warn(missing, 'an invoice has characters that no font has, and a mark in their place: add a font to INVOICE_FONTS');
  try {
    return invoicePdf({ seller: invoiceSeller, fonts: invoiceFonts, onMissingGlyphs });
  } catch (error) {
    throw error instanceof UnusableFont ? new InvalidConfiguration([`INVOICE_FONTS: ${error.message}`]) : error;
  }
};

/** Opens the fonts of invoices: those of the configuration at once, so that one that cannot be used ends the start; the program's own with the first print. */
export const openInvoicePrinter = async (config: Config, logger: Logger): Promise<() => Promise<InvoicePdf>> => {
  let printer: Promise<InvoicePdf> | undefined;
  const open = (): Promise<InvoicePdf> => (printer ??= load(config, logger));
  if (config.invoiceFonts.length > 0) await open();
  return open;
};
