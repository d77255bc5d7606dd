import { aggregates } from '../../domain/aggregates.js';
import type { EventOfType } from '../../domain/events.js';
import type { CommandContext } from '../../commands/context.js';
import type { CommandServices } from '../../commands/services.js';

type Services = Pick<CommandServices, 'handler' | 'clock'>;

const isDeleted = async ({ handler }: Services, accountId: string): Promise<boolean> =>
  (await handler.load(aggregates.account, accountId)).state.status === 'deleted';

/** A message that was sent while its sender was being deleted: the read model forgot those before. */
export const forgetLateMessage = async (
  services: Services,
  { messageId, senderId }: EventOfType<'ChatMessageSent'>['data'],
  context: CommandContext,
): Promise<void> => {
  if (!(await isDeleted(services, senderId))) return;
  const { handler, clock } = services;
  await handler.handle(aggregates.chatMessage, messageId, { type: 'ForgetMessage', data: { at: clock.now().toISOString() } }, context);
};

/** A private chat names the people in it: it has no name once one of them is deleted. */
export const forgetLateName = async (services: Services, chatId: string, context: CommandContext): Promise<void> => {
  const { handler, clock } = services;
  const { state: chat } = await handler.load(aggregates.chat, chatId);
  if (chat.status !== 'open' || chat.type !== 'private' || chat.name === null) return;
  const deleted = await Promise.all(chat.participants.map((accountId) => isDeleted(services, accountId)));
  if (!deleted.includes(true)) return;
  // Refused only if the chat was ended meanwhile, and its name forgotten with it.
  await handler.handle(aggregates.chat, chatId, { type: 'ForgetChatName', data: { at: clock.now().toISOString() } }, context);
};
