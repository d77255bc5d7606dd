import t from 'tap';
import type { Position } from '../../../src/ports/event-store.js';
import { createTestApp } from '../../fixtures/test-app.js';

/** Read models that never get past a position. */
const stuckAt = (limit: { position: Position | null }) => ({
  services: (services: Parameters<NonNullable<Parameters<typeof createTestApp>[0]>['services'] & object>[0]) => ({
    ...services,
    progress: {
      reached: (projections: readonly string[]) => services.progress.reached(projections),
      lag: () => services.progress.lag(),
      unavailable: (projections: readonly string[]) => services.progress.unavailable(projections),
      waitFor: async (position: Position, timeoutMs: number, projections: readonly string[]) =>
        limit.position !== null && position > limit.position ? false : services.progress.waitFor(position, timeoutMs, projections),
    },
  }),
});

t.test('a command that the read models do not show in time is answered 202 with its position', async (t) => {
  const limit: { position: Position | null } = { position: null };
  const app = await createTestApp({ surfaces: ['marketplace'], ...stuckAt(limit) });
  t.teardown(() => app.close());
  const ada = await app.signUp();
  limit.position = await app.store.head();
  const headers = { ...ada.headers, 'idempotency-key': 'slow' };
  const change = () => app.inject({ method: 'PATCH', url: '/users/profile', payload: { name: 'Late' }, headers });
  const accepted = await change();
  t.equal(accepted.statusCode, 202);
  t.match(accepted.json(), { status: 'accepted', position: accepted.headers['x-position'] });
  limit.position = null;
  const repeated = await change();
  t.equal(repeated.statusCode, 200, 'the repeat is answered in full');
  t.match(repeated.json(), { name: 'Late' });
  t.equal((await app.events(`account-${ada.id}`)).filter(({ type }) => type === 'AccountProfileChanged').length, 1);
});

t.test('a read with X-Min-Position waits for it', async (t) => {
  const limit: { position: Position | null } = { position: null };
  const app = await createTestApp({ surfaces: ['marketplace'], ...stuckAt(limit) });
  t.teardown(() => app.close());
  const ada = await app.signUp();
  const changed = await app.inject({ method: 'PATCH', url: '/users/profile', payload: { name: 'Read' }, headers: ada.headers });
  const position = String(changed.headers['x-position']);
  const read = (wanted: string) => app.inject({ url: '/users/profile', headers: { ...ada.headers, 'x-min-position': wanted } });
  t.match((await read(position)).json(), { name: 'Read' });
  limit.position = 1n;
  const late = await read(position);
  t.equal(late.statusCode, 503);
  t.match(late.headers, { 'retry-after': '1' });
  t.match(late.json(), { code: 'position-not-reached' });
  for (const bad of ['-1', 'x', '1.5', '9'.repeat(40)]) {
    t.match((await read(bad)).json(), { status: 400, errors: [{ field: 'X-Min-Position' }] }, bad);
  }
});
