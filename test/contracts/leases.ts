import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import { CheckpointsUnavailable, FenceLost, type Checkpoints } from '../../src/ports/checkpoints.js';
import { LeasesUnavailable, type Leases } from '../../src/ports/leases.js';

export interface OpenLeases {
  readonly leases: Leases;
  readonly checkpoints: Checkpoints;
  /** Lets so much of the leases' time pass. */
  readonly pass: (milliseconds: number) => Promise<void>;
  /** The same at a place that can't be reached; absent where that can't be. */
  readonly unreachable?: { readonly leases: Leases; readonly checkpoints: Checkpoints };
  readonly close: () => Promise<void>;
}

const LONG = 60_000;

/** The contract of every Leases (src/ports/leases.ts), with the fence of the Checkpoints beside it. */
export const leasesContract = (t: Test, name: string, open: () => Promise<OpenLeases>): void => {
  void t.test(`${name} as Leases`, async (t) => {
    const { leases, checkpoints, pass, unreachable, close } = await open();
    const fresh = (): string => `work:${randomUUID()}`;

    await t.test('one holds it, others get none; who holds it gets a new one', async (t) => {
      const work = fresh();
      const first = await leases.acquire(work, 'a', LONG);
      t.match(first, { name: work, holder: 'a' });
      t.equal(await leases.acquire(work, 'b', LONG), null);
      const again = await leases.acquire(work, 'a', LONG);
      t.ok((again?.fence ?? 0n) > (first?.fence ?? 0n));
      t.equal(first === null || (await leases.renew(first, LONG)), false);
      t.not(await leases.acquire(fresh(), 'b', LONG), null);
    });

    await t.test('20 that ask at once: one gets it', async (t) => {
      const work = fresh();
      const asked = await Promise.all(Array.from({ length: 20 }, (_, index) => leases.acquire(work, `holder-${index}`, LONG)));
      t.equal(asked.filter((lease) => lease !== null).length, 1);
    });

    await t.test('it is free when it was released or its time is over; fences grow', async (t) => {
      const work = fresh();
      const first = await leases.acquire(work, 'a', LONG);
      if (first === null) throw new Error('not acquired');
      await leases.release(first);
      const second = await leases.acquire(work, '$b', 20);
      if (second === null) throw new Error('not handed over');
      t.ok(second.fence > first.fence);
      await leases.release(first);
      t.equal(await leases.renew(second, 20), true, 'a release of a lost lease changes nothing');
      await pass(30);
      const third = await leases.acquire(work, 'c', LONG);
      t.ok((third?.fence ?? 0n) > second.fence);
      t.equal(await leases.renew(second, LONG), false);
    });

    await t.test('renewing makes it last; a lease that ran out but nobody took can be renewed', async (t) => {
      const work = fresh();
      const lease = await leases.acquire(work, 'a', 20);
      if (lease === null) throw new Error('not acquired');
      await pass(30);
      t.equal(await leases.renew(lease, LONG), true);
      t.equal(await leases.acquire(work, 'b', LONG), null);
    });

    await t.test('a checkpoint that a later lease has read refuses the earlier one', async (t) => {
      const checkpoint = fresh();
      t.equal(await checkpoints.get(checkpoint, 1n), 0n);
      await checkpoints.set(checkpoint, 10n, 1n);
      t.equal(await checkpoints.get(checkpoint, 2n), 10n);
      await t.rejects(checkpoints.set(checkpoint, 11n, 1n), FenceLost);
      await t.rejects(checkpoints.get(checkpoint, 1n), FenceLost);
      t.equal(await checkpoints.get(checkpoint), 10n);
      await checkpoints.set(checkpoint, 12n, 2n);
      t.equal(await checkpoints.get(checkpoint), 12n);
      await checkpoints.set(checkpoint, 0n);
      t.equal(await checkpoints.get(checkpoint, 2n), 0n, 'an operator needs no fence');
    });

    await t.test('two that claim a new checkpoint at once: the later lease wins', async (t) => {
      const checkpoint = fresh();
      await Promise.allSettled([1n, 2n, 3n].map((fence) => checkpoints.get(checkpoint, fence)));
      await t.rejects(checkpoints.set(checkpoint, 5n, 2n), FenceLost);
      await checkpoints.set(checkpoint, 6n, 3n);
      t.equal(await checkpoints.get(checkpoint), 6n);
    });

    if (unreachable !== undefined) {
      await t.test('a place that can not be reached is told by the port’s own errors', async (t) => {
        const lease = { name: fresh(), holder: 'a', fence: 1n };
        const { leases: noLeases, checkpoints: noCheckpoints } = unreachable;
        await t.rejects(noLeases.acquire(lease.name, 'a', LONG), LeasesUnavailable);
        await t.rejects(noLeases.renew(lease, LONG), LeasesUnavailable);
        await t.rejects(noLeases.release(lease), LeasesUnavailable);
        for (const fence of [undefined, 1n]) {
          await t.rejects(noCheckpoints.get('x', fence), CheckpointsUnavailable);
          await t.rejects(noCheckpoints.set('x', 1n, fence), CheckpointsUnavailable);
        }
      });
    }

    await close();
  });
};
