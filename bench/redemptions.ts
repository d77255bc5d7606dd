import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LmdbEventStore } from '../src/adapters/embedded/event-store/lmdb-event-store.js';
import { openLogEnvironment } from '../src/adapters/embedded/event-store/log-environment.js';
import { systemClock } from '../src/adapters/embedded/system-clock.js';
import { CommandHandler } from '../src/commands/write-path/command-handler.js';
import type { CommandContext } from '../src/commands/context.js';
import { aggregates } from '../src/domain/aggregates.js';
import { EventCodec } from '../src/domain/event-codec.js';
import type { BenchRow } from './bench-row.js';

const AT_A_TIME = 500;
const MEASURED_MS = 3_000;
const at = '2026-01-02T03:04:05.678Z';
const holdUntil = '2036-01-02T03:04:05.678Z';

const context = (): CommandContext => ({ commandId: randomUUID(), actorId: null, correlationId: 'bench', causationId: 'bench' });

const issue = (handler: CommandHandler, code: string) =>
  handler.handle(aggregates.coupon, code, {
    type: 'IssueCoupon',
    data: {
      couponId: code,
      code,
      terms: { kind: 'platform_wide', courseId: null, benefit: { type: 'percentage', percent: '10' }, applicableOn: 'both', maxUses: null, expiresAt: null },
      issuedBy: 'bench',
      at,
    },
  }, context());

/** One use, held and spent: two durable commands, one after the other. */
const redeem = async (handler: CommandHandler, code: string): Promise<void> => {
  const paymentId = randomUUID();
  const reserved = await handler.handle(aggregates.coupon, code, {
    type: 'ReserveCoupon',
    data: { paymentId, accountId: 'bench', lines: [{ courseId: 'c', listPrice: '10.00' }], currency: 'USD', expectedDiscount: '1.00', holdUntil, at },
  }, context());
  const redeemed = await handler.handle(aggregates.coupon, code, { type: 'RedeemCoupon', data: { paymentId, at } }, context());
  if (!reserved.ok || !redeemed.ok) throw new Error('a redemption was refused');
};

const redemptionsPerSecond = async (codeOf: (customer: number) => string): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  const store = new LmdbEventStore(await openLogEnvironment(folder));
  const handler = new CommandHandler({ store, codec: new EventCodec(), clock: systemClock });
  try {
    await Promise.all([...new Set(Array.from({ length: AT_A_TIME }, (_, i) => codeOf(i)))].map((code) => issue(handler, code)));
    const begin = performance.now();
    let done = 0;
    const customer = async (number: number): Promise<void> => {
      while (performance.now() - begin < MEASURED_MS) {
        await redeem(handler, codeOf(number));
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, (_, number) => customer(number)));
    return done / ((performance.now() - begin) / 1_000);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A hot coupon against as many coupons as there are customers. */
export const benchRedemptions = async (): Promise<readonly BenchRow[]> => {
  const baseline = await redemptionsPerSecond((customer) => `CODE-${customer}`);
  const measured = await redemptionsPerSecond(() => 'HOT');
  return [{ name: 'redemptions on one coupon, 500 at a time, vs on distinct coupons', measured, baseline, unit: '1/s', ratio: measured / baseline, target: 0.5 }];
};
