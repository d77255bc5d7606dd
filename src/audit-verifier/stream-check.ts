import { couponRules, HOLD_GRACE_MS, newCoupon, newUse, useRules, type CouponState, type UseState } from './coupon-rules.js';
import type { ExportedEvent, OwnHash } from './export-line.js';
import type { Findings } from './findings.js';
import { KeptStates } from './kept-states.js';
import { newPayment, paymentRules, type PaymentState } from './payment-rules.js';

interface StreamState {
  readonly first: number;
  revision: number;
  index: number;
  hash: string;
  events: number;
  isWhole: boolean;
  /** The event before did not fit to this one, which is the last: the next one tells which of both is wrong. */
  suspect: { readonly before: number; readonly at: number } | undefined;
  readonly payment: PaymentState | undefined;
  readonly coupon: CouponState | undefined;
}

type State = StreamState | UseState;

const isUse = (state: State | undefined): state is UseState => state !== undefined && 'standing' in state;
const isPayment = (stream: string): boolean => stream.startsWith('payment-');
const nameOf = ({ type, stream, revision }: ExportedEvent): string => `${type} (revision ${revision} of ${stream})`;

/** Follows each stream's chain and rules, of as many streams as fit in memory at once. */
export class StreamCheck {
  readonly #states: KeptStates<State>;
  readonly #findings: Findings;
  #latest = '';
  streams = 0;
  /** Streams in which nothing is wrong, and their events. */
  whole = { streams: 0, events: 0 };

  constructor(findings: Findings, from: number, atOnce: number) {
    this.#findings = findings;
    this.#states = new KeptStates(from, atOnce);
  }

  /** Where another pass over the lines has to begin; undefined: this was the last. */
  get next(): number | undefined {
    return this.#states.next;
  }

  event(event: ExportedEvent, ownHash: OwnHash): void {
    if (event.occurredAt > this.#latest) this.#latest = event.occurredAt;
    if (this.#states.has(event.stream)) this.#inStream(event, ownHash);
    if (!isPayment(event.stream)) this.#use(event);
  }

  end(): void {
    const latest = Date.parse(this.#latest);
    for (const state of this.#states.values()) {
      if (isUse(state)) this.#endUse(state, latest);
      else this.#endStream(state);
    }
  }

  #inStream(event: ExportedEvent, ownHash: OwnHash): void {
    const known = this.#states.get(event.stream);
    const state = known === undefined || isUse(known) ? this.#begin(event) : known;
    if (ownHash === 'broken') state.isWhole = false;
    this.#chain(state, event, ownHash);
    const { type, data, index } = event;
    const problem = state.payment === undefined ? couponRules[type]?.(state.coupon ?? newCoupon(), data) : paymentRules[type]?.(state.payment, data);
    state.events += 1;
    if (problem === undefined) return;
    state.isWhole = false;
    this.#findings.add('impossible', state.first, index, `${nameOf(event)}: ${problem}`);
  }

  #begin({ stream, index }: ExportedEvent): StreamState {
    const kind = isPayment(stream) ? { payment: newPayment(), coupon: undefined } : { payment: undefined, coupon: newCoupon() };
    const state: StreamState = { first: index, revision: -1, index: -1, hash: '', events: 0, isWhole: true, suspect: undefined, ...kind };
    this.#states.set(stream, state);
    return state;
  }

  #chain(state: StreamState, event: ExportedEvent, ownHash: OwnHash): void {
    const { revision, index, hash, previousHash } = event;
    const expected = state.revision + 1;
    const fits = previousHash === (expected === 0 ? null : state.hash);
    if (state.suspect !== undefined) this.#settle(state, fits);
    if (revision !== expected) {
      state.isWhole = false;
      if (revision > expected) this.#findings.add('dropped', state.index + 1, index, `${nameOf(event)} comes where revision ${expected} should`);
      else this.#findings.add('added', Math.max(state.index, 0), index, `${nameOf(event)} comes where revision ${expected} should`);
    } else if (!fits) {
      state.isWhole = false;
      if (expected === 0) this.#findings.add('rewritten', index, index, `${nameOf(event)} is the first and names one before it`);
      else if (ownHash !== 'broken') state.suspect = { before: state.index, at: index };
    }
    state.revision = revision;
    state.index = index;
    state.hash = hash;
  }

  /** `fits`: the event after the two goes on from the second. */
  #settle(state: StreamState, fits: boolean): void {
    const { suspect } = state;
    if (suspect === undefined) return;
    const at = fits ? suspect.before : suspect.at;
    this.#findings.add('rewritten', at, at, 'it was replaced together with its hash: the chain of its stream is broken there');
    state.suspect = undefined;
  }

  #use({ type, data, stream, index }: ExportedEvent): void {
    const rule = useRules[type];
    if (rule === undefined) return;
    const name = `${stream} ${String(data[rule.key])}`;
    if (!this.#states.has(name)) return;
    const known = this.#states.get(name);
    const use = isUse(known) ? known : newUse(name, rule.from === 'none' ? index : 0);
    if (known === undefined) this.#states.set(name, use);
    if (use.standing !== rule.from) this.#findings.add('impossible', use.first, index, `${type} of the use ${name}, which is ${use.standing}`);
    use.standing = rule.to;
    use.index = index;
    if (rule.to === 'reserved') use.holdUntil = String(data['holdUntil']);
  }

  #endUse({ standing, holdUntil, index, name }: UseState, latest: number): void {
    // A time that can't be read is no time that has not come yet.
    if (standing !== 'reserved' || latest - Date.parse(holdUntil) < HOLD_GRACE_MS) return;
    this.#findings.add('impossible', index, index, `the use ${name} is held for ever: its time was over at ${holdUntil}`);
  }

  #endStream(state: StreamState): void {
    const { suspect, isWhole, events } = state;
    if (suspect !== undefined) this.#findings.add('rewritten', suspect.before, suspect.at, 'one of these two events of a stream was replaced together with its hash');
    this.streams += 1;
    if (!isWhole) return;
    this.whole.streams += 1;
    this.whole.events += events;
  }
}
