import type { ReadModels } from '../../ports/read-models.js';
import { findSlice, type Place, type Slice } from '../kernel/slice.js';
import { mailCollection, type MailDocument } from './document.js';

/** The mails that may be attempted now, longest due first. */
export const dueMails = (readModels: ReadModels, now: string, limit: number): Promise<readonly MailDocument[]> =>
  readModels.find(mailCollection, { filter: { nextAttemptAt: { $lte: now } }, sort: { nextAttemptAt: 1 }, limit });

/** The mails due in the interval, for their next attempt or for the outcome of one. */
export const mailsDueBetween = (readModels: ReadModels, after: string, until: string): Promise<readonly MailDocument[]> =>
  readModels.find(mailCollection, { filter: { nextAttemptAt: { $gt: after, $lte: until } }, sort: { nextAttemptAt: 1 } });

/** The time of the next attempt after `time`; undefined when none waits. */
export const nextMailDueAfter = async (readModels: ReadModels, time: string): Promise<string | undefined> => {
  const [next] = await readModels.find(mailCollection, { filter: { nextAttemptAt: { $gt: time } }, sort: { nextAttemptAt: 1 }, limit: 1 });
  return next?.nextAttemptAt ?? undefined;
};

/** Mails that wait for a person: given up, or perhaps sent. */
export type UndecidedStatus = 'abandoned' | 'unknown';

export const undecidedMails = (readModels: ReadModels, status: UndecidedStatus, limit: number): Promise<readonly MailDocument[]> =>
  readModels.find(mailCollection, { filter: { status }, sort: { endedAt: -1 }, limit });

export const countUndecidedMails = (readModels: ReadModels, status: UndecidedStatus): Promise<number> => readModels.count(mailCollection, { status });

/** A part of the list of mails that wait for a person, the last one first. */
export const listUndecidedMails = async (
  readModels: ReadModels,
  status: UndecidedStatus,
  slice: Slice,
): Promise<{ readonly mails: readonly MailDocument[]; readonly total: number; readonly next: Place | null }> => {
  const { found: mails, ...rest } = await findSlice(readModels, mailCollection, { filter: { status }, sort: { endedAt: -1 } }, slice);
  return { mails, ...rest };
};
