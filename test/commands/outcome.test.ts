import t from 'tap';
import { combined, done, effectOf, noEffect, succeeded } from '../../src/commands/outcome.js';
import { reject } from '../../src/domain/kernel/decider.js';

const carriedOut = { ok: true, state: { secret: 'of the aggregate' }, revision: 4, position: 7n, duplicate: false, changed: true } as const;

void t.test('one command: its value, position and whether it changed something, and nothing of the state', async (t) => {
  t.same(done(carriedOut, 'value'), { ok: true, value: 'value', position: 7n, changed: true });
  t.same(done({ ...carriedOut, changed: false }, null), { ok: true, value: null, position: 7n, changed: false });
});

void t.test('a refused command refuses the use case', async (t) => {
  const refusal = reject('cart-full', { most: 100 });
  t.same(done(refusal, 'value'), refusal);
});

void t.test('several commands: as far as the last of them, in whatever order, and changed if any changed something', async (t) => {
  const early = { position: 3n, changed: true };
  const late = { position: 9n, changed: false };
  for (const effects of [[early, late], [late, early]]) {
    t.same(combined(...effects), { position: 9n, changed: true });
    t.same(succeeded('value', ...effects), { ok: true, value: 'value', position: 9n, changed: true });
  }
  t.same(combined(late, { position: 5n, changed: false }), { position: 9n, changed: false });
  t.same(combined(), noEffect);
});

void t.test('a command that does not decide has no effect when it is refused', async (t) => {
  t.match(effectOf(carriedOut), { position: 7n, changed: true });
  t.same(effectOf(reject('otp-too-many')), { position: 0n, changed: false });
});
