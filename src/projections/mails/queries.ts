import type { ReadModels } from '../../ports/read-models.js';
import { mailCollection, type MailDocument } from './document.js';

/** The mails that may be attempted now, longest due first. */
export const dueMails = (readModels: ReadModels, now: string, limit: number): Promise<readonly MailDocument[]> =>
  readModels.find(mailCollection, { filter: { nextAttemptAt: { $lte: now } }, sort: { nextAttemptAt: 1 }, limit });

/** When the next mail after that time may be attempted; undefined when none waits. */
export const nextMailDueAfter = async (readModels: ReadModels, time: string): Promise<string | undefined> => {
  const [next] = await readModels.find(mailCollection, { filter: { nextAttemptAt: { $gt: time } }, sort: { nextAttemptAt: 1 }, limit: 1 });
  return next?.nextAttemptAt ?? undefined;
};

/** Mails that nobody tries to send any more, the latest first. */
export const deadMails = (readModels: ReadModels, limit: number): Promise<readonly MailDocument[]> =>
  readModels.find(mailCollection, { filter: { status: 'abandoned' }, sort: { endedAt: -1 }, limit });

export const countDeadMails = (readModels: ReadModels): Promise<number> => readModels.count(mailCollection, { status: 'abandoned' });
