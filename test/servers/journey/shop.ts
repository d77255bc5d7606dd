import { billingData } from '../../application/running-application.js';
import { call, eventually, text, type Answer, type Json, type Request } from './client.js';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

export interface Purchase {
  readonly key: string;
  readonly paymentId: string;
  readonly studentId: string;
  readonly courseId: string;
  readonly coupon: string | null;
}

const PASSWORD = 'correct horse';
const PRICE = 40;
const AWAY: ReadonlySet<number> = new Set([202, 429, 503]);
export const LIMIT = 7;

const idOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null || !('id' in value)) throw new Error(`without an id: ${JSON.stringify(value)}`);
  return text(value.id);
};

/** The people and the goods; every request is repeated, at one address after the other, until it is answered for good. */
export class Shop {
  readonly #urls: readonly string[];
  readonly emails: string[] = [];
  readonly purchases: Purchase[] = [];
  readonly courses: string[] = [];
  /** Answers that say that something is broken rather than away. */
  readonly surprises: string[] = [];
  admin: Person | undefined;
  repeats = 0;
  #turn = 0;

  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  static async open(urls: readonly string[], courses = 4): Promise<Shop> {
    const shop = new Shop(urls);
    shop.admin = await shop.signUp('ada', 'admin');
    const { token } = await shop.signUp('ivo', 'instructor');
    for (let number = 1; number <= courses; number += 1) {
      const body = { title: `Course ${number}`, description: 'd', level: 'beginner', category: 'c', price: PRICE, isPublished: true, capacity: 5_000 };
      const created = await shop.send({ method: 'POST', path: '/courses', token, body, headers: { 'idempotency-key': `course-${number}` } });
      shop.courses.push(text(created.body['id']));
    }
    for (const [code, more] of [['HALF', {}], ['SCARCE', { maxUses: LIMIT }]] as const) {
      const body = { code, type: 'platform_wide', value: 50, valueType: 'percentage', applicableOn: 'both', ...more };
      await shop.send({ method: 'POST', path: '/discounts', token: shop.admin.token, body, headers: { 'idempotency-key': code } });
    }
    return shop;
  }

  /** The first answer that stands: no failure on the way, no server that is away, nothing under way elsewhere. */
  send(request: Request): Promise<Answer> {
    return eventually(`${request.method} ${request.path}`, async () => {
      this.#turn += 1;
      const answer = await call(this.#urls[this.#turn % this.#urls.length] ?? '', request);
      const { status, body } = answer;
      if (!AWAY.has(status) && status < 500 && body['code'] !== 'request-under-way') return answer;
      if (status >= 500 && status !== 503) this.surprises.push(`${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
      this.repeats += 1;
      return undefined;
    }, 120_000);
  }

  async signUp(name: string, role: string): Promise<Person> {
    const email = `${name}@example.com`;
    const registered = await this.send({ method: 'POST', path: '/auth/register', body: { name, email, password: PASSWORD, role } });
    // Not repeated by key: taken by the try whose answer was lost.
    if (registered.status !== 201 && registered.body['code'] !== 'email-taken') throw new Error(JSON.stringify(registered));
    const { body } = await this.send({ method: 'POST', path: '/auth/login', body: { email, password: PASSWORD } });
    this.emails.push(email);
    return { id: idOf(body['user']), email, token: text(body['accessToken']) };
  }

  pay({ id, token }: Person, courseId: string, key: string, coupon: string | null): Promise<Answer> {
    const price = coupon === null ? { amount: PRICE } : { amount: PRICE / 2, discountCode: coupon };
    const body: Json = { userId: id, courseIds: [courseId], ...price, currency: 'USD', paymentMethod: 'card', billingData };
    return this.send({ method: 'POST', path: '/payments', token, body, headers: { 'idempotency-key': key } });
  }

  async buy(student: Person, courseId: string, coupon: string | null, attempt = 1): Promise<void> {
    const key = `${student.id}-${courseId}-${coupon ?? 'plain'}-${attempt}`;
    const { status, body } = await this.pay(student, courseId, key, coupon);
    if (status === 201) {
      const purchase = { key, paymentId: text(body['id']), studentId: student.id, courseId, coupon };
      this.purchases.push(purchase);
      const repeated = await this.pay(student, courseId, key, coupon);
      if (repeated.body['id'] !== purchase.paymentId) this.surprises.push(`${key} gave ${purchase.paymentId}, then ${JSON.stringify(repeated.body)}`);
      return;
    }
    if (body['code'] === 'coupon-exhausted') return this.buy(student, courseId, null);
    // The refused purchase with the coupon is being given up.
    if (body['code'] === 'purchase-under-way' && attempt < 100) return this.buy(student, courseId, coupon, attempt + 1);
    this.surprises.push(`${key}: ${status} ${JSON.stringify(body)}`);
  }

  /** A new student who buys every course. */
  async visit(name: string): Promise<void> {
    const student = await this.signUp(name, 'student');
    for (const [index, courseId] of this.courses.entries()) await this.buy(student, courseId, ['HALF', 'SCARCE', null][index] ?? null);
  }
}

/** Students come one after the other, several at a time, until it is stopped; who is there finishes. */
export const startLoad = (shop: Shop, name: string, atATime = 3): (() => Promise<void>) => {
  let isOpen = true;
  const visitors = Array.from({ length: atATime }, async (_, lane) => {
    for (let number = 1; isOpen; number += 1) await shop.visit(`${name}-${lane}-${number}`);
  });
  const all = Promise.all(visitors);
  all.catch(() => undefined);
  return async () => {
    isOpen = false;
    await all;
  };
};
