import type { Static } from 'typebox';
import type { ChatMessageDocument, ListedChat } from '../../../projections/chats/queries.js';
import type { Chat, ChatMessage } from './schemas.js';

/** The place of a message in the log, as X-Position prints it. */
export const placeOf = ({ position }: ChatMessageDocument): string => BigInt(position).toString();

export const presentMessage = (message: ChatMessageDocument): Static<typeof ChatMessage> => {
  const { id, chatId, senderId, text, clientMessageId, sentAt } = message;
  return { id, chatId, senderId, text, clientMessageId, position: placeOf(message), sentAt };
};

export const presentChat = ({ chat, lastMessage }: ListedChat): Static<typeof Chat> => ({
  ...chat,
  participants: [...chat.participants],
  createdBy: chat.openedBy,
  createdAt: chat.openedAt,
  lastMessage: lastMessage === undefined ? null : presentMessage(lastMessage),
});
