import type { ExpectedRevision, NewEvent } from '../../../ports/event-store.js';

export interface StreamView {
  /** -1: the stream does not exist. */
  readonly lastRevision: number;
  readonly eventIdAt: (revision: number) => string | undefined;
}

export type AppendDecision = 'append' | 'refuse' | { readonly repeatedUpTo: number };

const namedRevision = (expected: ExpectedRevision): number | undefined => {
  if (typeof expected === 'number') return expected;
  return expected === 'no_stream' ? -1 : undefined;
};

const holds = (expected: ExpectedRevision, lastRevision: number): boolean => {
  if (expected === 'any') return true;
  if (expected === 'stream_exists') return lastRevision >= 0;
  return namedRevision(expected) === lastRevision;
};

/** True when the stream's last revision alone shows that the events go to its end. */
export const appendsAtOnce = (expected: ExpectedRevision, eventCount: number, lastRevision: number): boolean =>
  holds(expected, lastRevision) && (namedRevision(expected) !== undefined || eventCount === 0);

/** Decides whether to append; an append whose very events already stand there is a retry after a lost answer. */
export const decideAppend = (
  expected: ExpectedRevision,
  events: readonly Pick<NewEvent, 'id'>[],
  view: StreamView,
): AppendDecision => {
  const { lastRevision, eventIdAt } = view;
  if (appendsAtOnce(expected, events.length, lastRevision)) return 'append';
  const appends = holds(expected, lastRevision);
  const named = namedRevision(expected);
  const before = named ?? lastRevision - events.length;
  const last = before + events.length;
  const isRepeat =
    events.length > 0 &&
    before >= -1 &&
    last <= lastRevision &&
    events.every(({ id }, index) => eventIdAt(before + 1 + index) === id);
  if (isRepeat) return { repeatedUpTo: last };
  return appends ? 'append' : 'refuse';
};
