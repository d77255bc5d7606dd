import t, { type Test } from 'tap';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../../src/adapters/embedded/system-clock.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { EventStoreUnavailable, type NewEvent } from '../../../src/ports/event-store.js';
import { allProjections, type ProjectionName } from '../../../src/projections/index.js';
import type { ProjectionDefinition } from '../../../src/projections/kernel/projection.js';
import { Projector } from '../../../src/workers/projector/projector.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor } from '../../fixtures/command-services.js';
import { openShop, type Shop } from '../../fixtures/shop.js';
import { createTestApp, type TestAppOptions } from '../../fixtures/test-app.js';

type Change = (projection: ProjectionDefinition) => ProjectionDefinition;

const changed = (name: ProjectionName, change: Change): readonly ProjectionDefinition[] =>
  allProjections.map((projection) => (projection.name === name ? change(projection) : projection));

const failing: Change = (projection) => ({
  ...projection,
  // What other projections look up is none of its collections.
  rules: projection.rules.map(({ lookup: _, ...rule }) => ({
    ...rule,
    ids: () => {
      throw new Error('it cannot be applied');
    },
  })),
});

const broken = failing({ name: 'broken', version: 1, collections: [], rules: allProjections.flatMap(({ rules }) => rules) });

const nextVersion: Change = (projection) => ({ ...projection, version: projection.version + 1 });

const shopOf = async (t: Test, options: TestAppOptions): Promise<Shop> => {
  const shop = await openShop({ surfaces: ['marketplace', 'authentication', 'users'], ...options });
  t.teardown(() => shop.close());
  return shop;
};

/** Requests that must work whatever happens to a read model that they do not read. */
const businessGoesOn = async (t: Test, shop: Shop): Promise<void> => {
  const { admin, ada, sam, send, services, course, purchase } = shop;
  const email = 'new.student@example.org';
  const password = 'correct horse';
  const registered = await send(null, 'POST', '/auth/register', { name: 'New', email, password });
  t.match(registered, { status: 201, body: { email } });
  t.match(await send(null, 'POST', '/api/auth/register', { email: 'second@example.org', password, role: 'student' }), { status: 201 });
  const accountId = String(registered.body['id']);
  const data = { accountId, email, at: '2026-03-01T12:00:00.000Z' };
  await services.commands.handler.handle(aggregates.account, accountId, { type: 'VerifyAccountEmail', data }, contextFor());

  t.match(await send(null, 'POST', '/auth/login', { email, password }), { status: 200, body: { accessToken: String, refreshToken: String } });
  t.match(await send(null, 'POST', '/api/auth/login', { email, password }), { status: 200, body: { data: { token: String, refreshToken: String } } });
  t.match(await send(null, 'POST', '/api/v2/user/login-user', { email, password }), { status: 201, body: { token: String } });

  const [priced, free] = [await course(), await course(0)];
  t.match(await send(sam, 'POST', '/cart/items', { courseId: priced }), { status: 201, body: { items: [{ courseId: priced }] } });
  t.match(await send(sam, 'POST', '/payments', purchase([priced])), { status: 201, body: { status: 'completed', invoiceNumber: /^INV/ } });
  t.match(await send(sam, 'POST', `/courses/${free}/enroll`), { status: 200, body: { status: 'active' } });
  t.match(await send(sam, 'GET', '/courses/user/purchased'), { status: 200, body: { total: 2 } });
  t.match(await send(sam, 'GET', '/invoices'), { status: 200, body: { total: 1 } });
  t.match(await send(admin, 'GET', '/payments'), { status: 200, body: { total: 1 } });
  t.match(await send(ada, 'GET', `/courses/${priced}`), { status: 200 });
};

t.test('a projection that cannot apply an event takes nothing down but what reads it', async (t) => {
  const shop = await shopOf(t, { projections: [...changed('coupons', failing), broken] });
  const { admin, send, store, coupon } = shop;
  const head = await store.head();
  t.match(await send(admin, 'POST', '/discounts', { code: 'SPRING', type: 'platform_wide', value: 20, valueType: 'percentage', applicableOn: 'both' }), {
    status: 202,
  }, 'it breaks under this very command, which was carried out');
  t.ok((await store.head()) > head);
  await businessGoesOn(t, shop);
  t.match(await send(admin, 'GET', '/discounts'), {
    status: 503,
    body: { code: 'read-model-unavailable', detail: /coupons \(failed since 20.*Z\)/, details: { projection: 'coupons', state: 'failed', since: /^20.*Z$/ } },
  });
  const before = await store.head();
  await t.rejects(coupon({ code: 'SUMMER' }), /503/, 'what could not be shown is not begun');
  t.equal(await store.head(), before);
  t.match(await send(admin, 'GET', '/discounts', undefined, { 'x-min-position': String(before) }), { status: 503, body: { code: 'read-model-unavailable' } });
  const health = await send(null, 'GET', '/health');
  t.match(health, { status: 200, body: { status: 'degraded', parts: { projector: { status: 'degraded', detail: /coupons: failed since.*broken: failed since/ } } } });
  t.match(
    (health.body['projections'] as readonly { projection: string }[]).find(({ projection }) => projection === 'coupons'),
    { state: 'failed', since: /^20/, failure: /CouponIssued .*it cannot be applied/ },
  );
  t.match((await shop.inject({ url: '/metrics' })).body, /registrar_projection_up\{projection="coupons",state="failed"\} 0\n/);
});

