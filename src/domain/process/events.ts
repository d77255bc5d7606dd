import { Type } from 'typebox';
import { defineEvent, Id, Nullable, Timestamp, type EventOf } from '../kernel/event-schema.js';

/** Each process is the category of its streams. */
export const PROCESS_NAMES = ['checkout'] as const;
export type ProcessName = (typeof PROCESS_NAMES)[number];

const common = { process: Type.String(), processId: Id };

/** One instance of a process has one stream, `<process>-<id>`: its inbox and its outbox in one append. */
export const processEvents = [
  defineEvent('ProcessAdvanced', 'The process took in one event (or a timer) and decided what to do about it.', {
    ...common,
    /** The event taken in, or the id of the timer that elapsed. */
    inputId: Id,
    inputType: Type.String(),
    /** The state after it: the process folds from its last event. */
    state: Type.Unknown(),
    /** The commands it asks for. A command's id is derived from this event's id and the place in the list. */
    commands: Type.Array(
      Type.Object({
        aggregate: Type.String(),
        id: Type.String(),
        command: Type.Object({ type: Type.String(), data: Type.Unknown() }),
      }),
    ),
    /** The one timer that runs after this step; null: none. */
    dueAt: Nullable(Timestamp),
    /** The reason for asking for nothing, where one is needed. */
    ignored: Nullable(Type.String()),
    advancedAt: Timestamp,
  }),
  defineEvent('ProcessCommandRefused', 'An aggregate refused a command of the process.', {
    ...common,
    causeId: Id,
    aggregate: Type.String(),
    id: Type.String(),
    commandType: Type.String(),
    rejection: Type.String(),
    refusedAt: Timestamp,
  }),
] as const;

export type ProcessEvent = EventOf<(typeof processEvents)[number]>;
