import type { Actor } from '../../../commands/actor.js';
import { readsChat, type ChatCourse } from '../../../commands/access/rules.js';
import { chatById, chatCourseById, withLastMessages, type ChatDocument } from '../../../projections/chats/queries.js';
import { hasAccess } from '../../../projections/enrollments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { notFound } from '../../shared/problem.js';
import { presentChat } from './presenter.js';

export const common = { tags: ['Chat'] };
export const reads = ['chats', 'enrollments'] as const;
export const anyAccount = { access: 'account', reads } as const;

type Services = Pick<HttpServices, 'readModels'>;

const courseOf = async ({ readModels }: Services, { accountId }: Actor, courseId: string | null): Promise<ChatCourse> => {
  if (courseId === null) return null;
  const [course, enrolled] = await Promise.all([chatCourseById(readModels, courseId), hasAccess(readModels, accountId, courseId)]);
  return course === undefined ? null : { ...course, enrolled };
};

/** Undefined: there is none that the account may read. */
export const readableChat = async (services: Services, actor: Actor, chatId: string): Promise<ChatDocument | undefined> => {
  const chat = await chatById(services.readModels, chatId);
  if (chat === undefined) return undefined;
  return readsChat(actor, chat, await courseOf(services, actor, chat.courseId)) ? chat : undefined;
};

export const visibleChat = async (services: Services, actor: Actor, chatId: string): Promise<ChatDocument> => {
  const chat = await readableChat(services, actor, chatId);
  if (chat === undefined) throw notFound('chat');
  return chat;
};

export const shown = async (services: Services, actor: Actor, chatId: string) => {
  const [listed] = await withLastMessages(services.readModels, [await visibleChat(services, actor, chatId)]);
  if (listed === undefined) throw notFound('chat');
  return presentChat(listed);
};
