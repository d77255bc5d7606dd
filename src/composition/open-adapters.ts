import { LmdbCheckpoints } from '../adapters/embedded/checkpoints.js';
import { WrittenBehindCheckpoints } from '../adapters/written-behind/checkpoints.js';
import { LmdbDeadLetters } from '../adapters/embedded/dead-letters.js';
import { InProcessEventBus } from '../adapters/embedded/event-bus.js';
import { DiskReserve } from '../adapters/embedded/event-store/disk-reserve.js';
import { LmdbEventStore } from '../adapters/embedded/event-store/lmdb-event-store.js';
import { InProcessLeases } from '../adapters/embedded/leases.js';
import { OutboxMailer } from '../adapters/embedded/mailer.js';
import { SandboxPaymentGateway } from '../adapters/embedded/payment-gateway.js';
import { LmdbReadModels } from '../adapters/embedded/read-models/lmdb-read-models.js';
import { LmdbRecordedAnswers } from '../adapters/embedded/recorded-answers.js';
import { systemClock } from '../adapters/embedded/system-clock.js';
import { SandboxVideoHost } from '../adapters/embedded/video-host.js';
import type { Config } from '../config.js';
import type { DeadLetter } from '../ports/event-bus.js';
import { CacheBudget } from '../primitives/cache-budget.js';
import { cacheBytesOf } from './cache-bytes.js';
import { openLocalEnvironment, type LocalEnvironment } from './local-environment.js';
import type { Logger } from './logger.js';
import { Opened, type Adapters } from './adapters.js';
import { openMongoAdapters, type MongoAdapters } from './mongo-adapters.js';
import { openFiles, placeOfFiles } from './open-files.js';
import { retryUntilAvailable } from './retry-until-available.js';

const logOf = ({ log }: LocalEnvironment): NonNullable<LocalEnvironment['log']> => {
  if (log === null) throw new Error('the local log is not open');
  return log;
};

const openStore = async (config: Config, local: LocalEnvironment, logger: Logger, caches: CacheBudget): Promise<Adapters['store']> => {
  if (config.eventStoreUrl === null) {
    const log = logOf(local);
    try {
      return new LmdbEventStore(log, { reserve: new DiskReserve(local.root), cache: caches.share('heads') });
    } catch (error) {
      // What it would have closed by itself.
      await log.root.close();
      throw error;
    }
  }
  const { EventStoreDbStore } = await import('../adapters/eventstoredb/event-store-db-store.js');
  return new EventStoreDbStore({
    connectionString: config.eventStoreUrl,
    onTrouble: (error) => logger.warn({ err: error }, 'event store: a subscription was lost and comes back by itself'),
  });
};

const openReadModels = (mongo: MongoAdapters | null, local: LocalEnvironment, logger: Logger, caches: CacheBudget): Promise<Adapters['readModels']> =>
  mongo === null
    ? LmdbReadModels.open({
        folder: local.readModels,
        exclusive: true,
        cache: caches.share('documents'),
        onUnindexed: (query) => logger.warn({ query }, 'a query is not served by an index'),
        onDiscarded: (reason) => logger.warn({ reason }, 'read models are built again'),
      })
    : mongo.openReadModels();

const openBus = async (config: Config, local: LocalEnvironment, logger: Logger, store: Adapters['store'], checkpoints: Adapters['checkpoints']): Promise<Adapters['bus']> => {
  const onDeadLetter = (letter: DeadLetter): void => logger.error({ letter }, 'a dead letter: somebody has to look at it');
  if (config.natsUrl === null) {
    return new InProcessEventBus({ store, checkpoints, deadLetters: new LmdbDeadLetters(logOf(local)), clock: systemClock, onDeadLetter });
  }
  const { NatsEventBus } = await import('../adapters/nats/nats-event-bus.js');
  return new NatsEventBus({
    url: config.natsUrl,
    clock: systemClock,
    replicas: config.natsReplicas,
    onState: (state, detail) => logger.warn({ state, detail }, 'NATS'),
    onFailure: (consumer, error, retryInMs) => logger.error({ consumer, err: error, retryInMs }, 'a consumer failed and tries again'),
    onDeadLetter,
  });
};

