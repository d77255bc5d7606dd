import { LmdbCheckpoints } from '../adapters/embedded/checkpoints.js';
import { openDataFolder } from '../adapters/embedded/data-folder.js';
import { LmdbDeadLetters } from '../adapters/embedded/dead-letters.js';
import { InProcessEventBus } from '../adapters/embedded/event-bus.js';
import { LmdbEventStore } from '../adapters/embedded/event-store/lmdb-event-store.js';
import { openLogEnvironment } from '../adapters/embedded/event-store/log-environment.js';
import { DiskFileStore } from '../adapters/embedded/file-store.js';
import { OutboxMailer } from '../adapters/embedded/mailer.js';
import { SandboxPaymentGateway } from '../adapters/embedded/payment-gateway.js';
import { LmdbReadModels } from '../adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../adapters/embedded/system-clock.js';
import type { Config } from '../config.js';
import type { Logger } from './logger.js';
import type { Parts } from './parts.js';

/** Everything in one data folder, owned by this process. What was opened is closed again when a later part fails. */
export const openEmbeddedParts = async (config: Config, logger: Logger): Promise<Parts> => {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const folder = openDataFolder(config.dataDirectory);
    closers.push(() => folder.close());
    const environment = await openLogEnvironment(folder.log);
    const store = new LmdbEventStore(environment);
    closers.push(() => store.close());
    const readModels = await LmdbReadModels.open({
      folder: folder.readModels,
      exclusive: true,
      onUnindexed: (query) => logger.warn({ query }, 'a query is not served by an index'),
      onDiscarded: (reason) => logger.warn({ reason }, 'read models are built again'),
    });
    closers.push(() => readModels.close());
    const checkpoints = new LmdbCheckpoints(environment);
    const bus = new InProcessEventBus({ store, checkpoints, deadLetters: new LmdbDeadLetters(environment), clock: systemClock });
    closers.push(() => bus.close());
    const mailer = new OutboxMailer({ folder: folder.outbox, from: config.mailFrom });
    closers.push(() => mailer.close());
    return {
      store,
      checkpoints,
      readModels,
      bus,
      mailer,
      files: await DiskFileStore.open(folder.files),
      gateway: new SandboxPaymentGateway(),
      clock: systemClock,
      places: `mails in ${folder.outbox}, data in ${folder.root}`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
