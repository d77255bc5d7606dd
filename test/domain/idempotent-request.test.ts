import t from 'tap';
import { requestDecider, type RequestCommand } from '../../src/domain/idempotent-request/decider.js';
import type { RequestEvent } from '../../src/domain/idempotent-request/events.js';
import { given, stateAfter } from './decider-specification.js';

const requestId = 'request-1';
const at = '2026-03-01T12:00:00.000Z';
const answerData = { status: 201, headers: { 'x-position': '7' }, body: '{"id":"1"}' };
const received: RequestEvent = { type: 'RequestReceived', data: { requestId, fingerprint: 'one', receivedAt: at } };
const answered: RequestEvent = { type: 'RequestAnswered', data: { requestId, ...answerData, answeredAt: at } };
const receive = (fingerprint: string): RequestCommand => ({ type: 'ReceiveRequest', data: { requestId, fingerprint, at } });
const answer: RequestCommand = { type: 'AnswerRequest', data: { requestId, ...answerData, at } };

t.test('receiving', async (t) => {
  t.test('records the first', async () => given(requestDecider).when(receive('one')).then([received]));
  t.test('the same again changes nothing', async () => {
    given(requestDecider, [received]).when(receive('one')).thenNothing();
    given(requestDecider, [received, answered]).when(receive('one')).thenNothing();
  });
  t.test('another body by the same key is refused', async () => {
    given(requestDecider, [received]).when(receive('two')).thenRefused('idempotency-key-reused');
    given(requestDecider, [received, answered]).when(receive('two')).thenRefused('idempotency-key-reused');
  });
});

t.test('answering', async (t) => {
  t.test('records the answer', async () => given(requestDecider, [received]).when(answer).then([answered]));
  t.test('is done once: the first answer stays', async (t) => {
    given(requestDecider, [received, answered]).when(answer).thenNothing();
    t.same(stateAfter(requestDecider, [received, answered]), { status: 'answered', fingerprint: 'one', answer: answerData });
  });
  t.test('is refused for a request that was not received', async () => given(requestDecider).when(answer).thenRefused('request-not-received'));
});

t.test('evolve ignores what does not apply', async (t) => {
  t.same(stateAfter(requestDecider, [answered]), { status: 'none' });
  t.match(stateAfter(requestDecider, [received, { ...received, data: { ...received.data, fingerprint: 'two' } }]), { fingerprint: 'one' });
});
