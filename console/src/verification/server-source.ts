import { api } from '../api/client.js';
import { dataOf, Refused } from '../api/problems.js';
import type { AuditSource } from './checkpoint-check.js';

const isRefusal = (error: unknown, status: number): boolean => error instanceof Refused && error.status === status;

const unless = async <Value>(status: number, asking: Promise<Value>): Promise<Value | undefined> => {
  try {
    return await asking;
  } catch (error) {
    if (isRefusal(error, status)) return undefined;
    throw error;
  }
};

/** What the server tells of its log, until the signal. */
export const serverSource = (signal: AbortSignal): AuditSource => ({
  newestNote: () => unless(404, dataOf(api.GET('/audit/checkpoint', { parseAs: 'text', signal }))),
  consistency: (from, to) => dataOf(api.GET('/audit/proofs/consistency', { params: { query: { from, to } }, signal })),
  // Before it has a place in a tree of that size, an event is refused as a 400, and as a 404 until the tree has it at all.
  inclusion: (eventId, size) => unless(404, unless(400, dataOf(api.GET('/audit/proofs/inclusion/{eventId}', { params: { path: { eventId }, query: { size } }, signal })))),
});

/** The key that the server names: an auditor compares it with the one from the contract. */
export const offeredKey = async (signal: AbortSignal): Promise<string> => (await dataOf(api.GET('/audit/key', { signal }))).vkey;
