import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { RequestEvent } from './events.js';

export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type RequestCommand =
  | Message<'ReceiveRequest', { requestId: string; fingerprint: string; at: string }>
  | Message<'AnswerRequest', RecordedAnswer & { requestId: string; at: string }>;

export type RequestRejection = 'idempotency-key-reused' | 'request-not-received';

export type IdempotentRequest =
  | Readonly<{ status: 'none' }>
  | Readonly<{ status: 'received'; fingerprint: string }>
  | Readonly<{ status: 'answered'; fingerprint: string; answer: RecordedAnswer }>;

export const decide = (
  { type, data }: RequestCommand,
  request: IdempotentRequest,
): Decision<RequestEvent, RequestRejection> => {
  switch (type) {
    case 'ReceiveRequest': {
      const { requestId, fingerprint, at } = data;
      if (request.status === 'none') {
        return accept({ type: 'RequestReceived', data: { requestId, fingerprint, receivedAt: at } });
      }
      return request.fingerprint === fingerprint ? accept() : reject('idempotency-key-reused');
    }
    case 'AnswerRequest': {
      const { at, ...answer } = data;
      if (request.status === 'none') return reject('request-not-received');
      if (request.status === 'answered') return accept();
      return accept({ type: 'RequestAnswered', data: { ...answer, answeredAt: at } });
    }
  }
};

export const evolve = (request: IdempotentRequest, event: RequestEvent): IdempotentRequest => {
  switch (event.type) {
    case 'RequestReceived':
      return request.status === 'none' ? { status: 'received', fingerprint: event.data.fingerprint } : request;
    case 'RequestAnswered': {
      if (request.status === 'none') return request;
      const { status, headers, body } = event.data;
      return { status: 'answered', fingerprint: request.fingerprint, answer: { status, headers, body } };
    }
    default:
      return unknownEvent(event, request);
  }
};

export const requestDecider: Decider<IdempotentRequest, RequestCommand, RequestEvent, RequestRejection> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
};
