import { randomBytes } from 'node:crypto';
import { call, eventually, text, type Answer, type Request } from './client.js';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

export const PASSWORD = 'correct horse';
const AWAY: ReadonlySet<number> = new Set([202, 429, 503]);
/** Tokens are good for 15 minutes. */
const LOG_IN_AGAIN_MS = 300_000;
const SIGNED_UP_WITHIN_MS = 180_000;
export const PRICE = 40;
export const LIMIT = 7;

const idOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null || !('id' in value)) throw new Error(`without an id: ${JSON.stringify(value)}`);
  return text(value.id);
};

/** The people and the goods; every request is repeated, at one address after the other, until it is answered for good. */
export class Shop {
  readonly #urls: readonly string[];
  /** The event store may be one that others have been to. */
  readonly #tag = randomBytes(3).toString('hex');
  readonly half = `HALF-${this.#tag}`.toUpperCase();
  /** May be used `LIMIT` times. */
  readonly scarce = `SCARCE-${this.#tag}`.toUpperCase();
  readonly emails: string[] = [];
  readonly courses: string[] = [];
  /** Answers that say that something is broken rather than away. */
  readonly surprises: string[] = [];
  repeats = 0;
  #turn = 0;
  #admin: Promise<Person | undefined> | undefined;
  #loggedInAt = 0;

  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  static async open(urls: readonly string[], courses = 5): Promise<Shop> {
    const shop = new Shop(urls);
    const admin = await shop.signUp('ada', 'admin');
    const { token } = await shop.signUp('ivo', 'instructor');
    for (let number = 1; number <= courses; number += 1) {
      const body = { title: `Course ${number}`, description: 'd', level: 'beginner', category: 'c', price: PRICE, isPublished: true, capacity: 5_000 };
      const created = await shop.send({ method: 'POST', path: '/courses', token, body, headers: { 'idempotency-key': `course-${number}` } });
      shop.courses.push(text(created.body['id']));
    }
    for (const [code, more] of [[shop.half, {}], [shop.scarce, { maxUses: LIMIT }]] as const) {
      const body = { code, type: 'platform_wide', value: 50, valueType: 'percentage', applicableOn: 'both', ...more };
      await shop.send({ method: 'POST', path: '/discounts', token: admin.token, body, headers: { 'idempotency-key': code } });
    }
    return shop;
  }

  /** The first answer that stands: no failure on the way, no server that is away, nothing under way elsewhere. */
  send(request: Request): Promise<Answer> {
    let tries = 0;
    return eventually(`${request.method} ${request.path}`, async () => {
      this.#turn += 1;
      tries += 1;
      if (tries > 1) this.repeats += 1;
      const answer = await call(this.#urls[this.#turn % this.#urls.length] ?? '', request);
      const { status, body } = answer;
      if (!AWAY.has(status) && status < 500 && body['code'] !== 'request-under-way') return answer;
      if (status >= 500 && status !== 503) this.surprises.push(`${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
      return undefined;
    }, 120_000);
  }

  async signUp(name: string, role: string): Promise<Person> {
    const email = `${name}-${this.#tag}@example.com`;
    const person = await eventually(`${email} is signed up`, async () => {
      const registered = await this.send({ method: 'POST', path: '/auth/register', body: { name, email, password: PASSWORD, role } });
      // Not repeated by key: taken by the try whose answer was lost, or held for a minute by one that came to nothing.
      if (registered.status !== 201 && registered.body['code'] !== 'email-taken') throw new Error(JSON.stringify(registered));
      return this.#logIn(email);
    }, SIGNED_UP_WITHIN_MS);
    this.emails.push(email);
    return person;
  }

  /** The admin who records cash and refunds. */
  async admin(): Promise<Person> {
    if (this.#admin === undefined || performance.now() - this.#loggedInAt > LOG_IN_AGAIN_MS) {
      this.#loggedInAt = performance.now();
      this.#admin = this.#logIn(`ada-${this.#tag}@example.com`);
    }
    const admin = await this.#admin;
    if (admin === undefined) throw new Error('the admin is not let in');
    return admin;
  }

  /** Undefined when there is no such account. */
  async #logIn(email: string): Promise<Person | undefined> {
    const { status, body } = await this.send({ method: 'POST', path: '/auth/login', body: { email, password: PASSWORD } });
    if (status === 401) return undefined;
    return { id: idOf(body['user']), email, token: text(body['accessToken']) };
  }
}
