import { createHmac } from 'node:crypto';
import { newId } from './objects.js';

export interface Endpoint {
  readonly url: string;
  readonly secret: string;
}

export interface MadeEvent {
  readonly id: string;
  readonly type: string;
  /** As it is sent. */
  readonly body: string;
}

export interface Delivery {
  readonly eventId: string;
  readonly type: string;
  readonly url: string;
  readonly attempt: number;
  /** Null: no answer. */
  readonly status: number | null;
}

export interface DeliveryRules {
  /** Events wait for deliver() or lose(). */
  readonly held: boolean;
  /** Each copy waits up to so long, by chance: the order is lost. */
  readonly delayMs: number;
  /** The part of the events, 0 to 1, that are sent twice. */
  readonly doubled: number;
  /** The part of the events, 0 to 1, that are never sent. */
  readonly lost: number;
  /** What is not answered by 2xx is sent again, so often at most. */
  readonly attempts: number;
  readonly repeatAfterMs: number;
}

export const AT_ONCE: DeliveryRules = { held: false, delayMs: 0, doubled: 0, lost: 0, attempts: 8, repeatAfterMs: 100 };

/** The same numbers in every run. */
const chance = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
};

export const signatureOf = (body: string, secret: string, seconds: number): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

/** Signs events and sends them to the endpoints, as it is told: at once, late, twice, in another order, or never. */
export class Webhooks {
  readonly endpoints: Endpoint[] = [];
  readonly made: MadeEvent[] = [];
  readonly deliveries: Delivery[] = [];
  /** How many copies of each event were sent, by its id; of those that were held nothing. */
  readonly copies = new Map<string, number>();
  rules: DeliveryRules = AT_ONCE;
  #held: MadeEvent[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #random: () => number;
  readonly #now: () => number;

  constructor(now: () => number, seed: number) {
    this.#now = now;
    this.#random = chance(seed);
  }

  make(type: string, object: object, more: Readonly<Record<string, unknown>> = {}): MadeEvent {
    const id = newId('evt');
    const created = Math.floor(this.#now() / 1_000);
    const event = { id, object: 'event', api_version: '2026-10-28.endive', created, data: { object }, livemode: false, pending_webhooks: 1, request: null, type, ...more };
    const made = { id, type, body: JSON.stringify(event) };
    this.made.push(made);
    if (this.rules.held) this.#held.push(made);
    else this.#sendByRules(made);
    return made;
  }

  /** What was held, in the order in which it was made or in the reverse one; resolves when all of it was answered or given up. */
  async deliver(order: 'as-made' | 'reversed' = 'as-made', copies = 1): Promise<void> {
    const events = order === 'reversed' ? this.#held.toReversed() : this.#held;
    this.#held = [];
    for (const event of events) for (let copy = 0; copy < copies; copy += 1) await this.#toAll(event);
  }

  lose(): void {
    this.#held = [];
  }

  async resend(eventId: string): Promise<void> {
    const event = this.made.find(({ id }) => id === eventId);
    if (event !== undefined) await this.#toAll(event);
  }

  /** Resolves when nothing is under way any more. */
  async quiet(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  header(body: string, secret: string): string {
    return signatureOf(body, secret, Math.floor(this.#now() / 1_000));
  }

  #sendByRules(event: MadeEvent): void {
    const isLost = this.#random() < this.rules.lost;
    const copies = isLost ? 0 : this.#random() < this.rules.doubled ? 2 : 1;
    this.copies.set(event.id, copies);
    for (let copy = 0; copy < copies; copy += 1) this.#start(event, Math.floor(this.#random() * this.rules.delayMs));
  }

  #start(event: MadeEvent, delayMs: number): void {
    const task = (delayMs === 0 ? Promise.resolve() : pause(delayMs)).then(() => this.#toAll(event)).finally(() => this.#underWay.delete(task));
    this.#underWay.add(task);
  }

  async #toAll(event: MadeEvent): Promise<void> {
    await Promise.all(this.endpoints.map((endpoint) => this.#to(endpoint, event)));
  }

  async #to({ url, secret }: Endpoint, { id: eventId, type, body }: MadeEvent): Promise<void> {
    const { attempts, repeatAfterMs } = this.rules;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': this.header(body, secret) };
      const status = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(20_000) }).then(
        async (answer) => {
          await answer.arrayBuffer();
          return answer.status;
        },
        () => null,
      );
      this.deliveries.push({ eventId, type, url, attempt, status });
      if (status !== null && status >= 200 && status < 300) return;
      await pause(Math.min(repeatAfterMs * 2 ** (attempt - 1), 5_000));
    }
  }
}