const seeded = async (events: number): Promise<MemoryEventStore<DomainEvent>> => {
  const store = new MemoryEventStore<DomainEvent>();
  const at = '2026-01-01T00:00:00.000Z';
  for (let stream = 0; stream < events / 500; stream += 1) {
    const batch = Array.from({ length: 500 }, (_, n): NewEvent<DomainEvent> => {
      const id = `${stream}.${n}`;
      const metadata = { actorId: null, correlationId: id, causationId: id, commandId: id, occurredAt: at, schemaVersion: 1 };
      return { type: 'OtpUsed', data: { otpId: id, accountId: id, purpose: 'login_verification', usedAt: at }, id, metadata };
    });
    await store.append(`otp-${stream}`, 'no_stream', batch);
  }
  return store;
};

/** The build of a projection stops before the batch that would make it level until it may go on. */
const holdBuilds = (t: Test, store: MemoryEventStore<DomainEvent>): (() => void) => {
  const subscribe = store.subscribe.bind(store);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  store.subscribe = async function* (options) {
    const isBuild = options.after === 0n && options.categories === undefined;
    for await (const batch of subscribe(options)) {
      if (isBuild && batch.live) await released;
      yield batch;
    }
  };
  t.teardown(release);
  return release;
};

/** Read models as the program before the deploy left them, in a folder. */
const deployedBefore = async (t: Test, store: MemoryEventStore<DomainEvent>): Promise<string> => {
  const folder = t.testdir();
  const readModels = await LmdbReadModels.open({ folder });
  const projector = new Projector({ store, readModels, projections: allProjections, clock: systemClock });
  await projector.start();
  t.ok(await projector.waitFor(await store.head(), 60_000, allProjections.map(({ name }) => name)));
  await projector.stop();
  await readModels.close();
  return folder;
};

// 200,000 events, and the million of a real deploy, are in bench/startup.ts.
t.test('a projection that is built over a log takes nothing down but what reads it', async (t) => {
  const store = await seeded(20_000);
  const readModelsFolder = await deployedBefore(t, store);
  const release = holdBuilds(t, store);
  const shop = await shopOf(t, { store, readModelsFolder, projections: changed('accounts', nextVersion) });
  const { sam, send } = shop;
  await businessGoesOn(t, shop);
  const named = /accounts \(being built since 20.*Z\)/;
  t.match(await send(sam, 'GET', '/users/profile'), { status: 503, body: { code: 'read-model-unavailable', detail: named } });
  t.match(await send(sam, 'GET', '/api/auth/profile'), { status: 503, body: { success: false, statusCode: 503, message: named } });
  t.match(await send(sam, 'GET', '/api/v2/user/getuser'), { status: 503, body: { success: false, code: 'read-model-unavailable', message: named } });
  t.match(await send(null, 'GET', '/health'), { status: 200, body: { status: 'degraded', parts: { projector: { detail: /accounts: building/ } } } });
  release();
  await shop.caughtUp();
  t.match(await send(sam, 'GET', '/users/profile'), { status: 200, body: { id: sam.id } });
  t.match(await send(null, 'GET', '/health'), { status: 200, body: { status: 'ok' } });
});

t.test('without the sessions nobody is let in, and nobody is told that a token is wrong', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const before = await createTestApp({ store });
  const { headers, email, password } = await before.signUp();
  await before.close();
  const readModelsFolder = await deployedBefore(t, store);
  const release = holdBuilds(t, store);
  const app = await createTestApp({ store, readModelsFolder, projections: changed('sessions', nextVersion) });
  t.teardown(() => app.close());
  const unavailable = { status: 503, code: 'read-model-unavailable', details: { projection: 'sessions', state: 'building' } };
  const profile = () => app.inject({ url: '/users/profile', headers });
  t.match((await profile()).json(), unavailable);
  t.match((await app.inject({ url: '/courses', headers })).json(), unavailable, 'a token on a public route, too');
  t.equal((await app.inject({ url: '/courses' })).statusCode, 200);
  t.equal((await app.inject({ url: '/users/profile' })).statusCode, 401, 'who sends no token is told so');
  t.match((await app.inject({ method: 'POST', url: '/auth/login', payload: { email, password } })).json(), unavailable);
  t.match((await app.inject({ url: '/health' })).json(), { status: 'unavailable', parts: { projector: { status: 'down', detail: /sessions: building/ } } });
  release();
  await app.caughtUp();
  t.equal((await profile()).statusCode, 200);
});

/** A server that has not told its head, and is away when it is asked to. */
class LogAway extends MemoryEventStore<DomainEvent> {
  isAway = false;

  knownHead(): bigint | undefined {
    return undefined;
  }

  override async head(): Promise<bigint> {
    if (this.isAway) throw new EventStoreUnavailable('away');
    return super.head();
  }
}

t.test('figures are shown while the log is away', async (t) => {
  const store = new LogAway();
  const app = await createTestApp({ surfaces: ['marketplace', 'analytics'], store });
  t.teardown(() => app.close());
  const admin = await app.signUp('admin');
  store.isAway = true;
  const { statusCode, body } = await app.inject({ url: '/analytics/funnel?from=2026-03-01&to=2026-03-02&zone=UTC', headers: admin.headers });
  t.equal(statusCode, 200, body);
  store.isAway = false;
});
