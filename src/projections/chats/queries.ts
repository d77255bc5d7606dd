import type { Position } from '../../ports/event-store.js';
import type { ReadModels } from '../../ports/read-models.js';
import { orderedPosition } from '../kernel/stored-collections.js';
import { findSlice, type Place, type Slice } from '../kernel/slice.js';
import { accountAudience, ADMINS, chatCourses, chatMessages, chats, courseAudience, type ChatCourseDocument, type ChatDocument, type ChatMessageDocument } from './document.js';

export type { ChatCourseDocument, ChatDocument, ChatMessageDocument } from './document.js';

/** Of the courses that an account edits, and of those that it has, so many count for its list of chats. */
export const MOST_COURSES = 1_000;

export interface Reader {
  readonly accountId: string;
  readonly isAdmin: boolean;
  /** Courses that the account has. */
  readonly courseIds: readonly string[];
}

export interface ListedChat {
  readonly chat: ChatDocument;
  readonly lastMessage: ChatMessageDocument | undefined;
}

export const chatById = (readModels: ReadModels, chatId: string): Promise<ChatDocument | undefined> => readModels.get(chats, chatId);

export const chatCourseById = (readModels: ReadModels, courseId: string): Promise<ChatCourseDocument | undefined> => readModels.get(chatCourses, courseId);

export const chatMessageById = (readModels: ReadModels, messageId: string): Promise<ChatMessageDocument | undefined> => readModels.get(chatMessages, messageId);

/** With the last message of each, in the order of the chats. */
export const withLastMessages = async (readModels: ReadModels, found: readonly ChatDocument[]): Promise<readonly ListedChat[]> => {
  const ids = [...new Set(found.flatMap(({ lastMessageId }) => lastMessageId ?? []))];
  const messages = await readModels.getMany(chatMessages, ids);
  const byId = new Map(ids.map((id, index) => [id, messages[index]]));
  return found.map((chat) => ({ chat, lastMessage: chat.lastMessageId === null ? undefined : byId.get(chat.lastMessageId) }));
};

/** The chats of an account, the one with the latest message first. */
export const chatsOf = async (
  readModels: ReadModels,
  { accountId, isAdmin, courseIds }: Reader,
  slice: Slice,
): Promise<{ readonly chats: readonly ListedChat[]; readonly total: number; readonly next: Place | null }> => {
  const edited = await readModels.find(chatCourses, { filter: { staff: accountId }, limit: MOST_COURSES });
  const courses = new Set([...courseIds, ...edited.map(({ id }) => id)]);
  const audience = [accountAudience(accountId), ...(isAdmin ? [ADMINS] : []), ...[...courses].map(courseAudience)];
  const list = { filter: { audience: { $in: audience } }, sort: { lastActivityAt: -1 } } as const;
  const { found, ...rest } = await findSlice(readModels, chats, list, slice);
  return { chats: await withLastMessages(readModels, found), ...rest };
};

export interface MessageRange {
  readonly thread: string;
  readonly order: 'newest' | 'oldest';
  /** Messages beyond this one in that order; absent: from the first. */
  readonly from?: Position | undefined;
  /** Messages up to this position. */
  readonly upTo?: Position | undefined;
  readonly limit: number;
}

/** Messages of one opening of a chat, in the order of the log. */
export const messagesOf = (readModels: ReadModels, { thread, order, from, upTo, limit }: MessageRange): Promise<readonly ChatMessageDocument[]> => {
  const beyond = from === undefined ? {} : { [order === 'newest' ? '$lt' : '$gt']: orderedPosition(from) };
  const position = { ...beyond, ...(upTo === undefined ? {} : { $lte: orderedPosition(upTo) }) };
  const filter = { thread, ...(Object.keys(position).length === 0 ? {} : { position }) };
  return readModels.find(chatMessages, { filter, sort: { position: order === 'newest' ? -1 : 1 }, limit });
};

/** Where something was written after one position and up to another; `last` is how far this part of them goes. */
export const threadsWrittenTo = async (
  readModels: ReadModels,
  { after, upTo, limit }: { readonly after: Position; readonly upTo: Position; readonly limit: number },
): Promise<{ readonly threads: ReadonlySet<string>; readonly last: Position }> => {
  const filter = { position: { $gt: orderedPosition(after), $lte: orderedPosition(upTo) } };
  const found = await readModels.find(chatMessages, { filter, sort: { position: 1 }, limit });
  const last = found.at(-1);
  return { threads: new Set(found.map(({ thread }) => thread)), last: last === undefined || found.length < limit ? upTo : BigInt(last.position) };
};
