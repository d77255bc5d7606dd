import { aggregates } from '../../domain/aggregates.js';
import type { ChatChanges, ChatRejection } from '../../domain/chat/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { managesChat } from '../access/rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { firstUnregistered, seenChat } from './chat-access.js';

export interface ChangeChatInput {
  readonly actor: Actor;
  readonly chatId: string;
  readonly changes: ChatChanges;
}

/** The name, and of a system chat the participants. Whoever is added has an account. */
export const changeChat =
  (services: CommandServices) =>
  async (
    { actor, chatId, changes }: ChangeChatInput,
    context: CommandContext,
  ): Promise<Outcome<null, ChatRejection | 'account-not-found' | 'chat-not-permitted'>> => {
    const { handler, clock } = services;
    const seen = await seenChat(services, actor, chatId);
    if (!seen.ok) return seen;
    if (!managesChat(actor, seen.chat, seen.course)) return reject('chat-not-permitted');
    const known = new Set(seen.chat.participants);
    const added = seen.chat.type === 'system' ? (changes.participants ?? []).filter((id) => !known.has(id)) : [];
    const accountId = await firstUnregistered(services, added);
    if (accountId !== undefined) return reject('account-not-found', { accountId });
    const data = { changes, changedBy: actor.accountId, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.chat, chatId, { type: 'ChangeChat', data }, context), null);
  };
