import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import type { Checkpoints } from '../../src/ports/checkpoints.js';

export interface OpenCheckpoints {
  readonly checkpoints: Checkpoints;
  /** The same checkpoints after a restart. */
  readonly reopen: () => Promise<Checkpoints>;
  readonly close: () => Promise<void>;
}

/** The contract of every Checkpoints (src/ports/checkpoints.ts). */
export const checkpointsContract = (t: Test, name: string, open: () => Promise<OpenCheckpoints>): void => {
  void t.test(`${name} as Checkpoints`, async (t) => {
    const { checkpoints, reopen, close } = await open();
    const [one, two] = [`one:${randomUUID()}`, `two:${randomUUID()}`];

    await t.test('there is none at first', async (t) => {
      t.equal(await checkpoints.get(one), 0n);
    });

    await t.test('each name has its own, and large positions are kept exactly', async (t) => {
      const large = 2n ** 63n - 1n;
      await Promise.all([checkpoints.set(one, 7n), checkpoints.set(two, large)]);
      t.equal(await checkpoints.get(one), 7n);
      t.equal(await checkpoints.get(two), large);
    });

    await t.test('of several set one after another the last one stands, also after a restart', async (t) => {
      await Promise.all([8n, 9n, 10n].map((position) => checkpoints.set(one, position)));
      t.equal(await checkpoints.get(one), 10n);
      t.equal(await (await reopen()).get(one), 10n);
    });

    await close();
  });
};
