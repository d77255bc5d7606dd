import t from 'tap';
import type { TraceNode } from '../../../src/commands/audit/trace-tree.js';
import { openShop } from '../../fixtures/shop.js';
import { faultsOfTraces, tracedIn, tracedPurchases } from '../../fixtures/traced-purchases.js';

const shop = await openShop({ surfaces: ['marketplace', 'audit'] });
t.teardown(() => shop.close());
const traced = (id: string): Promise<readonly TraceNode[]> => tracedIn(shop, id);

// test/servers/audit-traces.test.ts does it with a thousand.
t.test('every event that purchases caused is in the tree of each, once and below its cause', async (t) => {
  const purchases = await tracedPurchases(shop, 40);
  t.same(await faultsOfTraces(shop, purchases), []);
  const [first, captured] = purchases;
  if (first === undefined || captured === undefined) throw new Error('nothing was bought');
  const whole = await traced(first.paymentId);
  t.strictSame(await traced(first.correlationId), whole, 'by the request');
  t.strictSame(await traced(first.commandId), whole, 'by a command');
  const tree = await traced(captured.paymentId);
  t.same(new Set(tree.map(({ kind }) => kind)), new Set(['request', 'command', 'event', 'process', 'charge', 'mail', 'invoice']));
  t.ok(tree.some(({ event }) => event?.type === 'MailAttempted') && tree.some(({ event }) => /^Mail(?:Sent|AttemptFailed|OutcomeUnknown|Withdrawn|Abandoned)$/.test(event?.type ?? '')), 'attempts and outcomes of mails');
  t.strictSame(await traced(tree.find(({ kind }) => kind === 'mail')?.id ?? ''), tree, 'by the event of a mail');
  const invoice = tree.find(({ event }) => event?.type === 'InvoiceIssued')?.event?.data as { invoiceId: string; invoiceNumber: string };
  t.strictSame(await traced(invoice.invoiceId), tree, 'by the invoice');
  const answer = await shop.send(shop.admin, 'GET', `/audit/traces/${invoice.invoiceNumber}`);
  t.equal(answer.status, 200, JSON.stringify(answer.body));
  t.strictSame(answer.body['nodes'], JSON.parse(JSON.stringify(tree)), 'over HTTP, by the number of the invoice');
  t.match(answer.body, { truncated: false, nextCursor: null });
});

t.test('what another request does to a purchase later is in its tree, too', async (t) => {
  const course = await shop.course(20, { title: 'Later' });
  const { body } = await shop.send(shop.kim, 'POST', '/payments', { ...shop.purchase([course]), userId: shop.kim.id, amount: 20 });
  await shop.settled();
  const paymentId = String(body['id']);
  const before = await traced(paymentId);
  await shop.send(shop.admin, 'PATCH', `/payments/${paymentId}`, { status: 'refunded' });
  await shop.settled();
  const after = await traced(paymentId);
  t.ok(before.every(({ id }) => after.some((node) => node.id === id)));
  t.equal(after.filter(({ kind, parent }) => kind === 'request' && parent === null).length, 2);
  t.ok(['PaymentRefundRequested', 'PaymentRefunded'].every((type) => after.some(({ event }) => event?.type === type)));
});

t.test('a long trace comes in pages, and nothing in it is a secret', async (t) => {
  const registered = (await shop.events(`account-${shop.sam.id}`))[0];
  if (registered === undefined) throw new Error('nobody');
  const page = (query = '') => shop.read<{ nodes: TraceNode[]; truncated: boolean; nextCursor: string | null }>(`/audit/traces/${registered.metadata.correlationId}?${query}`);
  const whole = await page();
  const eventIds = (nodes: readonly TraceNode[]) => nodes.flatMap(({ id, event }) => (event === null ? [] : [id]));
  const paged: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const part = await page(`limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
    t.equal(part.truncated, part.nextCursor !== null);
    paged.push(...eventIds(part.nodes));
    cursor = part.nextCursor;
  }
  t.ok(paged.length > 1);
  t.same(paged.sort(), eventIds(whole.nodes).sort());
  t.notMatch(JSON.stringify(whole), 'quick:');
  t.match(JSON.stringify(whole), '[secret]');
  t.equal((await shop.send(shop.admin, 'GET', '/audit/traces/nothing')).status, 404);
  t.equal((await shop.send(shop.sam, 'GET', `/audit/traces/${registered.id}`)).status, 403);
});
