import { billingData } from '../../fixtures/invoices.js';
import { eventually, text, type Answer, type Json } from './client.js';
import type { PayersBank } from './payers-bank.js';
import { PRICE, type Person, type Shop } from './shop.js';
import { METHODS, WAYS, type Way } from './ways.js';

export interface Purchase {
  readonly key: string;
  readonly paymentId: string;
  readonly studentId: string;
  readonly courseId: string;
  readonly coupon: string | null;
  readonly way: Way;
}

export interface Refund {
  readonly paymentId: string;
  /** null: all. */
  readonly amount: number | null;
}

const PARTS = [3, 4] as const;
const SOON_MS = 180_000;

/** Those who buy, and what they were promised: every answer that says that something was done. */
export class Customers {
  readonly shop: Shop;
  readonly bank: PayersBank;
  readonly purchases: Purchase[] = [];
  readonly refunds: Refund[] = [];
  #turn = 0;

  constructor(shop: Shop, bank: PayersBank) {
    this.shop = shop;
    this.bank = bank;
  }

  /** A new student who buys every course but the last; that one is for a payment that takes its time. */
  async visit(name: string, slowly: Way | null = null): Promise<void> {
    const { shop } = this;
    const student = await shop.signUp(name, 'student');
    const last = shop.courses.at(-1) ?? '';
    if (slowly !== null) await this.buy(student, last, shop.half, slowly);
    for (const [index, courseId] of shop.courses.slice(0, -1).entries()) {
      this.#turn += 1;
      await this.buy(student, courseId, [shop.half, shop.scarce, null][index] ?? null, WAYS[this.#turn % WAYS.length] ?? 'card');
    }
  }

  async buy(student: Person, courseId: string, coupon: string | null, way: Way): Promise<Purchase> {
    const name = `${student.id}-${courseId}-${coupon ?? 'plain'}-${way}`;
    let attempt = 0;
    let isExhausted = false;
    const { key, paymentId } = await eventually(`${name} is bought`, async () => {
      attempt += 1;
      const key = `${name}-${attempt}`;
      const { status, body } = await this.pay(student, courseId, key, coupon, way);
      if (status === 201) return { key, paymentId: text(body['id']) };
      if (body['code'] === 'coupon-exhausted') {
        isExhausted = true;
        return { key, paymentId: '' };
      }
      // The one before is being given up.
      if (body['code'] !== 'purchase-under-way') this.shop.surprises.push(`${key}: ${status} ${JSON.stringify(body)}`);
      return undefined;
    }, SOON_MS);
    if (isExhausted) return this.buy(student, courseId, null, way);
    const purchase = { key, paymentId, studentId: student.id, courseId, coupon, way };
    this.purchases.push(purchase);
    const repeated = await this.pay(student, courseId, key, coupon, way);
    if (repeated.body['id'] !== paymentId) this.shop.surprises.push(`${key} gave ${paymentId}, then ${JSON.stringify(repeated.body)}`);
    await this.#goOn(student, purchase);
    return purchase;
  }

  pay({ id, token }: Person, courseId: string, key: string, coupon: string | null, way: Way): Promise<Answer> {
    const price = coupon === null ? { amount: PRICE } : { amount: PRICE / 2, discountCode: coupon };
    const body = { userId: id, courseIds: [courseId], ...price, currency: 'USD', ...METHODS[way], billingData };
    return this.shop.send({ method: 'POST', path: '/payments', token, body, headers: { 'idempotency-key': key } });
  }

  /** As an admin; the answer is on record when it says that it was done. */
  async refund(paymentId: string, amount: number | null, key: string): Promise<Answer> {
    const body = { status: 'refunded', ...(amount === null ? {} : { amount }) };
    const answer = await this.#change(paymentId, body, key);
    if (answer.status === 200) this.refunds.push({ paymentId, amount });
    return answer;
  }

  recordCash(paymentId: string, key: string): Promise<Answer> {
    return this.#change(paymentId, { status: 'completed' }, key);
  }

  cancel({ token }: Person, paymentId: string, key: string): Promise<Answer> {
    return this.shop.send({ method: 'DELETE', path: `/payments/${paymentId}`, token, headers: { 'idempotency-key': key } });
  }

  async #change(paymentId: string, body: Json, key: string): Promise<Answer> {
    const { token } = await this.shop.admin();
    return this.shop.send({ method: 'PATCH', path: `/payments/${paymentId}`, token, body, headers: { 'idempotency-key': key } });
  }

  async #goOn(student: Person, { paymentId, courseId, way }: Purchase): Promise<void> {
    switch (way) {
      case 'cash':
        return this.#expect(await this.recordCash(paymentId, `cash-${paymentId}`));
      case 'cancelled':
        return this.#expect(await this.cancel(student, paymentId, `cancel-${paymentId}`));
      case 'declined':
        await this.buy(student, courseId, null, 'card');
        return;
      case 'refunded':
        if (await this.#isPaid(student, paymentId)) this.#expect(await this.refund(paymentId, null, `refund-${paymentId}`));
        return;
      case 'refunded-in-parts':
        if (!(await this.#isPaid(student, paymentId))) return;
        await Promise.all(PARTS.map(async (part) => this.#expect(await this.refund(paymentId, part, `refund-${part}-${paymentId}`))));
        return;
      case 'refunded-slowly':
        if (!(await this.#isPaid(student, paymentId))) return;
        await Promise.all([this.refund(paymentId, null, `refund-${paymentId}`).then((answer) => this.#expect(answer)), this.bank.completeRefund(paymentId)]);
        return;
      case 'refunded-at-provider':
        if (await this.#isPaid(student, paymentId)) this.refunds.push(await this.bank.refundFromDashboard(paymentId));
        return;
      case 'disputed':
        if (await this.#isPaid(student, paymentId)) this.refunds.push(await this.bank.takeBack(paymentId));
        return;
      case 'late':
        if (!(await this.#isPaid(student, paymentId))) await this.bank.complete(paymentId);
        return;
      case 'confirmed':
        return this.bank.confirm(paymentId, () => this.shop.send({ method: 'GET', path: `/payments/${paymentId}`, token: student.token }));
      case 'card':
      case 'silent':
      case 'abandoned':
    }
  }

  /** False when the time for it ran out. */
  #isPaid({ token }: Person, paymentId: string): Promise<boolean> {
    return eventually(`the end of ${paymentId}`, async () => {
      const { status, body } = await this.shop.send({ method: 'GET', path: `/payments/${paymentId}`, token });
      return status !== 200 || body['status'] === 'pending' ? undefined : body['status'] === 'completed';
    }, SOON_MS);
  }

  #expect({ status, body }: Answer): void {
    if (status !== 200) this.shop.surprises.push(`${status} ${JSON.stringify(body)}`);
  }
}

/** Students come one after the other, several at a time, until it is stopped; who is there finishes. */
export const startLoad = (customers: Customers, name: string, atATime = 3): (() => Promise<void>) => {
  let isOpen = true;
  const visitors = Array.from({ length: atATime }, async (_, lane) => {
    const slowly = lane % 2 === 0 ? 'abandoned' : 'silent';
    for (let number = 1; isOpen; number += 1) await customers.visit(`${name}-${lane}-${number}`, number === 1 ? slowly : null);
  });
  const all = Promise.all(visitors);
  all.catch(() => undefined);
  return async () => {
    isOpen = false;
    await all;
  };
};
