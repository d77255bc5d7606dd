import { aggregates } from '../../domain/aggregates.js';
import type { ChatRejection } from '../../domain/chat/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { endsChat } from '../access/rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { seenChat } from './chat-access.js';

/** Ends the chat for everybody. Its history stays in the log; opened again it begins without messages. */
export const endChat =
  (services: CommandServices) =>
  async (
    { actor, chatId }: { readonly actor: Actor; readonly chatId: string },
    context: CommandContext,
  ): Promise<Outcome<null, ChatRejection | 'chat-not-permitted'>> => {
    const { handler, clock } = services;
    const seen = await seenChat(services, actor, chatId);
    if (seen.ok && !endsChat(actor, seen.chat, seen.course)) return reject('chat-not-permitted');
    // A repeat of the command finds the chat ended by itself: the stream knows.
    if (!seen.ok && !(await handler.load(aggregates.chat, chatId)).commands.has(context.commandId)) return seen;
    const data = { endedBy: actor.accountId, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.chat, chatId, { type: 'EndChat', data }, context), null);
  };
