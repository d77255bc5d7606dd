import { join, resolve } from 'node:path';
import { openDataFolder } from '../adapters/embedded/data-folder.js';
import { LogForReading } from '../adapters/embedded/event-store/log-for-reading.js';
import { LmdbEventStore } from '../adapters/embedded/event-store/lmdb-event-store.js';
import { openLogEnvironment } from '../adapters/embedded/event-store/log-environment.js';
import type { EventStoreDbStore } from '../adapters/eventstoredb/event-store-db-store.js';
import type { Config } from '../config.js';
import type { DomainEvent } from '../domain/events.js';
import { PassThroughCodec } from '../log-copy/pass-through-codec.js';
import type { LogSource } from '../log-copy/export-log.js';
import type { EventStore } from '../ports/event-store.js';

type Places = Pick<Config, 'eventStoreUrl' | 'dataDirectory'>;

export interface OpenedSource {
  readonly source: LogSource;
  readonly close: () => Promise<void>;
}

export interface OpenedTarget {
  readonly target: EventStore<DomainEvent>;
  readonly close: () => Promise<void>;
}

const eventStoreDb = async (connectionString: string): Promise<EventStoreDbStore> => {
  const { EventStoreDbStore } = await import('../adapters/eventstoredb/event-store-db-store.js');
  return new EventStoreDbStore({ connectionString, codec: new PassThroughCodec(), inOrder: true });
};

/** The log that the configuration picks, to be read as it was written; a server may be running on it. */
export const openWholeLog = async ({ eventStoreUrl, dataDirectory }: Places): Promise<OpenedSource> => {
  const source = eventStoreUrl === null ? LogForReading.open(join(resolve(dataDirectory), 'log'), new PassThroughCodec()) : await eventStoreDb(eventStoreUrl);
  return { source, close: () => source.close() };
};

/** The log that the configuration picks, to be filled. Throws DataFolderInUse while a server runs on an embedded one. */
export const openLogToFill = async ({ eventStoreUrl, dataDirectory }: Places): Promise<OpenedTarget> => {
  if (eventStoreUrl !== null) {
    const target = await eventStoreDb(eventStoreUrl);
    return { target, close: () => target.close() };
  }
  const folder = openDataFolder(dataDirectory);
  try {
    const target = new LmdbEventStore(await openLogEnvironment(folder.log), { codec: new PassThroughCodec() });
    return {
      target,
      close: async () => {
        await target.close();
        folder.close();
      },
    };
  } catch (error) {
    folder.close();
    throw error;
  }
};
