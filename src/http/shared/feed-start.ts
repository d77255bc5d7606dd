import { Type } from 'typebox';
import type { EventStore, Position } from '../../ports/event-store.js';

/** A position as clients are given it; on servers it has up to 128 bits. */
export const PlaceText = (description: string) => Type.String({ pattern: String.raw`^\d{1,39}$`, maxLength: 39, description });

/** Where a feed begins, for clients that can set no header, too. */
export const FeedStart = { after: Type.Optional(PlaceText('Begin after this event, for clients that can’t send Last-Event-ID')) };
export const FeedHeaders = Type.Object({ 'last-event-id': Type.Optional(PlaceText('The id of the last event that was seen')) });

interface Asked {
  readonly headers: { readonly 'last-event-id'?: string | undefined };
  readonly query: { readonly after?: string | undefined };
}

/**
 * The position after which a feed begins; undefined: with what comes now. A place beyond the end of the log, as after a backup was
 * restored, is its end: it would be waited for in silence, and for long.
 */
export const feedStart = async (store: Pick<EventStore<never>, 'head'>, { headers, query }: Asked): Promise<Position | undefined> => {
  const text = headers['last-event-id'] ?? query.after;
  if (text === undefined) return undefined;
  const [place, head] = [BigInt(text), await store.head()];
  return place > head ? head : place;
};
