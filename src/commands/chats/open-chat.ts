import { aggregates } from '../../domain/aggregates.js';
import type { ChatRejection } from '../../domain/chat/decider.js';
import type { ChatType } from '../../domain/chat/events.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { editsCourse, isAdmin } from '../access/rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { done, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { firstUnregistered, seenChat } from './chat-access.js';
import { courseChatId, privateChatId } from './chat-ids.js';

export interface OpenChatInput {
  readonly actor: Actor;
  readonly type: ChatType;
  readonly participants: readonly string[];
  /** Given for the chat of a course, and for no other. */
  readonly courseId: string | null;
  readonly name: string | null;
}

export type OpenChatRejection = ChatRejection | 'account-not-found' | 'course-not-found' | 'not-course-editor' | 'chat-not-permitted';

type Opened = Outcome<{ chatId: string }, OpenChatRejection>;
interface Place {
  readonly chatId: string;
  readonly participants: readonly string[];
}

const placeOf = ({ actor, type, participants, courseId }: OpenChatInput, { commandId }: CommandContext): Place => {
  if (type === 'course') return { chatId: courseChatId(courseId ?? ''), participants: [] };
  if (type === 'system') return { chatId: uuidV5('chat', commandId), participants: [...new Set(participants)] };
  const people = [...new Set([actor.accountId, ...participants])].sort();
  return { chatId: privateChatId(people), participants: people };
};

const refusalOf = async (services: CommandServices, { actor, type, courseId }: OpenChatInput, participants: readonly string[]): Promise<Refusal<OpenChatRejection> | undefined> => {
  if (type === 'course') {
    const { state: course } = await services.handler.load(aggregates.course, courseId ?? '');
    if (course.status === 'none' || course.status === 'deleted') return reject('course-not-found');
    return editsCourse(actor, course) ? undefined : reject('not-course-editor');
  }
  if (type === 'system' && !isAdmin(actor)) return reject('chat-not-permitted');
  if (type === 'private' && participants.length !== 2) return reject('chat-needs-two');
  const accountId = await firstUnregistered(services, participants);
  return accountId === undefined ? undefined : reject('account-not-found', { accountId });
};

/**
 * Opens a chat: anybody a private one with another account, those who edit a course its chat, admins a system chat. A chat that
 * is open already is the answer, to those who may read it: there is one for two people and one for a course.
 */
export const openChat =
  (services: CommandServices) =>
  async (input: OpenChatInput, context: CommandContext): Promise<Opened> => {
    const { handler, clock } = services;
    const { actor, type, courseId, name } = input;
    const { chatId, participants } = placeOf(input, context);
    const known = await seenChat(services, actor, chatId);
    if (known.ok) return succeeded({ chatId }, { position: known.position, changed: known.commands.has(context.commandId) });
    const refusal = await refusalOf(services, input, participants);
    if (refusal !== undefined) return refusal;
    const data = { chatId, type, participants, courseId, name, openedBy: actor.accountId, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.chat, chatId, { type: 'OpenChat', data }, context), { chatId });
  };
