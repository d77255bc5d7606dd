import { createRequire } from 'node:module';
import { join } from 'node:path';
import t from 'tap';
import { invoicePdf, type MissingGlyphs } from '../../../src/adapters/pdfkit/invoice-pdf.js';
import type { InvoiceItem } from '../../../src/domain/invoice/events.js';
import type { PrintableInvoice } from '../../../src/ports/invoice-pdf.js';
import { printedLines, printedTexts } from '../../fixtures/pdf-text.js';

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

const textOf = (pdf: Buffer): string => printedLines(pdf).join('\n');

const { print } = invoicePdf({ seller, compress: false });
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
    t.ok(lines.includes(`Total ${currency}${printed}`), `${printed} ${currency}`);
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
  const { print: compressed } = invoicePdf({ seller });
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

/** Like people, with what they are called in Latin, Greek, Cyrillic, Vietnamese. */
const people = ['Żółć Gęślą', 'Ελένη Παπαδοπούλου', 'Дмитрий Ёлкин', 'Nguyễn Đức Phượng', 'Łukasz Şahin Yılmaz', 'Zoë Ångström'];

t.test('issue 9.15: names are printed as they were typed', async (t) => {
  const missing: unknown[] = [];
  const { print: printed } = invoicePdf({ seller, compress: false, onMissingGlyphs: (glyphs) => missing.push(glyphs) });
  for (const name of people) {
    const lines = printedLines(await printed(invoice({ billing: { firstName: name, lastName: 'Doe' } }, [item(name.normalize('NFD'))])));
    t.ok(lines.includes(`${name} Doe`), name);
    t.ok(lines.some((line) => line.startsWith(name) && line.endsWith('1,000.00')), `${name} as a course`);
  }
  t.same(missing, []);
});

t.test('issue 9.15: where no font has a character there is a mark, and a report of it', async (t) => {
  const missing: MissingGlyphs[] = [];
  const { print: printed } = invoicePdf({ seller, compress: false, onMissingGlyphs: (glyphs) => missing.push(glyphs) });
  const lines = printedLines(await printed(invoice({ billing: { firstName: '山田', lastName: 'Tarō' } })));
  t.ok(lines.includes('\ufffd\ufffd Tarō'));
  t.same(missing, [{ invoiceNumber: 'INV-2026-000042', characters: ['U+5C71', 'U+7530'] }]);
});

t.test('issue 9.15: a font of one’s own comes first, and makes another edition', async (t) => {
  const file = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSerif.ttf');
  const own = invoicePdf({ seller, compress: false, fonts: [{ regular: file }] });
  const pdf = await own.print(invoice({ billing: { firstName: 'Ελένη', lastName: 'שלום' } }));
  t.match(pdf.toString('latin1'), /DejaVuSerif/);
  t.ok(printedLines(pdf).includes('םולש Ελένη') || printedLines(pdf).includes('Ελένη םולש'), 'the program’s font fills the gap');
  t.not(own.edition, invoicePdf({ seller }).edition);
  const folder = t.testdir({ 'no.ttf': 'hello' });
  for (const wrong of [join(folder, 'none.ttf'), join(folder, 'no.ttf')]) {
    t.throws(() => invoicePdf({ seller, fonts: [{ regular: wrong }] }), { name: 'UnusableFont', message: new RegExp(wrong) });
  }
});

t.test('issue 9.15: what is written from right to left stands in its order', async (t) => {
  const lineOf = async (name: string): Promise<string | undefined> => {
    const lines = printedLines(await print(invoice({ billing: { firstName: name } })));
    return lines[lines.indexOf('Billed to') + 1];
  };
  t.equal(await lineOf('דוד כהן'), 'ןהכ דוד');
  t.equal(await lineOf('דוד (בן 12) Cohen'), 'Cohen (12 ןב) דוד');
  t.equal(await lineOf('Cohen דוד כהן Ltd'), 'Cohen ןהכ דוד Ltd');
  t.equal((await lineOf('محمد علي'))?.normalize('NFKC'), 'يلع دمحم');
  t.equal(await lineOf('abc\u202edef'), 'abcdef', 'nobody turns the text of others round');
});

t.test('issue 9.15: long names wrap, and nothing leaves the page', async (t) => {
  const { content } = invoice();
  const amount = '999999999999.99';
  const names = ['x'.repeat(280), 'Εξαιρετικά μεγάλο όνομα '.repeat(12), 'כותרת ארוכה מאוד '.repeat(15), 'Short'];
  for (const count of [1, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 200]) {
    const items = Array.from({ length: count }, (_, index) => ({ ...item(names[count === 200 ? index % 4 : 3] ?? ''), price: amount, total: amount, discount: '0.00' }));
    const total = '199999999999998.00';
    const pdf = await print(invoice({ billing: { firstName: 'W'.repeat(400), lastName: 'Smith' }, content: { ...content, items, subtotal: total, total } }));
    const texts = printedTexts(pdf);
    const outside = texts.filter(({ x, y, text }) => x < 49.9 || x > 545.3 || y < 50 || y > (text.startsWith('Page ') ? 810 : 752));
    t.same(outside, [], `${count} lines`);
    const label = texts.findLast(({ text }) => text === 'Total USD');
    const [subtotal, last] = texts.filter(({ text }) => text === '199,999,999,999,998.00');
    t.ok(label !== undefined && last !== undefined && label.page === last.page && label.y === last.y, 'the total stands beside its name');
    t.ok(label !== undefined && last !== undefined && label.x + 55 < last.x, 'and not in it');
    t.equal(subtotal?.page, last?.page);
    t.equal(texts.filter(({ text }) => text === '999,999,999,999.99').length, 2 * count, 'amounts do not wrap');
  }
});
