import type { HealthReport, PartHealth } from '../http/operations/health-report.js';
import type { ProjectionProgress } from '../ports/projection-progress.js';
import { countUndecidedMails } from '../projections/mails/queries.js';
import type { Adapters } from './adapters.js';

const CHECK_TIMEOUT_MS = 2_000;

const inTime = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([ask(), late]);
  } finally {
    clearTimeout(timer);
  }
};

const checked = async (check: () => Promise<unknown>): Promise<PartHealth> => {
  try {
    await inTime(check);
    return { status: 'up' };
  } catch (error) {
    return { status: 'down', detail: error instanceof Error ? error.message : String(error) };
  }
};

/** Whoever buys needs no file. */
const withoutIt = ({ status, ...health }: PartHealth): PartHealth => ({ status: status === 'down' ? 'degraded' : status, ...health });

/** A count that can't be had now is left out: the report names the part that is down. */
const counted = async (kinds: Readonly<Record<string, () => Promise<number>>>): Promise<HealthReport['deadLetters']> => {
  const counts = await Promise.all(Object.entries(kinds).map(async ([kind, count]) => [kind, await inTime(count).catch(() => undefined)] as const));
  return Object.fromEntries(counts.flatMap(([kind, count]) => (count === undefined ? [] : [[kind, count]])));
};

/** Which gateway takes cards, for operators. */
export const gatewayLine = (gateway: Adapters['gateway']): string =>
  gateway?.description ?? 'no payment provider: cash alone is taken until STRIPE_SECRET_KEY is set';

interface Followers {
  readonly progress: ProjectionProgress;
  /** Names. */
  readonly projections: readonly string[];
  readonly workerLag: () => Promise<HealthReport['workers']>;
}

export const healthOf =
  ({ store, readModels, mailer, bus, files, gateway }: Adapters, { progress, projections: names, workerLag }: Followers) =>
  async (): Promise<HealthReport> => {
    const [eventStore, documents, mails, messages, stored, projections, unavailable, workers, deadLetters] = await Promise.all([
      checked(() => {
        store.assertWritable?.();
        return store.head();
      }),
      checked(() => readModels.generations()),
      checked(() => mailer.check()),
      checked(() => bus.check()),
      checked(() => files.check()).then(withoutIt),
      inTime(() => progress.lag()).catch(() => []),
      inTime(async () => progress.unavailable(names)).catch(() => []),
      inTime(workerLag).catch(() => []),
      counted({
        mails: () => countUndecidedMails(readModels, 'abandoned'),
        unknownMails: () => countUndecidedMails(readModels, 'unknown'),
        events: async () => (await bus.deadLetters()).length,
      }),
    ]);
    return { parts: { eventStore, readModels: documents, mailer: mails, bus: messages, files: stored, payments: { status: 'up', detail: gatewayLine(gateway) } }, projections, unavailable, workers, deadLetters };
  };
