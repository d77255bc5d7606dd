import { Type, type Static } from 'typebox';
import { defineEvent, Id, Nullable, Personal, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const ChatType = Type.Enum(['private', 'course', 'system']);
export type ChatType = Static<typeof ChatType>;

const chatId = Id;
const name = Personal(Nullable(Type.String()));
/** Counts from 1. The messages of an earlier opening are not shown any more. */
const opening = Type.Integer({ minimum: 1 });

export const chatEvents = [
  defineEvent('ChatOpened', 'People can write to each other. Who takes part in the chat of a course follows from enrollments and is not kept here.', {
    chatId,
    type: ChatType,
    participants: Type.Array(Id),
    courseId: Nullable(Id),
    name,
    opening,
    openedBy: Id,
    openedAt: Timestamp,
  }),
  defineEvent('ChatRenamed', 'The chat has another name, or none; null in renamedBy: a worker.', { chatId, name, renamedBy: Nullable(Id), renamedAt: Timestamp }),
  defineEvent('ChatParticipantsChanged', 'Accounts were added to a system chat, or taken out of it.', {
    chatId,
    added: Type.Array(Id),
    removed: Type.Array(Id),
    changedBy: Id,
    changedAt: Timestamp,
  }),
  defineEvent('ChatEnded', 'The chat and its messages are shown to nobody any more; a new opening begins without messages.', {
    chatId,
    opening,
    endedBy: Id,
    endedAt: Timestamp,
  }),
] as const;

export type ChatEvent = EventOf<(typeof chatEvents)[number]>;
