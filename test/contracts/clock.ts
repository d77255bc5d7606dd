import t, { type Test } from 'tap';
import type { Clock } from '../../src/ports/clock.js';

/** `pass` lets that much of the clock's time go by. */
export const clockContract = (name: string, make: () => { clock: Clock; pass: (milliseconds: number) => Promise<void> }): void => {
  t.test(`${name} keeps the Clock's contract`, async (t: Test) => {
    const idle = new AbortController().signal;

    await t.test('a time that is past is reached at once', async (t) => {
      const { clock } = make();
      await clock.until(new Date(clock.now().getTime() - 1), idle);
      await clock.until(clock.now(), idle);
      t.pass('did not wait');
    });

    await t.test('until resolves when the time has come, not before', async (t) => {
      const { clock, pass } = make();
      const time = new Date(clock.now().getTime() + 40);
      const waited = clock.until(time, idle).then(() => clock.now().getTime());
      await pass(40);
      t.ok((await waited) >= time.getTime());
    });

    await t.test('after resolves when that much time has passed, not before; at once for none', async (t) => {
      const { clock, pass } = make();
      await clock.after(0, idle);
      const begin = clock.now().getTime();
      const waited = clock.after(40, idle).then(() => clock.now().getTime());
      await pass(40);
      t.ok((await waited) - begin >= 40);
    });

    await t.test('an abort ends the wait early, without an error', async (t) => {
      const { clock } = make();
      const controller = new AbortController();
      const waiting = clock.until(new Date(clock.now().getTime() + 1e12), controller.signal);
      controller.abort();
      await waiting;
      await clock.until(new Date(clock.now().getTime() + 1e12), controller.signal);
      await clock.after(1e12, controller.signal);
      t.pass('did not wait');
    });

    await t.test('waits longer than a timer can be set for do not end at once', async (t) => {
      const { clock } = make();
      const controller = new AbortController();
      let ended = false;
      const tooLong = 2 ** 31 + 1_000;
      const waits = [clock.until(new Date(clock.now().getTime() + tooLong), controller.signal), clock.after(tooLong, controller.signal)];
      const waiting = Promise.all(waits.map((wait) => wait.then(() => (ended = true))));
      await new Promise((resolve) => setImmediate(resolve));
      t.equal(ended, false);
      controller.abort();
      await waiting;
    });
  });
};
