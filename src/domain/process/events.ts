import { Type } from 'typebox';
import { defineEvent, Id, Nullable, Timestamp, type EventOf } from '../event-schema.js';

const common = { process: Type.String(), processId: Id };

/** The stream of one instance of a process manager, `<process>-<id>`: its inbox and its outbox in one append. */
export const processEvents = [
  defineEvent('ProcessAdvanced', 'The process took in one event and decided what to do about it.', {
    ...common,
    inputEventId: Id,
    inputType: Type.String(),
    /** The state after it, so that the process folds from its last event. */
    state: Type.Unknown(),
    /** What it asks for, in order; a command's id is derived from inputEventId and its place in the list. */
    commands: Type.Array(Type.Object({ aggregate: Type.String(), id: Type.String(), command: Type.Unknown() })),
    /** The one timer that is set after this step, or null for none. */
    dueAt: Nullable(Timestamp),
    ignoredBecause: Nullable(Type.String()),
    advancedAt: Timestamp,
  }),
  defineEvent('ProcessTimerElapsed', 'The time that the process waited for has come.', { ...common, dueAt: Timestamp, elapsedAt: Timestamp }),
] as const;

export type ProcessEvent = EventOf<(typeof processEvents)[number]>;
