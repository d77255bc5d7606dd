import { Readable } from 'node:stream';
import { digest } from '../../../primitives/canonical-json.js';
import type { PrintableInvoice } from '../../../ports/invoice-pdf.js';
import { invoiceById, type InvoiceView } from '../../../projections/invoices/queries.js';
import type { HttpServices } from '../../http-services.js';
import { Problem } from '../../shared/problem.js';

const printable = async ({ readModels }: HttpServices, invoice: InvoiceView): Promise<PrintableInvoice> => {
  const { invoiceNumber, issuedAt, status, content, billing } = invoice;
  if (invoiceNumber === null || issuedAt === null) {
    throw new Problem(409, 'invoice-not-issued', 'The invoice has no number yet: ask again in a moment.');
  }
  const corrected = content.correctsInvoiceId === null ? undefined : await invoiceById(readModels, content.correctsInvoiceId);
  const correctsInvoiceNumber = corrected?.invoiceNumber ?? null;
  return { invoiceNumber, issuedAt, status: status === 'void' ? 'void' : 'issued', content, billing, correctsInvoiceNumber };
};

/** The invoice as PDF, printed once for its content and edition, and kept. */
export const invoiceFile = async (
  services: HttpServices,
  invoice: InvoiceView,
): Promise<{ readonly name: string; readonly content: Readable }> => {
  const { files } = services;
  const { edition, print } = await services.invoicePdf();
  const document = await printable(services, invoice);
  const name = `${document.invoiceNumber}.pdf`;
  const key = `invoices/${invoice.id}/${digest({ ...document, edition })}.pdf`;
  const kept = await files.get(key);
  if (kept !== undefined) return { name, content: kept.content };
  const printed = await print(document);
  await files.put(key, printed, { contentType: 'application/pdf', disposition: `attachment; filename="${name}"` });
  return { name, content: Readable.from([printed]) };
};
