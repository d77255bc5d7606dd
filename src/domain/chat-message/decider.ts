import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { ChatMessageEvent } from './events.js';

type SendMessage = Readonly<{
  messageId: string;
  chatId: string;
  opening: number;
  senderId: string;
  clientMessageId: string | null;
  text: string;
  at: string;
}>;

export type ChatMessageCommand = Message<'SendMessage', SendMessage> | Message<'ForgetMessage', { at: string }>;

export type ChatMessageRejection = 'chat-message-not-found' | 'chat-message-id-reused';

export type ChatMessage = Readonly<{ status: 'none' }> | Readonly<{ status: 'sent' | 'forgotten'; messageId: string; text: string }>;

export const decide = ({ type, data }: ChatMessageCommand, message: ChatMessage): Decision<ChatMessageEvent, ChatMessageRejection> => {
  if (type === 'SendMessage') {
    const { at: sentAt, ...sent } = data;
    if (message.status === 'none') return accept({ type: 'ChatMessageSent', data: { ...sent, sentAt } });
    return message.text === data.text ? accept() : reject('chat-message-id-reused');
  }
  if (message.status === 'none') return reject('chat-message-not-found');
  if (message.status === 'forgotten') return accept();
  return accept({ type: 'ChatMessageForgotten', data: { messageId: message.messageId, forgottenAt: data.at } });
};

export const evolve = (message: ChatMessage, { type, data }: ChatMessageEvent): ChatMessage => {
  switch (type) {
    case 'ChatMessageSent':
      return message.status === 'none' ? { status: 'sent', messageId: data.messageId, text: data.text } : message;
    case 'ChatMessageForgotten':
      return message.status === 'none' ? message : { ...message, status: 'forgotten' };
    default:
      return unknownEvent(type, message);
  }
};

export const chatMessageDecider: Decider<ChatMessage, ChatMessageCommand, ChatMessageEvent, ChatMessageRejection> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
  isAtRest: ({ status }) => status !== 'none',
};
