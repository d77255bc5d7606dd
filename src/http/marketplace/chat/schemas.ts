import { Type, type Static } from 'typebox';
import { ChatType } from '../../../domain/chat/events.js';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { PlaceText } from '../../shared/feed-start.js';
import { MAX_PAGE_SIZE } from '../../shared/pagination.js';
import { ClientId, FilledLine, FilledText } from '../../shared/text-schemas.js';

const MOST_PARTICIPANTS = 500;
const LONGEST_TEXT = 4_000;

const Participants = Type.Array(ClientId, {
  maxItems: MOST_PARTICIPANTS,
  description: 'Account ids. Private: the other person (the caller may be named too). Course: without meaning, its members follow from enrollments',
});
const Name = Nullable(FilledLine({ maxLength: 200 }));

export const OpenChatBody = Type.Object({
  type: ChatType,
  participants: Participants,
  courseId: Type.Optional(Nullable(ClientId)),
  name: Type.Optional(Name),
});
export type OpenChatBody = Static<typeof OpenChatBody>;

export const ChangeChatBody = Type.Partial(Type.Object({ type: ChatType, participants: Participants, courseId: Nullable(ClientId), name: Name }));

export const ChatParams = Type.Object({ id: ClientId });

export const SendMessageBody = Type.Object({
  text: FilledText({ maxLength: LONGEST_TEXT, description: 'Text without markup; lines and tabs are kept' }),
  clientMessageId: Type.Optional(
    Nullable(Type.String({ pattern: '^[A-Za-z0-9._-]+$', minLength: 1, maxLength: 64, description: 'Of the client’s own making: sent again, it is the same message' })),
  ),
});

export const MessageQuery = Type.Object({
  cursor: Type.Optional(PlaceText('nextCursor of the page before')),
  order: Type.Optional(Type.Enum(['newest', 'oldest'], { default: 'newest', description: 'Which come first' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, default: 50, description: `At most ${MAX_PAGE_SIZE}` })),
});

export const ChatMessage = Type.Object({
  id: Type.String(),
  chatId: Type.String(),
  senderId: Type.String(),
  text: Nullable(Type.String({ description: 'null: the account of the sender was deleted' })),
  clientMessageId: Nullable(Type.String()),
  position: Type.String({ description: 'Its place in the log: the id of its event in the feed' }),
  sentAt: Type.String(),
});

export const Chat = Type.Object({
  id: Type.String(),
  type: ChatType,
  name: Nullable(Type.String()),
  courseId: Nullable(Type.String()),
  participants: Type.Array(Type.String(), { description: 'Account ids; none for the chat of a course' }),
  createdBy: Type.String(),
  createdAt: Type.String(),
  lastActivityAt: Type.String(),
  lastMessage: Nullable(ChatMessage),
});

export const EndedChat = Type.Object({ id: Type.String(), deleted: Type.Literal(true) });

export const MessagePage = Type.Object({
  data: Type.Array(ChatMessage),
  nextCursor: Nullable(Type.String({ description: 'null: there are no more' })),
});

export const MessageFeed = {
  description: 'Server-sent events: `message` with a message as data and its position as id, and a comment every 15 seconds',
  content: { 'text/event-stream': { schema: Type.Unsafe<NodeJS.ReadableStream>({ type: 'string' }) } },
};
