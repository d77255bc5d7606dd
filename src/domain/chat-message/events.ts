import { Type } from 'typebox';
import { defineEvent, Id, Nullable, Personal, Secret, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const chatMessageEvents = [
  defineEvent('ChatMessageSent', 'Somebody wrote to a chat. Each message has a stream of its own, so that a chat of any length costs the same.', {
    messageId: Id,
    chatId: Id,
    opening: Type.Integer({ minimum: 1 }),
    senderId: Id,
    clientMessageId: Personal(Nullable(Type.String())),
    // Auditors read that something was written, not what: a private chat is for its people.
    text: Personal(Secret(Type.String())),
    sentAt: Timestamp,
  }),
  defineEvent('ChatMessageForgotten', 'The text is not shown any more: it was sent while its sender was being deleted.', {
    messageId: Id,
    forgottenAt: Timestamp,
  }),
] as const;

export type ChatMessageEvent = EventOf<(typeof chatMessageEvents)[number]>;
