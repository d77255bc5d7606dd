import { uuidV5 } from '../../primitives/uuid-v5.js';

const CHATS = '5a1b6d0e-3c57-5f0a-8f5e-9d2f4b7c6a13';

/** The same for both, whoever asks first: that there is one chat for two people is a fact of one stream. */
export const privateChatId = (people: readonly string[]): string => uuidV5(`private ${people.toSorted().join(' ')}`, CHATS);

export const courseChatId = (courseId: string): string => uuidV5(`course ${courseId}`, CHATS);

interface SentMessage {
  readonly chatId: string;
  readonly opening: number;
  readonly senderId: string;
  readonly clientMessageId: string;
}

/** The same for each attempt to send the message, so that it is a stream that exists already. */
export const chatMessageId = ({ chatId, opening, senderId, clientMessageId }: SentMessage): string =>
  uuidV5(`${opening} ${senderId} ${clientMessageId}`, chatId);
