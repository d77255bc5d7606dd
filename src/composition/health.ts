import type { HealthReport, PartHealth } from '../http/shared/health-report.js';
import type { ProjectionProgress } from '../ports/projection-progress.js';
import { countUndecidedMails } from '../projections/mails/queries.js';
import type { Parts } from './parts.js';

const CHECK_TIMEOUT_MS = 2_000;

const checked = async (check: () => Promise<unknown>): Promise<PartHealth> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([check(), late]);
    return { status: 'up' };
  } catch (error) {
    return { status: 'down', detail: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
};

/** Asks every part that this process uses. A projection that stopped is down, too: what it serves is out of date. */
export const healthOf =
  ({ store, readModels, mailer, bus }: Parts, progress: ProjectionProgress) =>
  async (): Promise<HealthReport> => {
    const projections = await progress.lag().catch(() => []);
    const failed = projections.filter(({ failure }) => failure !== null);
    const [eventStore, documents, mails, messages] = await Promise.all([
      checked(() => store.head()),
      checked(() => readModels.generations()),
      checked(() => mailer.check()),
      checked(() => bus.check()),
    ]);
    const projector: PartHealth =
      failed.length === 0
        ? { status: 'up' }
        : { status: 'down', detail: failed.map(({ projection, failure }) => `${projection}: ${failure}`).join('; ') };
    return {
      parts: { eventStore, readModels: documents, mailer: mails, bus: messages, projector },
      projections,
      deadLetters: {
        mails: documents.status === 'up' ? await countUndecidedMails(readModels, 'abandoned') : 0,
        unknownMails: documents.status === 'up' ? await countUndecidedMails(readModels, 'unknown') : 0,
        events: messages.status === 'up' ? (await bus.deadLetters()).length : 0,
      },
    };
  };
