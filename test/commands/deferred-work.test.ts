import t from 'tap';
import { DeferredWork } from '../../src/commands/deferred-work.js';

t.test('work begins later, is waited for, and its failure is told', async (t) => {
  const failures: unknown[] = [];
  const deferred = new DeferredWork({ onFailure: (error) => failures.push(error) });
  const done: string[] = [];
  deferred.defer(async () => done.push('first'));
  deferred.defer(() => Promise.reject(new Error('no')));
  t.same(done, []);
  await deferred.settled();
  t.same(done, ['first']);
  t.match(failures, [{ message: 'no' }]);
});

t.test('when there is too much of it, whoever comes next waits', async (t) => {
  const begins: (() => void)[] = [];
  const deferred = new DeferredWork({ most: 2, start: (begin) => void begins.push(begin) });
  await deferred.room();
  deferred.defer(async () => undefined);
  await deferred.room();
  deferred.defer(async () => undefined);
  let mayGoOn = false;
  const waited = deferred.room().then(() => (mayGoOn = true));
  await new Promise(setImmediate);
  t.equal(mayGoOn, false);
  begins[0]?.();
  await waited;
  t.equal(mayGoOn, true);
  begins[1]?.();
  await deferred.settled();
});
