import t from 'tap';
import { createLogger } from '../../src/composition/logger.js';
import { openInvoicePrinter } from '../../src/composition/invoice-printer.js';
import { loadConfig } from '../../src/config.js';

const configWith = (fonts: string, folder: string) => loadConfig({ NODE_ENV: 'test', DATA_DIR: folder, INVOICE_FONTS: fonts });

t.test('issue 9.15: a font that can not be used ends the start, by the name of the setting', async (t) => {
  const folder = t.testdir({ 'no.ttf': 'hello' });
  const logger = createLogger('silent');
  await t.rejects(openInvoicePrinter(configWith(`${folder}/none.ttf`, folder), logger), /INVOICE_FONTS: .*none\.ttf cannot be read/);
  await t.rejects(openInvoicePrinter(configWith(`${folder}/no.ttf`, folder), logger), /INVOICE_FONTS: .*no\.ttf is no TrueType/);
  t.ok((await (await openInvoicePrinter(configWith('', folder), logger))()).edition);
});

t.test('issue 9.15: the log says which characters no font has, and in which invoice', async (t) => {
  const lines: string[] = [];
  const logger = createLogger('warn', { write: (line) => lines.push(line) });
  const printer = await (await openInvoicePrinter(configWith('', t.testdir()), logger))();
  await printer.print({
    invoiceNumber: 'INV-2026-000007',
    status: 'issued',
    issuedAt: '2026-03-01T12:00:00.000Z',
    content: {
      kind: 'invoice', origin: 'worker', paymentId: 'p', userId: 'u', correctsInvoiceId: null, items: [],
      subtotal: '0.00', discount: '0.00', total: '0.00', currency: 'USD', paymentMethod: 'card',
    },
    billing: { firstName: '山', lastName: 'Smith' },
    correctsInvoiceNumber: null,
  });
  t.equal(lines.length, 1);
  t.match(JSON.parse(lines[0] ?? '{}'), { level: 40, invoiceNumber: 'INV-2026-000007', characters: ['U+5C71'] });
  t.notMatch(lines[0], /Smith/);
});
