import { systemClock } from '../../adapters/embedded/system-clock.js';
import { Opened } from '../../composition/adapters.js';
import { createCommandServices } from '../../composition/command-services.js';
import { createLogger } from '../../composition/logger.js';
import { openAdapters } from '../../composition/open-adapters.js';
import { WorkerFailures } from '../../composition/worker-failures.js';
import { workerStandingsOf } from '../../composition/worker-lag.js';
import { startWorkers } from '../../composition/workers.js';
import type { Config } from '../../config.js';
import type { DomainEvent } from '../../domain/events.js';
import type { EventStore, Position } from '../../ports/event-store.js';
import type { ReadModelStore } from '../../ports/read-model-store.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import { Projector } from '../../workers/projector/projector.js';
import type { WatchedEffects } from './watched-effects.js';

export interface RestoredServer {
  readonly store: EventStore<DomainEvent>;
  readonly readModels: ReadModelStore;
  /** Builds the read models; resolves when all of them show what is in the log. */
  readonly built: () => Promise<void>;
  /** Starts the workers; resolves with the position at which none of them has anything left to do. */
  readonly worked: () => Promise<Position>;
  readonly close: () => Promise<void>;
}

const BUILD_MS = 24 * 3_600_000;
const LOOK_MS = 200;
/** Looks in a row that find nothing left to do and nothing new. */
const CALM_LOOKS = 3;
const MOST_LOOKS = 3_000;

/**
 * Everything beside the folder is left out: no server is asked, and no port is opened. Nothing is signed either: the events that the drill
 * adds are no history, and a checkpoint of them would contradict those of the server.
 */
const offline = (config: Config, dataDirectory: string): Config => ({
  ...config,
  dataDirectory,
  eventStoreUrl: null,
  mongodbUrl: null,
  natsUrl: null,
  smtpUrl: null,
  s3: null,
  stripe: null,
  vdocipher: null,
  paymentSandbox: false,
  audit: null,
});

/** The program on a restored folder, without its surfaces, with mailer and gateway replaced. */
export const openRestoredServer = async (given: Config, folder: string, effects: WatchedEffects, projections: readonly ProjectionDefinition[], signal: AbortSignal): Promise<RestoredServer> => {
  const config = offline(given, folder);
  const logger = createLogger('error');
  const opened = new Opened();
  const adapters = opened.add(await openAdapters(config, logger, signal, () => undefined), (parts) => parts.close());
  const parts = { ...adapters, mailer: effects, gateway: given.stripe === null && !given.paymentSandbox ? null : effects };
  const { store, readModels } = parts;
  const commands = createCommandServices(config, parts, logger);
  const projector = new Projector({ store, readModels, projections, clock: systemClock });
  const names = projections.map(({ name }) => name);
  const lags = workerStandingsOf(parts, config);
  return {
    store,
    readModels,
    built: async () => {
      opened.add(projector, (started) => started.stop());
      await projector.start(signal);
      if (!(await projector.waitFor(await store.head(), BUILD_MS, names))) throw new Error('the read models of the restored log could not be built');
    },
    worked: async () => {
      opened.add(startWorkers({ parts, commands, progress: projector, logger, signer: null, onFailure: new WorkerFailures(systemClock).logged(logger) }, config), (stop) => stop());
      let head = await store.head();
      for (let [calm, looks] = [0, 0]; calm < CALM_LOOKS; looks += 1) {
        if (looks === MOST_LOOKS) throw new Error(`the workers of the restored server do not come to rest: ${JSON.stringify(await lags())}`);
        await systemClock.after(LOOK_MS, signal);
        signal.throwIfAborted();
        const now = await store.head();
        const isCalm = now === head && (await lags()).every(({ secondsBehind }) => secondsBehind === 0);
        calm = isCalm ? calm + 1 : 0;
        head = now;
      }
      return head;
    },
    close: opened.close,
  };
};
