import type { EventType } from '../../domain/events.js';
import type { CollectionDefinition, Document } from '../../ports/read-models.js';
import { lookingUp, rule, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import { withChange, type Change } from './cells.js';
import { figureDays, type FigureDay } from './document.js';
import { dayId, dayOf, type Place } from './places.js';

/** When an event happened, where it counts, and what it adds there. */
interface Counting<T extends EventType, From extends Document> {
  readonly at: (event: RecordOf<T>) => string;
  readonly places: (event: RecordOf<T>, found: readonly From[]) => readonly Place[];
  readonly change: (event: RecordOf<T>, place: Place, found: readonly From[]) => Change;
}

const isSame = (some: readonly object[], others: readonly object[]): boolean => some.length === others.length && some.every((one, index) => one === others[index]);

/** What an event says, with what was looked up for it: made once, though it counts at half a dozen places. */
export const oncePerEvent = <Event extends object, From extends object, Answer>(make: (event: Event, found: readonly From[]) => Answer): ((event: Event, found: readonly From[]) => Answer) => {
  let last: { readonly event: Event; readonly found: readonly From[]; readonly answer: Answer } | undefined;
  return (event, found) => {
    if (last?.event !== event || !isSame(last.found, found)) last = { event, found, answer: make(event, found) };
    return last.answer;
  };
};

/** The documents that an event counts in, and how. */
const countingIn = <T extends EventType, From extends Document>({ at, places, change }: Counting<T, From>) => {
  const placesById = oncePerEvent((event: RecordOf<T>, found: readonly From[]) => new Map(places(event, found).map((place) => [dayId(place, dayOf(at(event))), place])));
  return {
    ids: (event: RecordOf<T>, found: readonly From[]): readonly string[] => [...placesById(event, found).keys()],
    counted: (known: FigureDay | undefined, event: RecordOf<T>, found: readonly From[], id: string): FigureDay | undefined => {
      const place = placesById(event, found).get(id);
      return place === undefined ? known : withChange(known, place, at(event), change(event, place, found));
    },
  };
};

/** An event that says by itself where it counts. */
export const counted = <T extends EventType>(eventType: T, counting: Counting<T, never>): ProjectionRule => {
  const { ids, counted: count } = countingIn(counting);
  return rule(figureDays, eventType, (event) => ids(event, []), (known, event, id) => count(known, event, [], id));
};

/** An event that counts where other documents of the projection say. */
export const countedBy = <T extends EventType, From extends Document>(
  eventType: T,
  from: { readonly collection: CollectionDefinition<From>; readonly ids: (event: RecordOf<T>) => string | readonly string[] },
  counting: Counting<T, From>,
): ProjectionRule => {
  const { ids, counted: count } = countingIn(counting);
  return lookingUp(figureDays, eventType, from, ids, count);
};
