import { aggregates } from '../../domain/aggregates.js';
import type { ChatMessageRejection } from '../../domain/chat-message/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { writesChat } from '../access/rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { firstUnregistered, seenChat } from './chat-access.js';
import { chatMessageId } from './chat-ids.js';

export interface SendMessageInput {
  readonly actor: Actor;
  readonly chatId: string;
  readonly text: string;
  /** Of the client's own making: the same one means the same message, sent once. */
  readonly clientMessageId: string | null;
}

export type SendMessageRejection = ChatMessageRejection | 'chat-not-found' | 'chat-read-only' | 'account-not-found';

export const sendMessage =
  (services: CommandServices) =>
  async ({ actor, chatId, text, clientMessageId }: SendMessageInput, context: CommandContext): Promise<Outcome<{ messageId: string }, SendMessageRejection>> => {
    const { handler, clock } = services;
    const { accountId: senderId } = actor;
    const seen = await seenChat(services, actor, chatId);
    if (!seen.ok) return seen;
    if (!writesChat(actor, seen.chat, seen.course)) return reject('chat-read-only');
    if ((await firstUnregistered(services, [senderId])) !== undefined) return reject('account-not-found');
    const { opening } = seen.chat;
    const messageId = clientMessageId === null ? uuidV5('chat-message', context.commandId) : chatMessageId({ chatId, opening, senderId, clientMessageId });
    const data = { messageId, chatId, opening, senderId, clientMessageId, text, at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.chatMessage, messageId, { type: 'SendMessage', data }, context);
    return done(handled, { messageId });
  };
