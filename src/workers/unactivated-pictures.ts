import type { CommandServices } from '../commands/services.js';
import { aggregates } from '../domain/aggregates.js';
import type { ReadModels } from '../ports/read-models.js';
import { uuidV5 } from '../primitives/uuid-v5.js';
import { unactivatedWithPicture } from '../projections/accounts/queries.js';

export interface UnactivatedPicturesServices extends Pick<CommandServices, 'handler' | 'clock'> {
  readonly readModels: ReadModels;
  readonly onFailure: (worker: string, error: unknown, retryInMs: number) => void;
}

const WORKER = 'unactivated-pictures';
const NAMESPACE = '3c2f6b1e-8f0d-5b7a-9a43-1de0c6a4f2b8';
const DAY_MS = 24 * 60 * 60_000;
const EVERY_MS = 60 * 60_000;
const SOON_MS = 60_000;
const BATCH = 500;

/** Takes pictures from accounts that had them for a day and were never activated. Answers how many accounts there were, at most a batch. */
export const removeUnactivatedPictures = async ({ handler, clock, readModels }: Omit<UnactivatedPicturesServices, 'onFailure'>): Promise<number> => {
  const now = clock.now();
  const found = await unactivatedWithPicture(readModels, new Date(now.getTime() - DAY_MS).toISOString(), BATCH);
  for (const { id: accountId, avatarFile } of found) {
    if (avatarFile === null) continue;
    const commandId = uuidV5(`${accountId}/${avatarFile}`, NAMESPACE);
    const context = { commandId, actorId: null, correlationId: commandId, causationId: commandId };
    const data = { accountId, avatarFile, at: now.toISOString() };
    // The account decides on what it is now; the read model may be behind. The file goes with the event.
    await handler.handle(aggregates.account, accountId, { type: 'RemoveUnactivatedAvatar', data }, context);
  }
  return found.length;
};

/** At the start and every hour, sooner where more are left, until the signal aborts. */
export const runUnactivatedPictures = async (services: UnactivatedPicturesServices, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    const found = await removeUnactivatedPictures(services).catch((error: unknown) => {
      services.onFailure(WORKER, error, SOON_MS);
      return undefined;
    });
    await services.clock.after(found !== undefined && found < BATCH ? EVERY_MS : SOON_MS, signal);
  }
};
