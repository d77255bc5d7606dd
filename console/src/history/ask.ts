import { api } from '../api/client.js';
import { dataOf } from '../api/problems.js';
import type { paths } from '../api/schema.js';

export type StreamPage = paths['/audit/streams/{stream}']['get']['responses'][200]['content']['application/json'];
export type AuditedEvent = StreamPage['events'][number];
export type Trace = paths['/audit/traces/{id}']['get']['responses'][200]['content']['application/json'];
export type TraceNode = Trace['nodes'][number];

export const PAGE = 50;

export const askEvents = (stream: string, fromRevision: number, signal: AbortSignal): Promise<StreamPage> =>
  dataOf(api.GET('/audit/streams/{stream}', { params: { path: { stream }, query: { state: true, fromRevision, limit: PAGE } }, signal }));

export const askTrace = (id: string, signal: AbortSignal): Promise<Trace> => dataOf(api.GET('/audit/traces/{id}', { params: { path: { id } }, signal }));

/** A field of the metadata, in words. */
export const metadataText = ({ metadata }: AuditedEvent, name: string): string => {
  const value = metadata[name];
  return typeof value === 'string' ? value : '';
};

export const shownValue = (value: unknown): string => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
