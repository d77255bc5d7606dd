import { Ed25519CheckpointSigner } from '../../src/adapters/embedded/checkpoint-signer.js';
import { GrowingTree } from '../../src/audit-verifier/merkle-tree.js';
import { readKey, type VerifierKey } from '../../src/audit-verifier/signed-note.js';
import { auditedLines, auditedLog } from '../../src/cli/audit/audited-lines.js';
import { AUDITED_CATEGORIES } from '../../src/commands/audit/export-lines.js';
import { signCheckpoints } from '../../src/commands/audit/sign-checkpoints.js';
import type { CommandHandler } from '../../src/commands/write-path/command-handler.js';
import { aggregates } from '../../src/domain/aggregates.js';
import type { CouponCommand } from '../../src/domain/coupon/decider.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { PaymentCommand } from '../../src/domain/payment/decider.js';
import { leafHash } from '../../src/projections/audit-tree/hashes.js';
import type { AuditTree } from '../../src/ports/audit.js';
import type { EventStore } from '../../src/ports/event-store.js';
import { uuidV5 } from '../../src/primitives/uuid-v5.js';
import { FakeClock } from '../doubles/fake-clock.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { handlerOver } from '../fixtures/command-services.js';
import { quoteOf } from '../fixtures/quotes.js';

/** The same numbers for the same seed, from 0 to 1. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export const keyOf = (seed: number): Ed25519CheckpointSigner => new Ed25519CheckpointSigner({ name: 'localhost/tests', seed: new Uint8Array(32).fill(seed) });
export const readKeyOf = ({ vkey }: { readonly vkey: string }): VerifierKey => {
  const key = readKey(vkey);
  if (key === undefined) throw new Error(`${vkey} is no key`);
  return key;
};

const IN_PROGRESS = 12;
const COUPONS = 8;
const NAMESPACE = '7d1f3b52-3c0e-5b8e-8a39-7b0f5a4c2d99';
const FOR_EVER = '2099-01-01T00:00:00.000Z';

/** The tree of a log, leaf by leaf. */
export const treeOfLog = async (store: EventStore<DomainEvent>): Promise<AuditTree> => {
  const leaves: Buffer[] = [];
  for await (const event of store.readAll({ categories: AUDITED_CATEGORIES })) leaves.push(leafHash(event));
  return {
    size: async () => leaves.length,
    root: async (size) => {
      const tree = new GrowingTree();
      for (const leaf of leaves.slice(0, size)) tree.add(leaf);
      return tree.root();
    },
  };
};

/** People who buy, use coupons, change their minds and get money back, many at a time; the deciders of the program decide. */
class History {
  readonly clock = new FakeClock('2026-01-01T00:00:00.000Z');
  readonly store = new MemoryEventStore<DomainEvent>();
  readonly #handler: CommandHandler = handlerOver(this.store, this.clock);
  readonly #random: () => number;
  #commands = 0;

  constructor(seed: number) {
    this.#random = randomOf(seed);
  }

