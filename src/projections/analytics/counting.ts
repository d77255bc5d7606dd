import type { EventType } from '../../domain/events.js';
import type { CollectionDefinition, Document } from '../../ports/read-models.js';
import { lookingUp, rule, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import { withChange, type Change } from './cells.js';
import { figureDays } from './document.js';
import { dayId, dayOf, type Place } from './places.js';

/** When an event happened, where it counts, and what it adds there. */
interface Counting<T extends EventType, From extends Document> {
  readonly at: (event: RecordOf<T>) => string;
  readonly places: (event: RecordOf<T>, found: readonly From[]) => readonly Place[];
  readonly change: (event: RecordOf<T>, place: Place, found: readonly From[]) => Change;
}

/** An event that says by itself where it counts. */
export const counted = <T extends EventType>(eventType: T, { at, places, change }: Counting<T, never>): ProjectionRule =>
  rule(
    figureDays,
    eventType,
    (event) => places(event, []).map((place) => dayId(place, dayOf(at(event)))),
    (known, event, id) => {
      const time = at(event);
      const place = places(event, []).find((one) => dayId(one, dayOf(time)) === id);
      return place === undefined ? known : withChange(known, place, time, change(event, place, []));
    },
  );

/** An event that counts where other documents of the projection say. */
export const countedBy = <T extends EventType, From extends Document>(
  eventType: T,
  from: { readonly collection: CollectionDefinition<From>; readonly ids: (event: RecordOf<T>) => string | readonly string[] },
  { at, places, change }: Counting<T, From>,
): ProjectionRule =>
  lookingUp(
    figureDays,
    eventType,
    from,
    (event, found) => places(event, found).map((place) => dayId(place, dayOf(at(event)))),
    (known, event, found, id) => {
      const time = at(event);
      const place = places(event, found).find((one) => dayId(one, dayOf(time)) === id);
      return place === undefined ? known : withChange(known, place, time, change(event, place, found));
    },
  );
