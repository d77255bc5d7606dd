import { parse } from 'csv-parse/sync';
import t from 'tap';
import { csv } from '../../../src/commands/audit/export-text.js';

t.test('texts that a spreadsheet would take for a formula begin with an apostrophe, whatever field they are in', async (t) => {
  for (const start of ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
    const reason = `${start}HYPERLINK("https://evil.example";"x")`;
    const metadata = { actorId: reason, correlationId: reason, causationId: 'c', commandId: 'c', occurredAt: '2026-03-01T12:00:00.000Z', schemaVersion: 1 };
    const event = { id: 'e', type: 'PaymentDeclined', stream: 'payment-1', revision: 0, position: 1n, data: { paymentId: '1', reason, declinedAt: '2026-03-01T12:00:00.000Z' }, metadata } as const;
    const [row] = parse(csv([{ event, index: 7 }])) as string[][];
    t.same([row?.[0], row?.[6], row?.[9], row?.[10]], ['7', `'${reason}`, `'${reason}`, `'${reason}`]);
  }
});