const openAnswers = async (mongo: MongoAdapters | null, local: LocalEnvironment, opened: Opened): Promise<Adapters['answers']> =>
  mongo === null ? opened.add(LmdbRecordedAnswers.open(local.answers), (part) => part.close()) : mongo.openAnswers();

const openMailer = async (config: Config, local: LocalEnvironment): Promise<Adapters['mailer']> => {
  if (config.smtpUrl === null) return new OutboxMailer({ folder: local.outbox, from: config.mailFrom });
  const { SmtpMailer } = await import('../adapters/smtp/smtp-mailer.js');
  return new SmtpMailer({ url: config.smtpUrl, from: config.mailFrom });
};

const openVideos = async ({ vdocipher, production }: Config): Promise<Adapters['videos']> => {
  if (vdocipher === null) return production ? null : new SandboxVideoHost();
  const { VdoCipherVideoHost } = await import('../adapters/vdocipher/vdocipher-video-host.js');
  return new VdoCipherVideoHost(vdocipher);
};

const openGateway = async ({ stripe, paymentSandbox }: Config): Promise<Adapters['gateway']> => {
  if (stripe === null) return paymentSandbox ? new SandboxPaymentGateway() : null;
  const { StripePaymentGateway } = await import('../adapters/stripe/stripe-payment-gateway.js');
  return new StripePaymentGateway(stripe);
};

/** Credentials are left out: people and logs see the result. */
const hostOf = (url: string): string => /^[^:]+:\/\/(?:[^@/]*@)?([^/?]+)/.exec(url)?.[1] ?? url;

const placesOf = (config: Config, { outbox, root, files }: LocalEnvironment): string => {
  const mails = config.smtpUrl === null ? outbox : hostOf(config.smtpUrl);
  const { eventStoreUrl, s3 } = config;
  const log = eventStoreUrl === null ? root : hostOf(eventStoreUrl);
  const ofFiles = eventStoreUrl === null && s3 === null ? '' : `, files in ${placeOfFiles(config, s3 === null ? root : files)}`;
  return `mails in ${mails}, data in ${log}${ofFiles}`;
};

/** Opens what the configuration picks: embedded adapters, or those of the servers whose URL is set, which are loaded only then. Waits for servers. */
export const openAdapters = async (config: Config, logger: Logger, signal: AbortSignal, onWaiting: (part: string, reason: string) => void): Promise<Adapters> => {
  const opened = new Opened();
  const wait = <Part>(name: string, open: () => Promise<Part>): Promise<Part> => retryUntilAvailable(name, open, { clock: systemClock, signal, logger, onWaiting });
  try {
    const caches = new CacheBudget(cacheBytesOf(config));
    const local = await openLocalEnvironment(config, opened);
    const store = opened.add(await openStore(config, local, logger, caches), (part) => part.close());
    await wait('eventStore', () => store.head());
    const { mongodbUrl } = config;
    const mongo = mongodbUrl === null ? null : opened.add(await wait('readModels', () => openMongoAdapters(mongodbUrl)), (part) => part.close());
    const readModels = opened.add(await wait('readModels', () => openReadModels(mongo, local, logger, caches)), (part) => part.close());
    const checkpoints = opened.add(new WrittenBehindCheckpoints(mongo?.checkpoints ?? new LmdbCheckpoints(logOf(local))), (part) => part.close());
    const bus = opened.add(await openBus(config, local, logger, store, checkpoints), (part) => part.close());
    if (config.natsUrl !== null) await wait('bus', () => bus.check());
    const { files } = opened.add(await wait('files', () => openFiles(config, local.files)), (part) => part.close());
    logger.info({ files: placeOfFiles(config, local.files) }, 'where files are kept');
    return {
      store,
      checkpoints,
      leases: mongo?.leases ?? new InProcessLeases(systemClock),
      readModels,
      bus,
      mailer: opened.add(await openMailer(config, local), (part) => part.close()),
      files,
      answers: await wait('readModels', () => openAnswers(mongo, local, opened)),
      gateway: await openGateway(config),
      videos: await openVideos(config),
      clock: systemClock,
      caches,
      places: placesOf(config, local),
      close: opened.close,
    };
  } catch (error) {
    await opened.closeAfterFailure(systemClock);
    throw error;
  }
};
