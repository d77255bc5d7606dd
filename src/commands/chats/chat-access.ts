import { aggregates } from '../../domain/aggregates.js';
import type { ExistingChat } from '../../domain/chat/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { hasAccess } from '../../domain/enrollment/decider.js';
import type { Position } from '../../ports/event-store.js';
import type { Actor } from '../actor.js';
import { readsChat, type ChatCourse } from '../access/rules.js';
import type { CommandServices } from '../services.js';

type Services = Pick<CommandServices, 'handler'>;

export interface SeenChat {
  readonly ok: true;
  readonly chat: ExistingChat;
  readonly course: ChatCourse;
  readonly position: Position;
  readonly commands: { has(commandId: string): boolean };
}

/** Who takes part follows from the course and the enrollment as they are now. A course that was deleted keeps its people. */
export const courseOfChat = async ({ handler }: Services, { accountId }: Actor, courseId: string | null): Promise<ChatCourse> => {
  if (courseId === null) return null;
  const [{ state: course }, { state: enrollment }] = await Promise.all([
    handler.load(aggregates.course, courseId),
    handler.load(aggregates.enrollment, `${accountId}.${courseId}`),
  ]);
  if (course.status === 'none') return null;
  const { instructorId, editors } = course;
  return { instructorId, editors, enrolled: hasAccess(enrollment) };
};

/** An open chat that the account may read; who may not is told that there is none. */
export const seenChat = async (services: Services, actor: Actor, chatId: string): Promise<SeenChat | Refusal<'chat-not-found'>> => {
  const { state: chat, position, commands } = await services.handler.load(aggregates.chat, chatId);
  if (chat.status !== 'open') return reject('chat-not-found');
  const course = await courseOfChat(services, actor, chat.courseId);
  return readsChat(actor, chat, course) ? { ok: true, chat, course, position, commands } : reject('chat-not-found');
};

/** The first of these accounts that nobody has registered, or that was deleted. */
export const firstUnregistered = async ({ handler }: Services, accountIds: readonly string[]): Promise<string | undefined> => {
  const found = await Promise.all(accountIds.map((accountId) => handler.load(aggregates.account, accountId)));
  return accountIds.find((_, index) => found[index]?.state.status !== 'registered');
};
