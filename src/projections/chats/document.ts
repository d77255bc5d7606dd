import type { ChatType } from '../../domain/chat/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** An open chat. */
export interface ChatDocument extends Document {
  readonly type: ChatType;
  readonly name: string | null;
  readonly courseId: string | null;
  /** None for the chat of a course, whose people follow from enrollments. */
  readonly participants: readonly string[];
  /** Whose list the chat stands in: accounts, a course, admins. */
  readonly audience: readonly string[];
  /** The messages since it was opened have this thread. */
  readonly thread: string;
  readonly openedBy: string;
  readonly openedAt: string;
  readonly lastMessageId: string | null;
  readonly lastActivityAt: string;
}

export interface ChatMessageDocument extends Document {
  readonly chatId: string;
  readonly thread: string;
  readonly senderId: string;
  /** Null: the account of the sender was deleted. */
  readonly text: string | null;
  readonly clientMessageId: string | null;
  /** Of its event, in an order of strings. */
  readonly position: string;
  readonly sentAt: string;
}

/** Who runs a course, deleted or not. */
export interface ChatCourseDocument extends Document {
  readonly instructorId: string;
  readonly editors: readonly string[];
  /** The instructor and the editors. */
  readonly staff: readonly string[];
}

export const ADMINS = 'admins';
export const accountAudience = (accountId: string): string => `account ${accountId}`;
export const courseAudience = (courseId: string): string => `course ${courseId}`;

export const chats = collection<ChatDocument>({ projection: 'chats', name: 'chats', indexes: [{ audience: 1 }] });

export const chatMessages = collection<ChatMessageDocument>({
  projection: 'chats',
  name: 'chatMessages',
  indexes: [{ thread: 1, position: 1 }, { position: 1 }],
});

export const chatCourses = collection<ChatCourseDocument>({ projection: 'chats', name: 'chatCourses', indexes: [{ staff: 1 }] });
