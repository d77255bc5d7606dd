import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { ChatEvent, ChatType } from './events.js';
import { changedParticipants } from './participants.js';

type OpenChat = Readonly<{
  chatId: string;
  type: ChatType;
  participants: readonly string[];
  courseId: string | null;
  name: string | null;
  openedBy: string;
  at: string;
}>;

/** A field that is absent stays. */
export type ChatChanges = Readonly<{
  type?: ChatType;
  participants?: readonly string[];
  courseId?: string | null;
  name?: string | null;
}>;

export type ChatCommand =
  | Message<'OpenChat', OpenChat>
  | Message<'ChangeChat', { changes: ChatChanges; changedBy: string; at: string }>
  | Message<'ForgetChatName', { at: string }>
  | Message<'EndChat', { endedBy: string; at: string }>;

export type ChatRejection = 'chat-not-found' | 'chat-needs-two' | 'chat-field-fixed';

export type ExistingChat = Readonly<{
  status: 'open' | 'ended';
  chatId: string;
  type: ChatType;
  participants: readonly string[];
  courseId: string | null;
  name: string | null;
  opening: number;
}>;
export type Chat = Readonly<{ status: 'none' }> | ExistingChat;

type ChatDecision = Decision<ChatEvent, ChatRejection>;

const PEOPLE_OF_A_PRIVATE_CHAT = 2;

const open = ({ at, participants, ...facts }: OpenChat, chat: Chat): ChatDecision => {
  if (chat.status === 'open') return accept();
  const people = [...new Set(participants)];
  if (facts.type === 'private' && people.length !== PEOPLE_OF_A_PRIVATE_CHAT) return reject('chat-needs-two');
  const opening = chat.status === 'none' ? 1 : chat.opening + 1;
  return accept({ type: 'ChatOpened', data: { ...facts, participants: people, opening, openedAt: at } });
};

/** The first field that was sent with another value than it always has. */
const fixedFieldIn = ({ type, courseId, participants }: ChatChanges, chat: ExistingChat): keyof ChatChanges | undefined => {
  if (type !== undefined && type !== chat.type) return 'type';
  if (courseId !== undefined && courseId !== chat.courseId) return 'courseId';
  if (participants === undefined || chat.type === 'system') return undefined;
  const people = new Set(participants);
  return people.size === chat.participants.length && chat.participants.every((id) => people.has(id)) ? undefined : 'participants';
};

const participantsChange = (wanted: readonly string[], { chatId, participants }: ExistingChat, changedBy: string, changedAt: string): readonly ChatEvent[] => {
  const [before, after] = [new Set(participants), new Set(wanted)];
  const added = [...after].filter((id) => !before.has(id));
  const removed = participants.filter((id) => !after.has(id));
  if (added.length === 0 && removed.length === 0) return [];
  return [{ type: 'ChatParticipantsChanged', data: { chatId, added, removed, changedBy, changedAt } }];
};

const renamed = ({ chatId }: ExistingChat, name: string | null, renamedBy: string | null, renamedAt: string): ChatEvent => ({
  type: 'ChatRenamed',
  data: { chatId, name, renamedBy, renamedAt },
});

const change = (changes: ChatChanges, changedBy: string, at: string, chat: ExistingChat): ChatDecision => {
  const field = fixedFieldIn(changes, chat);
  if (field !== undefined) return reject('chat-field-fixed', { field });
  const { name, participants } = changes;
  return accept<ChatEvent>(
    ...(name === undefined || name === chat.name ? [] : [renamed(chat, name, changedBy, at)]),
    ...(participants === undefined ? [] : participantsChange(participants, chat, changedBy, at)),
  );
};

export const decide = ({ type, data }: ChatCommand, chat: Chat): ChatDecision => {
  if (type === 'OpenChat') return open(data, chat);
  if (chat.status !== 'open') return reject('chat-not-found');
  switch (type) {
    case 'ChangeChat':
      return change(data.changes, data.changedBy, data.at, chat);
    case 'ForgetChatName':
      return chat.name === null ? accept() : accept(renamed(chat, null, null, data.at));
    case 'EndChat': {
      const { chatId, opening } = chat;
      return accept({ type: 'ChatEnded', data: { chatId, opening, endedBy: data.endedBy, endedAt: data.at } });
    }
  }
};

export const evolve = (chat: Chat, { type, data }: ChatEvent): Chat => {
  if (type === 'ChatOpened') {
    const { chatId, participants, courseId, name, opening } = data;
    return { status: 'open', chatId, type: data.type, participants, courseId, name, opening };
  }
  if (chat.status === 'none') return chat;
  switch (type) {
    case 'ChatRenamed':
      return { ...chat, name: data.name };
    case 'ChatParticipantsChanged':
      return { ...chat, participants: changedParticipants(chat.participants, data) };
    case 'ChatEnded':
      return { ...chat, status: 'ended', name: null };
    default:
      return unknownEvent(type, chat);
  }
};

export const chatDecider: Decider<Chat, ChatCommand, ChatEvent, ChatRejection> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
};
