import t from 'tap';
import { systemClock } from '../../../src/adapters/embedded/system-clock.js';
import { clockContract } from '../../contracts/clock.js';
import { FakeClock } from '../../doubles/fake-clock.js';

clockContract('the system clock', () => ({ clock: systemClock, pass: async () => undefined }));

clockContract('the clock of the tests', () => {
  const clock = new FakeClock();
  return {
    clock,
    pass: async (milliseconds) => {
      await clock.whenWaiting();
      clock.advance(milliseconds);
    },
  };
});

t.test('the clock of the tests ends waits in the order of their times', async (t) => {
  const clock = new FakeClock();
  const { signal } = new AbortController();
  const ended: number[] = [];
  const waits = [30, 10, 20].map((ms) => clock.until(new Date(clock.now().getTime() + ms), signal).then(() => ended.push(ms)));
  clock.advance(30);
  await Promise.all(waits);
  t.same(ended, [10, 20, 30]);
});
