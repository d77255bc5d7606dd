import t from 'tap';
import { OutOfOrderCheckpoint } from '../../../src/workers/loops/out-of-order-checkpoint.js';
import { MemoryCheckpoints } from '../../doubles/memory-checkpoints.js';

const event = (position: bigint) => ({ id: `event-${position}`, position });

t.test('stays before the oldest event that is not finished', async (t) => {
  const checkpoints = new MemoryCheckpoints();
  const work = new OutOfOrderCheckpoint(checkpoints, 'worker');
  for (const position of [1n, 2n]) t.ok(work.begin(event(position)));
  t.notOk(work.begin(event(2n)), 'it is being worked on already');
  t.ok(work.begin(event(3n)));
  await work.finish(event(3n));
  t.equal(await checkpoints.get('worker'), 0n);
  await work.finish(event(1n));
  t.equal(await checkpoints.get('worker'), 1n);
  await work.finish(event(2n));
  t.equal(await checkpoints.get('worker'), 3n);
});

t.test('what is finished while a write ends is written, whichever moment it comes in', async (t) => {
  for (let turns = 0; turns < 12; turns += 1) {
    const checkpoints = new MemoryCheckpoints();
    const work = new OutOfOrderCheckpoint(checkpoints, 'worker');
    work.begin(event(1n));
    work.begin(event(2n));
    const first = work.finish(event(1n));
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    await Promise.all([first, work.finish(event(2n))]);
    t.equal(await checkpoints.get('worker'), 2n, `${turns} turns later`);
  }
});
