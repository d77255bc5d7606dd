import t from 'tap';
import { chatDecider, type ChatChanges, type ChatCommand } from '../../src/domain/chat/decider.js';
import type { ChatEvent, ChatType } from '../../src/domain/chat/events.js';
import { given, stateAfter } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const chatId = 'chat';

const open = (type: ChatType, participants: readonly string[], name: string | null = null): ChatCommand => ({
  type: 'OpenChat',
  data: { chatId, type, participants, courseId: type === 'course' ? 'fugues' : null, name, openedBy: 'ada', at },
});
const change = (changes: ChatChanges): ChatCommand => ({ type: 'ChangeChat', data: { changes, changedBy: 'ada', at } });
const end: ChatCommand = { type: 'EndChat', data: { endedBy: 'ada', at } };
const forget: ChatCommand = { type: 'ForgetChatName', data: { at } };

const opened = (type: ChatType, participants: string[], opening = 1, name: string | null = null): ChatEvent => ({
  type: 'ChatOpened',
  data: { chatId, type, participants, courseId: type === 'course' ? 'fugues' : null, name, opening, openedBy: 'ada', openedAt: at },
});
const renamed = (name: string | null, renamedBy: string | null = 'ada'): ChatEvent => ({ type: 'ChatRenamed', data: { chatId, name, renamedBy, renamedAt: at } });
const changed = (added: string[], removed: string[]): ChatEvent => ({ type: 'ChatParticipantsChanged', data: { chatId, added, removed, changedBy: 'ada', changedAt: at } });
const ended = (opening = 1): ChatEvent => ({ type: 'ChatEnded', data: { chatId, opening, endedBy: 'ada', endedAt: at } });

t.test('opening', async (t) => {
  t.test('a private chat is for two people', async () => {
    given(chatDecider).when(open('private', ['ada', 'bob'], 'Us')).then([opened('private', ['ada', 'bob'], 1, 'Us')]);
    given(chatDecider).when(open('private', ['ada', 'bob', 'ada'])).then([opened('private', ['ada', 'bob'])]);
    for (const people of [[], ['ada'], ['ada', 'ada'], ['ada', 'bob', 'eve']]) given(chatDecider).when(open('private', people)).thenRefused('chat-needs-two');
  });
  t.test('others are for any number', async () => {
    given(chatDecider).when(open('system', [])).then([opened('system', [])]);
    given(chatDecider).when(open('course', [])).then([opened('course', [])]);
  });
  t.test('one that is open stays as it is', async () => {
    given(chatDecider, [opened('private', ['ada', 'bob'])]).when(open('private', ['ada', 'bob'], 'Another name')).thenNothing();
  });
  t.test('one that was ended begins anew', async () => {
    const before = [opened('private', ['ada', 'bob'], 1, 'Us'), ended()];
    given(chatDecider, before).when(open('private', ['ada', 'bob'])).then([opened('private', ['ada', 'bob'], 2)]);
    given(chatDecider, [...before, opened('private', ['ada', 'bob'], 2), ended(2)]).when(open('private', ['ada', 'bob'])).then([opened('private', ['ada', 'bob'], 3)]);
  });
});

t.test('changing', async (t) => {
  const system = opened('system', ['ada', 'bob']);
  t.test('the name is changed once, and taken away', async () => {
    given(chatDecider, [system]).when(change({ name: 'News' })).then([renamed('News')]);
    given(chatDecider, [system, renamed('News')]).when(change({ name: 'News' })).thenNothing();
    given(chatDecider, [system, renamed('News')]).when(change({ name: null })).then([renamed(null)]);
  });
  t.test('what is absent stays', async () => {
    given(chatDecider, [system, renamed('News')]).when(change({})).thenNothing();
  });
  t.test('participants of a system chat come and go', async (t) => {
    given(chatDecider, [system]).when(change({ participants: ['bob', 'eve', 'eve'] })).then([changed(['eve'], ['ada'])]);
    given(chatDecider, [system]).when(change({ participants: ['bob', 'ada'] })).thenNothing();
    t.match(stateAfter(chatDecider, [system, changed(['eve'], ['ada'])]), { participants: ['bob', 'eve'] });
  });
  t.test('name and participants change together', async () => {
    given(chatDecider, [system]).when(change({ name: 'News', participants: [] })).then([renamed('News'), changed([], ['ada', 'bob'])]);
  });
  t.test('type, course, and the people of other chats never change', async () => {
    const pair = opened('private', ['ada', 'bob']);
    given(chatDecider, [pair]).when(change({ type: 'private', courseId: null, participants: ['bob', 'ada'] })).thenNothing();
    given(chatDecider, [pair]).when(change({ type: 'system' })).thenRefused('chat-field-fixed', { field: 'type' });
    given(chatDecider, [pair]).when(change({ courseId: 'fugues' })).thenRefused('chat-field-fixed', { field: 'courseId' });
    for (const participants of [['ada'], ['ada', 'eve'], ['ada', 'bob', 'eve'], []]) {
      given(chatDecider, [pair]).when(change({ name: 'Us', participants })).thenRefused('chat-field-fixed', { field: 'participants' });
    }
    given(chatDecider, [opened('course', [])]).when(change({ participants: ['eve'] })).thenRefused('chat-field-fixed', { field: 'participants' });
    given(chatDecider, [opened('course', [])]).when(change({ participants: [], courseId: 'fugues' })).thenNothing();
  });
  t.test('a worker takes the name away once', async () => {
    given(chatDecider, [opened('private', ['ada', 'bob'], 1, 'Ada and Bob')]).when(forget).then([renamed(null, null)]);
    given(chatDecider, [opened('private', ['ada', 'bob'])]).when(forget).thenNothing();
  });
});

t.test('ending', async (t) => {
  t.test('an open chat ends', async () => {
    given(chatDecider, [opened('system', [])]).when(end).then([ended()]);
    given(chatDecider, [opened('system', []), ended(), opened('system', [], 2)]).when(end).then([ended(2)]);
  });
  t.test('of one that is not open there is nothing to change or end', async () => {
    for (const history of [[], [opened('system', []), ended()]]) {
      for (const command of [end, forget, change({ name: 'News' })]) given(chatDecider, history).when(command).thenRefused('chat-not-found');
    }
  });
  t.test('events that do not apply change nothing', async (t) => {
    for (const event of [renamed('x'), changed(['a'], []), ended()]) t.same(stateAfter(chatDecider, [event]), { status: 'none' });
  });
});
