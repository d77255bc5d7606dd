import { join, resolve } from 'node:path';
import { Ed25519CheckpointSigner } from '../adapters/embedded/checkpoint-signer.js';
import { DataFolderInUse } from '../adapters/embedded/data-folder.js';
import { DiskFileStore } from '../adapters/embedded/file-store.js';
import { LogForReading } from '../adapters/embedded/event-store/log-for-reading.js';
import { LmdbReadModels } from '../adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../adapters/embedded/system-clock.js';
import type { EventStoreDbStore } from '../adapters/eventstoredb/event-store-db-store.js';
import { Opened, type Adapters } from '../composition/adapters.js';
import { createCommandServices } from '../composition/command-services.js';
import { createLogger } from '../composition/logger.js';
import { openMongoAdapters } from '../composition/mongo-adapters.js';
import { openAdapters } from '../composition/open-adapters.js';
import { openBucket } from '../composition/open-files.js';
import { openLogToFill, openWholeLog } from '../composition/whole-log.js';
import type { Config } from '../config.js';
import { allProjections, type ProjectionName } from '../projections/index.js';
import { treeOf } from '../projections/audit-tree/queries.js';
import { Projector } from '../workers/projector/projector.js';
import { openAuditedLog } from './audit/open-audit.js';
import type { Need, Needs, Terminal } from './command.js';

export interface OpenedNeed<N extends Need> {
  readonly needed: Needs[N];
  readonly close: () => Promise<void>;
}

type Open<N extends Need> = (config: Config, terminal: Pick<Terminal, 'print' | 'signal'>) => Promise<OpenedNeed<N>>;

const LEVEL_MS = 600_000;

const openAll = (config: Config, signal: AbortSignal): Promise<Adapters> => openAdapters(config, createLogger(config.logLevel), signal, () => undefined);

const openBus: Open<'bus'> = async (config, { signal }) => {
  const { natsUrl: url, natsReplicas: replicas } = config;
  if (url === null) {
    const { bus, close } = await openAll(config, signal);
    return { needed: { bus }, close };
  }
  const { NatsEventBus } = await import('../adapters/nats/nats-event-bus.js');
  const bus = new NatsEventBus({ url, clock: systemClock, replicas });
  const close = (): Promise<void> => bus.close();
  try {
    // Resolves once the bus is connected.
    await bus.publishedUpTo();
    return { needed: { bus }, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const openEventStoreDb = async (connectionString: string): Promise<EventStoreDbStore> => {
  const { EventStoreDbStore } = await import('../adapters/eventstoredb/event-store-db-store.js');
  return new EventStoreDbStore({ connectionString });
};

const openBesideServer = async ({ dataDirectory, mongodbUrl, eventStoreUrl }: Config): Promise<OpenedNeed<'read models'>> => {
  const opened = new Opened();
  const folder = resolve(dataDirectory);
  try {
    const mongo = mongodbUrl === null ? null : opened.add(await openMongoAdapters(mongodbUrl), (part) => part.close());
    const readModels = opened.add(mongo === null ? await LmdbReadModels.open({ folder: join(folder, 'read-models') }) : await mongo.openReadModels(), (part) => part.close());
    const log = opened.add(eventStoreUrl === null ? LogForReading.open(join(folder, 'log')) : await openEventStoreDb(eventStoreUrl), (part) => part.close());
    return { needed: { readModels, store: null, log, projections: allProjections, clock: systemClock }, close: opened.close };
  } catch (error) {
    await opened.close();
    throw error;
  }
};

const openReadModels: Open<'read models'> = async (config, { signal }) => {
  try {
    const { store, readModels, clock, close } = await openAll(config, signal);
    return { needed: { readModels, store, log: store, projections: allProjections, clock }, close };
  } catch (error) {
    if (error instanceof DataFolderInUse) return openBesideServer(config);
    throw error;
  }
};

/** No server runs that would keep the read models level with the log. */
const bringLevel = async ({ store, readModels, clock }: Adapters, read: readonly ProjectionName[], { print, signal }: Pick<Terminal, 'print' | 'signal'>): Promise<void> => {
  const projector = new Projector({ store, readModels, projections: allProjections, clock });
  const head = await store.head();
  await projector.start(signal);
  try {
    if (await projector.waitFor(head, 1_000, read)) return;
    print('the read models are brought level with the log first');
    if (!(await projector.waitFor(head, LEVEL_MS, read))) throw new Error('the read models could not be brought level with the log');
  } finally {
    await projector.stop();
  }
};

/** `read`: what the command reads; a failure of another projection does not keep operators from it. */
const openOwner = async (config: Config, read: readonly ProjectionName[], terminal: Pick<Terminal, 'print' | 'signal'>): Promise<OpenedNeed<'server'> & OpenedNeed<'payments'>> => {
  const adapters = await openAll(config, terminal.signal);
  try {
    if (config.mongodbUrl === null) await bringLevel(adapters, read, terminal);
    const commands = createCommandServices(config, adapters, createLogger(config.logLevel));
    const { readModels, gateway, close } = adapters;
    return { needed: { commands, readModels, gateway }, close };
  } catch (error) {
    await adapters.close();
    throw error;
  }
};

const openAudit: Open<'audit'> = async (config, terminal) => {
  const { needed: { commands, readModels }, close } = await openOwner(config, config.audit === null ? [] : ['audit-tree'], terminal);
  const signer = config.audit === null ? null : new Ed25519CheckpointSigner(config.audit.key);
  return { needed: { commands, signer, tree: treeOf(readModels), level: () => Promise.resolve() }, close };
};

const openStoredFiles: Open<'files'> = async (config) => {
  const opened = new Opened();
  try {
    const folder = await DiskFileStore.open(join(resolve(config.dataDirectory), 'files'));
    const bucket = config.s3 === null ? null : opened.add(await openBucket(config.s3), (part) => part.close());
    const openLog = async () => opened.add(await openWholeLog(config), (part) => part.close()).source;
    return { needed: { folder, bucket, openLog, clock: systemClock }, close: opened.close };
  } catch (error) {
    await opened.close();
    throw error;
  }
};

/** Opens the needs of a command with the adapters that the configuration picks. */
export const openNeed: { readonly [N in Need]: Open<N> } = {
  'data folder': async ({ dataDirectory, s3 }) => {
    const files = s3 === null ? null : await openBucket(s3);
    const bucket = files === null || s3 === null ? null : { place: { endpoint: s3.endpoint, bucket: s3.bucket, prefix: s3.prefix }, files };
    return { needed: { dataDirectory, bucket, clock: systemClock }, close: async () => files?.close() };
  },
  files: openStoredFiles,
  log: async (config) => {
    const { source, close } = await openWholeLog(config);
    return { needed: { source }, close };
  },
  'log to fill': async (config) => {
    const { target, close } = await openLogToFill(config);
    return { needed: { target }, close };
  },
  'audited log': openAuditedLog,
  audit: openAudit,
  drill: async (config) => ({ needed: { config }, close: async () => undefined }),
  bus: openBus,
  'read models': openReadModels,
  payments: (config, terminal) => openOwner(config, ['payments'], terminal),
  server: (config, terminal) => openOwner(config, ['mails'], terminal),
};
