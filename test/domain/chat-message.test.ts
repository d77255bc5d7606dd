import t from 'tap';
import { chatMessageDecider, type ChatMessageCommand } from '../../src/domain/chat-message/decider.js';
import type { ChatMessageEvent } from '../../src/domain/chat-message/events.js';
import { given, stateAfter } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const facts = { messageId: 'm1', chatId: 'chat', opening: 1, senderId: 'ada', clientMessageId: 'c1' };
const send = (text: string): ChatMessageCommand => ({ type: 'SendMessage', data: { ...facts, text, at } });
const forget: ChatMessageCommand = { type: 'ForgetMessage', data: { at } };
const sent = (text: string): ChatMessageEvent => ({ type: 'ChatMessageSent', data: { ...facts, text, sentAt: at } });
const forgotten: ChatMessageEvent = { type: 'ChatMessageForgotten', data: { messageId: 'm1', forgottenAt: at } };

t.test('a message is sent once, however often it is tried', async () => {
  given(chatMessageDecider).when(send('Hello\n\tworld')).then([sent('Hello\n\tworld')]);
  given(chatMessageDecider, [sent('Hello')]).when(send('Hello')).thenNothing();
  given(chatMessageDecider, [sent('Hello'), forgotten]).when(send('Hello')).thenNothing();
});

t.test('another text is no repeat', async () => {
  given(chatMessageDecider, [sent('Hello')]).when(send('Good bye')).thenRefused('chat-message-id-reused');
});

t.test('a message is forgotten once, and only if there is one', async () => {
  given(chatMessageDecider, [sent('Hello')]).when(forget).then([forgotten]);
  given(chatMessageDecider, [sent('Hello'), forgotten]).when(forget).thenNothing();
  given(chatMessageDecider).when(forget).thenRefused('chat-message-not-found');
});

t.test('events that do not apply change nothing; a sent message is at rest', async (t) => {
  t.same(stateAfter(chatMessageDecider, [forgotten]), { status: 'none' });
  t.match(stateAfter(chatMessageDecider, [sent('Hello'), sent('Again')]), { text: 'Hello' });
  t.equal(chatMessageDecider.isAtRest?.({ status: 'none' }), false);
  t.equal(chatMessageDecider.isAtRest?.(stateAfter(chatMessageDecider, [sent('Hello')])), true);
});
