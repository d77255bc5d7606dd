import { parse } from 'csv-parse/sync';
import t from 'tap';
import { csvText, spreadsheetText } from '../../src/primitives/csv.js';

t.test('what a spreadsheet would take for a formula begins with an apostrophe', async (t) => {
  for (const text of ['=1+1', '+1', '-x', '@SUM(A1)', '\tx', '\rx', '＝1', '＋1', '－1', '＠x', "-2+3+cmd|' /C calc'!A0", '-1 000', '-', '-1.2.3']) t.equal(spreadsheetText(text), `'${text}`);
});

t.test('numbers and other texts stay as they are', async (t) => {
  for (const text of ['', '-1', '-12.50', '12', 'a=b', "'=1", ' =1', '2026-01-01']) t.equal(spreadsheetText(text), text);
});

t.test('rows are what a reader of RFC 4180 finds', async (t) => {
  const rows = [['name', 'count'], ['a "quoted", text\nof two lines', -5], ['=x', null], ['yes', true]];
  const text = csvText(rows);
  t.ok(text.endsWith('\r\n'));
  t.same(parse(text), [['name', 'count'], ['a "quoted", text\nof two lines', '-5'], ["'=x", ''], ['yes', 'true']]);
  t.equal(csvText([]), '');
});
