import { amountText } from '../../domain/kernel/money.js';
import type { PrintableInvoice } from '../../ports/invoice-pdf.js';

export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align: 'left' | 'right';
}

export const PAGE = { width: 595.28, height: 841.89, margin: 50, footer: 40 } as const;
export const CONTENT_WIDTH = PAGE.width - 2 * PAGE.margin;
export const CONTENT_BOTTOM = PAGE.height - PAGE.margin - PAGE.footer;
export const COLUMN_GAP = 8;

const TITLES = ['Description', 'Quantity', 'Price', 'Discount', 'Total'] as const;
const NARROWEST_AMOUNT = 80;

/** Columns of amounts are as wide as their widest one; the description has what is left. */
export const columnsFor = (rows: readonly (readonly string[])[], widthOf: (text: string) => number): readonly Column[] => {
  const others = TITLES.slice(1).map((title, place): Column => {
    const widest = Math.max(widthOf(title), ...rows.map((row) => widthOf(row[place + 1] ?? '')));
    return { title, width: Math.max(title === 'Quantity' ? 0 : NARROWEST_AMOUNT, widest + COLUMN_GAP), align: 'right' };
  });
  const left = CONTENT_WIDTH - others.reduce((sum, { width }) => sum + width, 0);
  return [{ title: TITLES[0], width: left, align: 'left' }, ...others];
};

export const dateText = (at: string): string =>
  new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(at));

export const titleOf = ({ content, status }: PrintableInvoice): string =>
  `${content.kind === 'invoice' ? 'Invoice' : 'Credit note'}${status === 'void' ? ' (void)' : ''}`;

export const factsOf = (invoice: PrintableInvoice): readonly (readonly [string, string])[] => [
  ['Number', invoice.invoiceNumber],
  ['Date', dateText(invoice.issuedAt)],
  ...(invoice.correctsInvoiceNumber === null ? [] : [['Corrects invoice', invoice.correctsInvoiceNumber] as const]),
  ['Payment', invoice.content.paymentId],
  ['Payment method', invoice.content.paymentMethod],
];

export const billingLines = ({ billing }: PrintableInvoice): readonly string[] => {
  if (billing === null) return [];
  const { firstName, lastName, email, phoneNumber, address, city, country } = billing;
  const name = [firstName, lastName].filter((part) => part !== undefined && part !== '').join(' ');
  return [name, address, city, country, email, phoneNumber].filter((line): line is string => line !== undefined && line !== '');
};

export const totalsOf = ({ content }: PrintableInvoice): readonly (readonly [string, string])[] => [
  ['Subtotal', amountText(content.subtotal, content.currency)],
  ['Discount', amountText(content.discount, content.currency)],
  [`Total ${content.currency}`, amountText(content.total, content.currency)],
];

const LONGEST_NAME = 300;
const shortened = (name: string): string => ([...name].length > LONGEST_NAME ? `${[...name].slice(0, LONGEST_NAME - 1).join('')}…` : name);

export const rowsOf = ({ content }: PrintableInvoice): readonly (readonly string[])[] =>
  content.items.map(({ courseName, quantity, price, discount, total }) => [
    shortened(courseName),
    String(quantity),
    ...[price, discount, total].map((amount) => amountText(amount, content.currency)),
  ]);

/** Everything that people typed, and numbers: what a font has to have. */
export const textsOf = (invoice: PrintableInvoice, seller: readonly string[]): readonly string[] => [
  ...seller,
  ...factsOf(invoice).flat(),
  ...billingLines(invoice),
  ...rowsOf(invoice).flat(),
];
