import type { DomainEvent } from '../../domain/events.js';
import type { AskedMoment, Moment } from '../../http/shared/past-answers.js';
import type { EventStore, Position, RecordedEvent } from '../../ports/event-store.js';
import { RecentlyUsed } from '../../primitives/recently-used.js';

interface Place {
  readonly position: Position;
  readonly at: number;
}

/** Events whose clocks were a little apart lie near each other. */
const NEAR = 1_000;
const FIRST_STRIDE = 256;
const MOST_PLACES = 4_096;
const MOST_KNOWN = 1_000;

const placeOf = ({ position, metadata }: RecordedEvent<DomainEvent>): Place => ({ position, at: Date.parse(metadata.occurredAt) });

/**
 * Finds moments in a log. Where positions are counted, a time is found by halving. Elsewhere the log is read from its beginning, once, and a few
 * thousand places of it are remembered.
 */
export class Moments {
  readonly #store: EventStore<DomainEvent>;
  readonly #now: () => Date;
  /** What was written at a position stays there. */
  readonly #known = new RecentlyUsed<Moment>(MOST_KNOWN);
  #places: Place[] = [];
  #stride = FIRST_STRIDE;

  constructor(store: EventStore<DomainEvent>, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** A position is looked at at the time of its event. Undefined where it has not come yet. */
  async find(asked: AskedMoment): Promise<Moment | undefined> {
    const head = await this.#store.head();
    if ('time' in asked) {
      if (asked.time > this.#now()) return undefined;
      return { position: await this.#lastUpTo(asked.time.getTime(), head), at: asked.time };
    }
    const { position } = asked;
    if (position > head) return undefined;
    const known = this.#known.get(position.toString());
    if (known !== undefined) return known;
    const last = await this.#lastAt(position);
    const moment = { position, at: new Date(last?.at ?? 0) };
    this.#known.set(position.toString(), moment);
    return moment;
  }

  /** The last event up to a position. */
  async #lastAt(position: Position): Promise<Place | undefined> {
    if (position === 0n) return undefined;
    if (this.#isCounted) return this.#after(position - 1n);
    return this.#lastWhile((place) => place.position <= position);
  }

  get #isCounted(): boolean {
    return this.#store.scale.unit === 'events';
  }

  async #after(position: Position): Promise<Place | undefined> {
    for await (const event of this.#store.readAll({ after: position, limit: 1 })) return placeOf(event);
    return undefined;
  }

  async #lastUpTo(time: number, head: Position): Promise<Position> {
    if (!this.#isCounted) return (await this.#lastWhile(({ at }) => at <= time))?.position ?? 0n;
    let [low, high] = [0n, head];
    while (low < high) {
      const middle = (low + high + 1n) / 2n;
      const place = await this.#after(middle - 1n);
      if (place !== undefined && place.at <= time) low = middle;
      else high = middle - 1n;
    }
    for await (const event of this.#store.readAll({ after: low, limit: NEAR })) if (placeOf(event).at <= time) low = event.position;
    return low;
  }

  /** The last place of the log, from the last remembered one on, of which it is true. */
  async #lastWhile(holds: (place: Place) => boolean): Promise<Place | undefined> {
    let last = this.#places.filter(holds).at(-1);
    let read = 0;
    let beyond = 0;
    for await (const event of this.#store.readAll(last === undefined ? {} : { after: last.position })) {
      const place = placeOf(event);
      this.#remember(place, (read += 1));
      if (holds(place)) last = place;
      else if ((beyond += 1) > NEAR) break;
    }
    return last;
  }

  #remember(place: Place, read: number): void {
    const newest = this.#places.at(-1);
    if (read % this.#stride !== 0 || (newest !== undefined && newest.position >= place.position)) return;
    this.#places.push(place);
    if (this.#places.length < MOST_PLACES) return;
    this.#places = this.#places.filter((_, index) => index % 2 === 1);
    this.#stride *= 2;
  }
}
