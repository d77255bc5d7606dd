/** How the whole API fares. `down`: connections are cut. `slow`: what was asked for is done, the answer comes late. */
export type Weather =
  | Readonly<{ kind: 'up' }>
  | Readonly<{ kind: 'down' }>
  | Readonly<{ kind: 'slow'; milliseconds: number }>
  | Readonly<{ kind: 'failing'; every: number; status: number }>;

/** What becomes of one call. `applied`: it is carried out all the same. `kept`: with its key, as Stripe keeps it. */
export interface Fault {
  /** Part of `POST /v1/refunds`, the method and the path. */
  readonly call: string;
  readonly times: number;
  /** Null: no answer, the connection is cut. */
  readonly status: number | null;
  readonly code?: string;
  readonly type?: string;
  readonly applied?: boolean;
  readonly kept?: boolean;
  /** The answer comes so much later. */
  readonly delayMs?: number;
}

export type Fate = Readonly<{ status: number | null; code?: string; type?: string; applied: boolean; kept: boolean; delayMs: number }>;

/** Decides what becomes of each call beside its proper answer. */
export class Faults {
  weather: Weather = { kind: 'up' };
  #planned: { fault: Fault; left: number }[] = [];
  #calls = 0;

  /** Answers the number of the plan. */
  plan(fault: Fault): number {
    return this.#planned.push({ fault, left: fault.times }) - 1;
  }

  /** How many calls are still to have the fault of this plan. */
  leftOf(plan: number): number {
    return this.#planned[plan]?.left ?? 0;
  }

  clear(): void {
    this.#planned = [];
    this.weather = { kind: 'up' };
  }

  /** Null: the proper answer, at once. */
  next(call: string): Fate | null {
    const planned = this.#planned.find(({ fault, left }) => left > 0 && call.includes(fault.call));
    if (planned !== undefined) {
      planned.left -= 1;
      return { applied: false, kept: false, delayMs: 0, ...planned.fault };
    }
    this.#calls += 1;
    const { weather } = this;
    if (weather.kind === 'down') return { status: null, applied: false, kept: false, delayMs: 0 };
    if (weather.kind === 'slow') return { status: 200, applied: true, kept: true, delayMs: weather.milliseconds };
    if (weather.kind === 'failing' && this.#calls % weather.every === 0) return { status: weather.status, applied: false, kept: false, delayMs: 0 };
    return null;
  }
}
