import type { OpenChatRejection } from '../../commands/chats/open-chat.js';
import type { SendMessageRejection } from '../../commands/chats/send-message.js';
import type { ChatRejection } from '../../domain/chat/decider.js';
import type { ChatMessageRejection } from '../../domain/chat-message/decider.js';
import type { Answer } from './answer.js';
import type { CourseCode } from './course.js';

type Refused = Exclude<ChatRejection | ChatMessageRejection | OpenChatRejection | SendMessageRejection, CourseCode | 'account-not-found'>;

export const chatRefusals = {
  'chat-not-found': ['not-found', 'The chat does not exist.'],
  'chat-needs-two': ['unprocessable', 'A private chat is for two people: the participants name one other account.', 'participants'],
  'chat-field-fixed': ['unprocessable', 'The type and the course of a chat never change, and its participants only in a system chat.'],
  'chat-not-permitted': ['forbidden', 'This is for the people who run the chat only.'],
  'chat-read-only': ['forbidden', 'Only admins write to a system chat.'],
  'chat-message-not-found': ['not-found', 'The message does not exist.'],
  'chat-message-id-reused': ['conflict', 'Another text was sent with this clientMessageId.', 'clientMessageId'],
} satisfies Record<Refused, Answer>;
