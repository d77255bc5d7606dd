import { changedParticipants } from '../../domain/chat/participants.js';
import type { ChatType } from '../../domain/chat/events.js';
import { projection, rule, where } from '../kernel/projection.js';
import { orderedPosition } from '../kernel/stored-collections.js';
import { accountAudience, ADMINS, chatCourses, chatMessages, chats, courseAudience, type ChatCourseDocument, type ChatDocument } from './document.js';

interface OfChat {
  readonly data: { readonly chatId: string };
}

const chatOf = ({ data }: OfChat): string => data.chatId;
const courseOf = ({ data }: { readonly data: { readonly courseId: string } }): string => data.courseId;
const threadOf = ({ chatId, opening }: { readonly chatId: string; readonly opening: number }): string => `${chatId}.${opening}`;

const audienceOf = (type: ChatType, participants: readonly string[], courseId: string | null): readonly string[] => [
  ...participants.map(accountAudience),
  ...(courseId === null ? [] : [courseAudience(courseId)]),
  ...(type === 'system' ? [ADMINS] : []),
];

const withParticipants = (chat: ChatDocument, participants: readonly string[]): ChatDocument => ({
  ...chat,
  participants,
  audience: audienceOf(chat.type, participants, chat.courseId),
});

const withEditors = (course: ChatCourseDocument, editors: readonly string[]): ChatCourseDocument => ({ ...course, editors, staff: [course.instructorId, ...editors] });

/** A private chat is named by the people in it; a system chat has its name from admins and goes on without the account. */
const withoutAccount = (chat: ChatDocument, accountId: string): ChatDocument =>
  chat.type === 'private' ? { ...chat, name: null } : withParticipants(chat, chat.participants.filter((id) => id !== accountId));

export const chatsProjection = projection({
  name: 'chats',
  version: 1,
  collections: [chats, chatMessages, chatCourses],
  rules: [
    rule(chats, 'ChatOpened', chatOf, (_, { data }, id) => {
      const { type, participants, courseId, name, openedBy, openedAt } = data;
      const audience = audienceOf(type, participants, courseId);
      return { id, type, name, courseId, participants, audience, thread: threadOf(data), openedBy, openedAt, lastMessageId: null, lastActivityAt: openedAt };
    }),
    rule(chats, 'ChatRenamed', chatOf, (chat, { data }) => chat && { ...chat, name: data.name }),
    rule(chats, 'ChatParticipantsChanged', chatOf, (chat, { data }) => chat && withParticipants(chat, changedParticipants(chat.participants, data))),
    rule(chats, 'ChatEnded', chatOf, () => undefined),
    rule(chats, 'ChatMessageSent', chatOf, (chat, { data }) =>
      // One that was sent while the chat was ended belongs to no later opening.
      chat?.thread === threadOf(data) ? { ...chat, lastMessageId: data.messageId, lastActivityAt: data.sentAt } : chat),

    rule(chatMessages, 'ChatMessageSent', ({ data }) => data.messageId, (_, { data, position }, id) => {
      const { chatId, senderId, text, clientMessageId, sentAt } = data;
      return { id, chatId, thread: threadOf(data), senderId, text, clientMessageId, position: orderedPosition(position), sentAt };
    }),
    rule(chatMessages, 'ChatMessageForgotten', ({ data }) => data.messageId, (message) => message && { ...message, text: null, clientMessageId: null }),

    rule(chatCourses, 'CourseCreated', courseOf, (_, { data: { instructorId } }, id) => ({ id, instructorId, editors: [], staff: [instructorId] })),
    rule(chatCourses, 'CourseEditorAdded', courseOf, (course, { data: { editorId } }) =>
      course && withEditors(course, [...course.editors.filter((id) => id !== editorId), editorId])),
    rule(chatCourses, 'CourseEditorRemoved', courseOf, (course, { data: { editorId } }) =>
      course && withEditors(course, course.editors.filter((id) => id !== editorId))),
  ],
  fanOuts: [
    where(chats, 'AccountDeleted', 'audience', ({ data }) => accountAudience(data.accountId), (chat, { data }) => withoutAccount(chat, data.accountId)),
    where(chatMessages, 'AccountDeleted', 'senderId', ({ data }) => data.accountId, (message) => ({ ...message, text: null, clientMessageId: null })),
    where(chatMessages, 'ChatEnded', 'thread', ({ data }) => threadOf(data), () => undefined),
  ],
});
