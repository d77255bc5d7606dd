import { api } from '../api/client.js';
import { patiently } from '../api/patiently.js';
import { dataOf, refusalOf } from '../api/problems.js';
import type { AuditSource } from './trusted-checkpoint.js';
import type { ProofSource } from './verify-event.js';

const NOT_FOUND = 404;
const INVALID = 400;

export const serverSource: AuditSource = {
  keys: async (signal) => (await dataOf(api.GET('/audit/key', { signal }))).vkeys,
  newestNote: async (signal) => {
    const { data, error, response } = await api.GET('/audit/checkpoint', { parseAs: 'text', signal });
    if (response.status === NOT_FOUND) {
      // It also says so where the audit tree is off.
      await dataOf(api.GET('/audit/key', { signal }));
      return null;
    }
    if (data === undefined) throw refusalOf(response.status, error);
    return data;
  },
  consistency: async (from, to, signal) => (await dataOf(api.GET('/audit/proofs/consistency', { params: { query: { from, to } }, signal }))).hashes,
};

export const serverProofs: ProofSource = async (eventId, size, signal) => {
  // A long history takes more proofs than a minute allows.
  const { data, error, response } = await patiently(() => api.GET('/audit/proofs/inclusion/{eventId}', { params: { path: { eventId }, query: { size } }, signal }), signal);
  if (data !== undefined) return data;
  // The tree follows the log: an event that was written a moment ago is not in it yet.
  if (response.status === NOT_FOUND || response.status === INVALID) return 'later';
  throw refusalOf(response.status, error);
};
