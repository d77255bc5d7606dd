import { api } from '../api/client.js';
import { dataOf } from '../api/problems.js';
import type { paths } from '../api/schema.js';

export type StreamPage = paths['/audit/streams/{stream}']['get']['responses'][200]['content']['application/json'];
export type StreamEvent = StreamPage['events'][number];
export type Trace = paths['/audit/traces/{id}']['get']['responses'][200]['content']['application/json'];
export type TraceNode = Trace['nodes'][number];

/** As many events with their states as the server gives at once. */
export const MOST_AT_ONCE = 100;

/** Events of a stream from a revision on, each with the state after it. */
export const askStream = (stream: string, fromRevision: number, signal: AbortSignal): Promise<StreamPage> =>
  dataOf(api.GET('/audit/streams/{stream}', { params: { path: { stream }, query: { state: true, fromRevision, limit: MOST_AT_ONCE } }, signal }));

export const askTrace = (id: string, signal: AbortSignal): Promise<Trace> => dataOf(api.GET('/audit/traces/{id}', { params: { path: { id } }, signal }));

const textIn = (fields: StreamEvent['metadata'], name: string): string => {
  const value = Object.entries(fields).find(([field]) => field === name)?.[1];
  return typeof value === 'string' ? value : '';
};

export const occurredAt = ({ metadata }: Pick<StreamEvent, 'metadata'>): string => textIn(metadata, 'occurredAt');

/** Who did it: an account, or the program by itself. */
export const actorOf = ({ metadata }: Pick<StreamEvent, 'metadata'>): string => textIn(metadata, 'actorId') || 'the program';

export const hashOf = ({ metadata }: Pick<StreamEvent, 'metadata'>): string => textIn(metadata, 'hash');

/** PaymentCaptureRequested as "Payment capture requested". */
export const titleOf = (type: string): string => {
  const words = type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
