import t from 'tap';
import { invoicePdf } from '../../../src/adapters/pdfkit/invoice-pdf.js';
import { printableInBuiltInFonts } from '../../../src/adapters/pdfkit/printable-text.js';
import type { InvoiceItem } from '../../../src/domain/invoice/events.js';
import type { PrintableInvoice } from '../../../src/ports/invoice-pdf.js';

const seller = ['Registrar Ltd', '1 Example Street', 'Springfield'];
const item = (courseName: string): InvoiceItem => ({
  courseId: 'c',
  courseName,
  price: '1299.00',
  quantity: 1,
  discount: '299.00',
  total: '1000.00',
});

const invoice = (over: Partial<PrintableInvoice> = {}, items: InvoiceItem[] = [item('Event sourcing')]): PrintableInvoice => ({
  invoiceNumber: 'INV-2026-000042',
  status: 'issued',
  issuedAt: '2026-03-01T23:30:00.000Z',
  content: {
    kind: 'invoice',
    origin: 'worker',
    paymentId: 'payment-1',
    userId: 'student-1',
    correctsInvoiceId: null,
    items,
    subtotal: '1299.00',
    discount: '299.00',
    total: '1000.00',
    currency: 'USD',
    paymentMethod: 'card',
  },
  billing: { firstName: 'Zoë', lastName: 'Ångström', email: 'zoe@example.com', city: 'Łódź', country: 'Poland' },
  correctsInvoiceNumber: null,
  ...over,
});

/** The text of an uncompressed file: strings of the built-in fonts, in Windows-1252, with kerning between their parts. */
const textOf = (pdf: Buffer): string =>
  [...pdf.toString('latin1').matchAll(/\[(<[^\]]*)\] TJ/g)]
    .map(([, parts = '']) => [...parts.matchAll(/<([0-9a-f]+)>/g)].map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1')).join(''))
    .join('\n');

const print = invoicePdf({ seller, compress: false });
const pagesOf = (pdf: Buffer): number => [...pdf.toString('latin1').matchAll(/\/Type \/Page\b(?!s)/g)].length;

t.test('an invoice shows seller, number, date, who pays, lines and amounts', async (t) => {
  const pdf = await print(invoice());
  t.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  t.match(pdf.subarray(-8).toString(), '%%EOF');
  t.match(pdf.toString('latin1'), '/MediaBox [0 0 595.28 841.89]');
  t.equal(pagesOf(pdf), 1);
  const text = textOf(pdf);
  const shown = [
    'Invoice', ...seller, 'INV-2026-000042', 'March 1, 2026', 'Zoë Ångström', 'zoe@example.com', 'Poland', 'Event sourcing',
    '1,299.00', '299.00', '1,000.00', 'Total USD', 'Payment method: card', 'Page 1 of 1',
  ];
  for (const part of shown) t.ok(text.includes(part), part);
});

t.test('issue 9.14: amounts have the places of the currency', async (t) => {
  const { content } = invoice();
  for (const [currency, total, printed] of [['HUF', '1010.5', '1,010.50'], ['JPY', '1010', '1,010'], ['KWD', '1.25', '1.250']] as const) {
    const lines = textOf(await print(invoice({ content: { ...content, currency, total } }))).split('\n');
    t.ok(lines.includes(printed), `${printed} ${currency}`);
  }
});

t.test('a credit note says what it corrects, a void invoice that it is void', async (t) => {
  const { content } = invoice();
  const credit = textOf(
    await print(invoice({ invoiceNumber: 'CN-2026-000001', correctsInvoiceNumber: 'INV-2026-000042', content: { ...content, kind: 'credit-note' } })),
  );
  t.match(credit, 'Credit note');
  t.match(credit, 'Corrects invoice: INV-2026-000042');
  t.match(textOf(await print(invoice({ status: 'void' }))), 'Invoice (void)');
});

t.test('the same invoice is the same file', async (t) => {
  const compressed = invoicePdf({ seller });
  const [first, second] = [await compressed(invoice()), await compressed(invoice())];
  t.ok(first.equals(second));
  t.ok(first.length < (await print(invoice())).length);
});

t.test('many lines flow onto further pages, each with its number and the heads of the columns', async (t) => {
  const items = Array.from({ length: 120 }, (_, index) => item(`Course number ${index} with a name that is long enough for two lines`));
  const pdf = await print(invoice({}, items));
  const pages = pagesOf(pdf);
  t.ok(pages > 2, `${pages} pages`);
  const text = textOf(pdf);
  for (let page = 1; page <= pages; page += 1) t.match(text, `Page ${page} of ${pages}`);
  t.equal(text.split('Description').length - 1, pages);
  for (let index = 0; index < items.length; index += 1) t.ok(text.includes(`Course number ${index} `), `line ${index}`);
});

t.test('names in any script, empty and endless ones are printed without a crash', async (t) => {
  const names = ['山田太郎', 'محمد علي', 'Дмитрий', '😀🎓', 'a\u0000b\u202e', '', 'x'.repeat(20_000), 'word '.repeat(5_000)];
  for (const name of names) {
    const pdf = await print(invoice({ billing: { firstName: name.slice(0, 500), lastName: 'Smith' } }, [item(name)]));
    t.ok(textOf(pdf).includes('Smith'), name.slice(0, 20));
  }
  t.ok(textOf(await print(invoice({ billing: null }))).includes('INV-2026-000042'));
});

t.test('without fonts of one’s own, text keeps what it can', async (t) => {
  t.equal(printableInBuiltInFonts('Zoë – 5 € “ok”'), 'Zoë – 5 € “ok”');
  t.equal(printableInBuiltInFonts('Łukasz Şahin Yılmaz Nguyễn Đức'), 'Lukasz Sahin Yilmaz Nguyen Duc');
  t.equal(printableInBuiltInFonts('e\u0301te\u0301'), 'été');
  t.equal(printableInBuiltInFonts('山田\tA\u0000\u202e'), '?? A');
});
