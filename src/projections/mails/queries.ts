import type { ReadModels } from '../../ports/read-models.js';
import { mailCollection, type MailDocument } from './document.js';

/** The mails that may be attempted now, longest due first. */
export const dueMails = (readModels: ReadModels, now: string, limit: number): Promise<readonly MailDocument[]> =>
  readModels.find(mailCollection, { filter: { nextAttemptAt: { $lte: now } }, sort: { nextAttemptAt: 1 }, limit });

/** The mails that wait for a time in between, some for the outcome of an attempt, some for their next one. */
export const mailsDueBetween = (readModels: ReadModels, after: string, until: string): Promise<readonly MailDocument[]> =>
  readModels.find(mailCollection, { filter: { nextAttemptAt: { $gt: after, $lte: until } }, sort: { nextAttemptAt: 1 } });

/** When the next mail after that time may be attempted; undefined when none waits. */
export const nextMailDueAfter = async (readModels: ReadModels, time: string): Promise<string | undefined> => {
  const [next] = await readModels.find(mailCollection, { filter: { nextAttemptAt: { $gt: time } }, sort: { nextAttemptAt: 1 }, limit: 1 });
  return next?.nextAttemptAt ?? undefined;
};

/** What waits for a person: mails that nobody tries to send any more, and those of which nobody knows whether they were sent. */
export type UndecidedStatus = 'abandoned' | 'unknown';

/** The latest first. */
export const undecidedMails = (readModels: ReadModels, status: UndecidedStatus, limit: number): Promise<readonly MailDocument[]> =>
  readModels.find(mailCollection, { filter: { status }, sort: { endedAt: -1 }, limit });

export const countUndecidedMails = (readModels: ReadModels, status: UndecidedStatus): Promise<number> => readModels.count(mailCollection, { status });
