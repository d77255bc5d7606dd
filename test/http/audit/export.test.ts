import { parse } from 'csv-parse/sync';
import t from 'tap';
import { readKey } from '../../../src/audit-verifier/signed-note.js';
import { verifyExport } from '../../../src/audit-verifier/verify-export.js';
import { openShop } from '../../fixtures/shop.js';

const shop = await openShop({ surfaces: ['marketplace', 'audit'] });
t.teardown(() => shop.close());

const HOSTILE = '=cmd|\' /C calc\'!A0';

const ask = (query = '', headers: Record<string, string> = shop.admin.headers) => shop.inject({ url: `/audit/export?${query}`, headers });
const sign = () => shop.inject({ method: 'POST', url: '/audit/checkpoints', headers: shop.admin.headers });
const linesOf = (body: string): readonly string[] => body.split('\n').slice(0, -1);
const buy = async (by: typeof shop.sam, course: string, fields: object = {}): Promise<string> => {
  const { status, body } = await shop.send(by, 'POST', '/payments', { ...shop.purchase([course]), userId: by.id, ...fields });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body['id']);
};

const course = await shop.course(12.5, { title: HOSTILE });
await shop.coupon();
const ofSam = await buy(shop.sam, course, { amount: 10, discountCode: 'SPRING' });
await shop.settled();
await sign();
const ofKim = await buy(shop.kim, course);
await shop.settled();
const second = (await sign()).json<{ size: number; note: string }>();

t.test('an export without filters is one that needs no server to be verified', async (t) => {
  const { vkey } = (await shop.inject({ url: '/audit/key' })).json<{ vkey: string }>();
  const key = readKey(vkey);
  const answer = await ask();
  t.equal(answer.statusCode, 200);
  t.match(answer.headers, { 'content-type': /^application\/x-ndjson/, 'content-disposition': `attachment; filename="audit-${second.size}.ndjson"` });
  t.equal(Buffer.from(String(answer.headers['x-audit-checkpoint']), 'base64').toString(), second.note);
  const lines = linesOf(answer.body);
  const report = await verifyExport(async function* () { yield lines; }, { keys: key === undefined ? [] : [key] });
  t.same([report.exitCode, report.vouchedUpTo, report.findings], [0, second.size, []], JSON.stringify(report));
});

t.test('an answer that broke off is gone on with after any line', async (t) => {
  const whole = (await ask()).body;
  const lines = linesOf(whole);
  const placed = lines.map((line) => JSON.parse(line) as { id?: string });
  for (const [place, { id }] of placed.entries()) {
    if (id === undefined) continue;
    const rest = (await ask(`after=${id}`)).body;
    const held = lines.slice(0, place + 1).map((line) => `${line}\n`).join('');
    // The checkpoint of this size comes with the event, or is in the part that is held.
    const next = placed[place + 1];
    const kept = next !== undefined && 'checkpoint' in next && !('size' in next) ? `${held}${lines[place + 1] ?? ''}\n` : held;
    if (kept + rest !== whole) t.fail(`after ${id}`);
  }
  t.equal((await ask('after=nothing')).statusCode, 400);
});

t.test('a search is exported as the events of what it finds, with the checkpoint that covers them', async (t) => {
  const events = async (query: string) => linesOf((await ask(query)).body).map((line) => JSON.parse(line) as { stream?: string; checkpoint?: string });
  const streams = async (query: string) => [...new Set((await events(query)).flatMap(({ stream }) => (stream === undefined ? [] : [stream])))];
  t.same(await streams(`of=payments&payer=${shop.sam.id}`), [`payment-${ofSam}`]);
  t.same(await streams(`of=payments&amountFrom=12`), [`payment-${ofKim}`]);
  t.same(await streams('of=coupons'), ['coupon-SPRING']);
  t.same((await streams(`payer=${shop.sam.id}`)).sort(), ['coupon-SPRING', `payment-${ofSam}`]);
  t.same(await streams('status=withdrawn'), []);
  t.equal((await events('of=coupons')).at(-1)?.checkpoint, second.note);
  t.equal((await ask('amountFrom=2&amountTo=1')).statusCode, 400);
});

t.test('a spreadsheet runs nothing of a CSV, and finds numbers in it', async (t) => {
  const answer = await ask('format=csv');
  t.match(answer.headers, { 'content-type': 'text/csv; charset=utf-8' });
  const rows = parse(answer.body, { columns: true }) as Record<string, string>[];
  t.equal(rows.length, second.size);
  t.same(rows.map(({ index }) => Number(index)), rows.map((_, place) => place));
  t.notOk(rows.flatMap((row) => Object.values(row)).some((cell) => /^[=+@\t\r-]/.test(cell)));
  t.match(rows.find(({ type }) => type === 'PaymentCaptured'), { amount: '10.00', currency: 'USD' });
  const half = String(rows[3]?.['id']);
  const rest = (await ask(`format=csv&after=${half}`)).body;
  t.equal(answer.body.slice(-rest.length), rest);
  t.equal(parse(rest).length, second.size - 4, 'without the line of names');
});

t.test('each export is recorded, and nobody else gets one', async (t) => {
  const before = (await shop.events()).filter(({ type }) => type === 'AuditExported').length;
  await ask('format=csv');
  await ask('format=csv');
  const after = (await shop.events()).flatMap(({ type, data }) => (type === 'AuditExported' ? [data] : []));
  t.equal(after.length, before + 2);
  t.match(after.at(-1), { accountId: shop.admin.id, path: '/audit/export', query: '{"format":"csv"}' });
  t.equal((await ask('', shop.sam.headers)).statusCode, 403);
  t.equal((await ask('format=xml')).statusCode, 400);
});
