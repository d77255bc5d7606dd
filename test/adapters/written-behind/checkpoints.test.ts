import t from 'tap';
import { LmdbCheckpoints } from '../../../src/adapters/embedded/checkpoints.js';
import { openLogEnvironment } from '../../../src/adapters/embedded/event-store/log-environment.js';
import { WrittenBehindCheckpoints } from '../../../src/adapters/written-behind/checkpoints.js';
import { CheckpointsUnavailable, FenceLost, type Checkpoints } from '../../../src/ports/checkpoints.js';
import { checkpointsContract } from '../../contracts/checkpoints.js';
import { FencedMemoryCheckpoints } from '../../doubles/fenced-memory-checkpoints.js';
import { MemoryCheckpoints } from '../../doubles/memory-checkpoints.js';

const folder = t.testdir();

checkpointsContract(t, 'written behind over LMDB', async () => {
  let environment = await openLogEnvironment(folder);
  let checkpoints = new WrittenBehindCheckpoints(new LmdbCheckpoints(environment));
  const close = async (): Promise<void> => {
    await checkpoints.close();
    await environment.root.close();
  };
  return {
    checkpoints,
    reopen: async () => {
      await close();
      environment = await openLogEnvironment(folder);
      checkpoints = new WrittenBehindCheckpoints(new LmdbCheckpoints(environment));
      return checkpoints;
    },
    close,
  };
});

/** Counts the writes of each checkpoint. */
const counted = (): { readonly inner: Checkpoints; readonly writes: string[] } => {
  const memory = new MemoryCheckpoints();
  const writes: string[] = [];
  const set = (name: string, position: bigint): Promise<void> => {
    writes.push(`${name} ${position}`);
    return memory.set(name, position);
  };
  return { inner: { get: (name) => memory.get(name), set }, writes };
};

t.test('what is set within a moment is one write of each checkpoint', async (t) => {
  const { inner, writes } = counted();
  const checkpoints = new WrittenBehindCheckpoints(inner);
  for (const position of [1n, 2n, 3n]) await Promise.all(['one', 'two'].map((name) => checkpoints.set(name, position)));
  t.same(writes, []);
  await checkpoints.close();
  t.same(writes, ['one 3', 'two 3']);
  await checkpoints.close();
  t.equal(writes.length, 2, 'nothing is written twice');
});

t.test('they are written without anybody asking', async (t) => {
  const memory = new MemoryCheckpoints();
  await new WrittenBehindCheckpoints(memory).set('one', 7n);
  await memory.whenLevel(['one'], async () => 7n);
  t.equal(await memory.get('one'), 7n);
});

t.test('a write that failed rejects the next set once, and is made as soon as it can, though nobody sets again', async (t) => {
  const memory = new MemoryCheckpoints();
  let isAway = true;
  let attempted: () => void = () => undefined;
  const firstAttempt = new Promise<void>((resolve) => (attempted = resolve));
  const checkpoints = new WrittenBehindCheckpoints({
    get: (name) => memory.get(name),
    set: async (name, position) => {
      attempted();
      if (isAway) throw new CheckpointsUnavailable('away');
      await memory.set(name, position);
    },
  });
  await checkpoints.set('one', 1n);
  await firstAttempt;
  t.equal(await checkpoints.get('one'), 1n, 'this process knows it');
  isAway = false;
  await t.rejects(checkpoints.set('one', 2n), CheckpointsUnavailable);
  await memory.whenLevel(['one'], async () => 1n);
  t.equal(await memory.get('one'), 1n);
  await checkpoints.set('one', 3n);
  await checkpoints.close();
  t.equal(await memory.get('one'), 3n);
});

t.test('what can not be written does not hold up the end', async (t) => {
  const checkpoints = new WrittenBehindCheckpoints({ get: async () => 0n, set: () => Promise.reject(new CheckpointsUnavailable('away')) });
  await checkpoints.set('one', 1n);
  await t.resolves(checkpoints.close());
});

t.test('an owner that lost its fence is told, the present one is not', async (t) => {
  const inner = new FencedMemoryCheckpoints();
  const checkpoints = new WrittenBehindCheckpoints(inner);
  await checkpoints.get('work', 1n);
  await checkpoints.set('work', 5n, 1n);
  t.equal(await checkpoints.get('work', 2n), 5n, 'who takes over goes on where the other one stood');
  await Promise.all([checkpoints.set('work', 9n, 1n), checkpoints.set('work', 6n, 2n)]);
  await checkpoints.close();
  t.equal(await inner.get('work'), 6n);
  await t.rejects(checkpoints.set('work', 10n, 1n), FenceLost);
  await t.resolves(checkpoints.set('work', 7n, 2n));
  await checkpoints.close();
});
