import t from 'tap';
import { emptyMap } from '../../../src/domain/kernel/persistent-map.js';
import { shownState } from '../../../src/commands/audit/shown-state.js';
import { stateChanges } from '../../../src/commands/audit/state-changes.js';
import { emptyFold } from '../../../src/commands/audit/stream-fold.js';
import { openShop } from '../../fixtures/shop.js';

const shop = await openShop({ surfaces: ['marketplace', 'audit'] });
t.teardown(() => shop.close());

interface WithState {
  readonly type: string;
  readonly state: Record<string, unknown>;
  readonly changes: readonly { readonly path: string; readonly before?: unknown; readonly after?: unknown }[];
}

const states = (stream: string, query = '') => shop.read<{ readonly events: readonly WithState[]; readonly nextRevision: number | null }>(`/audit/streams/${stream}?state=true${query}`);
const stateAt = (stream: string, query: string) => shop.send(shop.admin, 'GET', `/audit/streams/${stream}/state${query}`);

const bought = async (): Promise<string> => {
  const course = await shop.course();
  const { body } = await shop.send(shop.sam, 'POST', '/payments', shop.purchase([course]));
  await shop.settled();
  return String(body['id']);
};

t.test('each event of a payment tells the state after it and what it changed', async (t) => {
  const paymentId = await bought();
  const { events } = await states(`payment-${paymentId}`);
  t.same([events[0]?.type, events[0]?.state['status'], events[0]?.state['payerId']], ['PaymentOpened', 'opened', shop.sam.id]);
  const captured = events.find(({ type }) => type === 'PaymentCaptured');
  t.match(captured, { state: { status: 'captured', amount: '12.50', refunds: {} } });
  t.match(captured?.changes.filter(({ path }) => ['/status', '/amount'].includes(path)), [{ path: '/status', before: 'opened', after: 'captured' }, { path: '/amount', after: '12.50' }]);
  t.notOk(captured?.changes.some(({ path }) => path.startsWith('/quote')), 'what stayed as it was is no change');
  const later = await states(`payment-${paymentId}`, '&fromRevision=1&limit=1');
  t.strictSame(later.events, events.slice(1, 2), 'a page is as the whole');
});

t.test('a stream as it was at a revision and at a moment', async (t) => {
  const before = shop.clock.now().toISOString();
  const paymentId = await bought();
  const stream = `payment-${paymentId}`;
  t.match((await stateAt(stream, '?revision=0')).body, { revision: 0, state: { status: 'opened' }, stateTruncated: false });
  t.match((await stateAt(stream, '')).body, { state: { status: 'captured' } });
  shop.clock.advance(3_600_000);
  const { body: answer } = await shop.send(shop.admin, 'PATCH', `/payments/${paymentId}`, { status: 'refunded' });
  await shop.settled();
  t.match((await stateAt(stream, `?at=${before}`)).body, { state: { status: 'captured', takenBack: false } }, JSON.stringify(answer));
  t.equal((await stateAt(stream, '?at=2020-01-01')).status, 404, 'before it was there');
  t.equal((await stateAt(stream, '?revision=999')).status, 404);
  t.equal((await stateAt(stream, '?revision=1&at=2026-01-01')).status, 400);
  t.equal((await stateAt(stream, '?at=2026-02-31')).status, 400);
  t.equal((await shop.send(shop.sam, 'GET', `/audit/streams/${stream}/state`)).status, 403);
  t.equal((await stateAt('payment-nothing', '')).status, 404);
});

t.test('every stream that is there has states, and none of them a secret', async (t) => {
  const streams = new Set((await shop.events()).map(({ stream }) => stream));
  const secrets = (await shop.events()).flatMap(({ data }) => ('passwordHash' in data && typeof data.passwordHash === 'string' ? [data.passwordHash] : []));
  t.ok(secrets.length > 0);
  for (const stream of streams) {
    const { status, body } = await stateAt(encodeURIComponent(stream), '');
    const text = JSON.stringify(body);
    // A series of numbers has no decider.
    if (status !== 200 || (emptyFold(stream) === undefined && !stream.startsWith('invoiceSeries-'))) t.fail(`${stream}: ${status}`);
    if (secrets.some((secret) => text.includes(secret))) t.fail(`${stream} tells a secret`);
  }
  const checkout = [...streams].find((stream) => stream.startsWith('checkout-'));
  t.ok(checkout);
  t.match((await states(String(checkout))).events[0], { type: 'ProcessAdvanced', changes: [{ path: '' }] });
});

t.test('a large state is shown in part and compared in bounds', async (t) => {
  const large = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`use ${index}`, { status: 'reserved' }]));
  const shown = shownState({ uses: large }, 100);
  t.ok(shown.truncated && Object.keys((shown.value as { uses: object }).uses).length < 100);
  t.strictSame(shownState({ at: new Date(0), count: 2n, none: undefined }, 10), { value: { at: '1970-01-01T00:00:00.000Z', count: '2' }, truncated: false });
  const map = emptyMap<number>().withMutations((made) => { for (let index = 0; index < 10_001; index += 1) made.set(`${index}`, index); });
  t.strictSame(stateChanges({ map, status: 1 }, { map: map.set('x', 1), status: 2 }), { changes: [{ path: '/status', before: 1, after: 2 }], truncated: true });
  t.strictSame(stateChanges({ uses: emptyMap<number>().set('a/b', 1) }, { uses: emptyMap<number>().set('c~', 2) }), { changes: [{ path: '/uses/a~1b', before: 1 }, { path: '/uses/c~0', after: 2 }], truncated: false });
  t.equal(stateChanges(large, {}).changes.length, 100);
});