  async write(size: number): Promise<void> {
    for (let n = 0; n < COUPONS; n += 1) {
      const terms = { kind: 'platform_wide', courseId: null, benefit: { type: 'fixed', amount: '1.00', currency: 'USD' }, applicableOn: 'both', maxUses: n === 0 ? 40 : null, expiresAt: null } as const;
      await this.#coupon(n, { type: 'IssueCoupon', data: { couponId: `coupon-${n}`, code: `CODE${n}`, terms, issuedBy: 'ada', at: this.#now() } });
    }
    const under: AsyncGenerator<void>[] = [];
    for (let begun = 0; (await this.store.head()) < BigInt(size) || under.length > 0; ) {
      while (under.length < IN_PROGRESS && (await this.store.head()) < BigInt(size)) under.push(this.#purchase((begun += 1)));
      const place = Math.floor(this.#random() * under.length);
      const step = await under[place]?.next();
      if (step?.done === true) under.splice(place, 1);
    }
  }

  #now(): string {
    this.clock.advance(1 + Math.floor(this.#random() * 2_000));
    return this.clock.now().toISOString();
  }

  #context() {
    this.#commands += 1;
    const commandId = uuidV5(String(this.#commands), NAMESPACE);
    return { commandId, actorId: this.#random() < 0.5 ? null : 'ada', correlationId: commandId, causationId: commandId };
  }

  async #coupon(n: number, command: CouponCommand): Promise<boolean> {
    return (await this.#handler.handle(aggregates.coupon, `CODE${n}`, command, this.#context())).ok;
  }

  async #payment(paymentId: string, command: PaymentCommand): Promise<void> {
    const handled = await this.#handler.handle(aggregates.payment, paymentId, command, this.#context());
    if (!handled.ok) throw new Error(`${command.type}: ${handled.rejection}`);
  }

  async *#purchase(n: number): AsyncGenerator<void> {
    const paymentId = uuidV5(`payment ${n}`, NAMESPACE);
    const coupon = Math.floor(this.#random() * COUPONS * 2);
    const price = `${10 + Math.floor(this.#random() * 90)}.00`;
    const lines = [{ courseId: `course-${n % 9}`, listPrice: price }];
    const reservation = { paymentId, accountId: `student-${n % 50}`, lines, currency: 'USD', expectedDiscount: '1.00', holdUntil: FOR_EVER, at: this.#now() };
    const isHeld = coupon < COUPONS && (await this.#coupon(coupon, { type: 'ReserveCoupon', data: reservation }));
    yield;
    const quote = quoteOf([[`course-${n % 9}`, price, isHeld ? '1.00' : '0.00', 'Fugen für Anfänger']], isHeld ? { couponCode: `CODE${coupon}` } : {});
    await this.#payment(paymentId, { type: 'OpenPayment', data: { paymentId, payerId: `student-${n % 50}`, method: 'card', quote, token: 'sealed:abc', expiresAt: FOR_EVER, at: this.#now() } });
    yield;
    const isPaid = this.#random() < 0.85;
    if (!isPaid) await this.#payment(paymentId, { type: 'RecordDecline', data: { reason: 'no funds', at: this.#now() } });
    else await this.#payment(paymentId, { type: 'RecordCapture', data: { reference: `charge-${n}`, amount: quote.total, currency: 'USD', at: this.#now() } });
    yield;
    if (isHeld && isPaid) await this.#coupon(coupon, { type: 'RedeemCoupon', data: { paymentId, at: this.#now() } });
    if (isHeld && !isPaid) await this.#coupon(coupon, { type: 'ReleaseCoupon', data: { paymentId, reason: 'declined', at: this.#now() } });
    yield;
    for (let refund = 0; isPaid && refund < 2 && this.#random() < 0.3; refund += 1) {
      const refundId = `refund-${n}-${refund}`;
      await this.#payment(paymentId, { type: 'RequestRefund', data: { refundId, amount: '2.00', reason: null, requestedBy: 'ada', at: this.#now() } });
      yield;
      const data = { refundId, at: this.#now() };
      if (this.#random() < 0.7) await this.#payment(paymentId, { type: 'RecordRefund', data: { ...data, reference: refundId } });
      else await this.#payment(paymentId, { type: 'RecordRefundFailure', data: { ...data, reason: 'closed', outcome: 'refused' } });
      yield;
    }
  }
}

export interface MadeExport {
  /** Without line feeds. */
  readonly lines: readonly string[];
  readonly size: number;
  /** The signed notes, the oldest first. */
  readonly notes: readonly string[];
  readonly store: MemoryEventStore<DomainEvent>;
}

export const linesOfLog = async (store: EventStore<DomainEvent>): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const block of auditedLines(await auditedLog(store, 'localhost/tests'), 'signed')) lines.push(...block.map((line) => line.slice(0, -1)));
  return lines;
};

/** An export of a history of about that many events, signed each thousand and at the end. */
export const madeExport = async (seed: number, size: number): Promise<MadeExport> => {
  const history = new History(seed);
  await history.write(size);
  const { store, clock } = history;
  const tree = await treeOfLog(store);
  const signed = await signCheckpoints({ handler: handlerOver(store, clock), clock, signer: keyOf(1), tree })('stop', null);
  if (!signed.ok) throw new Error(signed.rejection);
  const lines = await linesOfLog(store);
  const { checkpoints } = await auditedLog(store, '');
  return { lines, size: await tree.size(), notes: checkpoints.map(({ note }) => note), store };
};
