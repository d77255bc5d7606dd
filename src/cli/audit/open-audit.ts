import { join, resolve } from 'node:path';
import { Ed25519CheckpointSigner } from '../../adapters/embedded/checkpoint-signer.js';
import { LogForReading } from '../../adapters/embedded/event-store/log-for-reading.js';
import { LmdbReadModels } from '../../adapters/embedded/read-models/lmdb-read-models.js';
import { Opened } from '../../composition/adapters.js';
import { openMongoAdapters } from '../../composition/mongo-adapters.js';
import { openWholeLog } from '../../composition/whole-log.js';
import type { Config } from '../../config.js';
import { projectionsOf } from '../../projections/index.js';
import type { Needs } from '../command.js';
import type { ReplayedLog } from './replay-store.js';

interface OpenedLog {
  readonly needed: Needs['audited log'];
  readonly close: () => Promise<void>;
}

const signerOf = ({ audit }: Pick<Config, 'audit'>): Ed25519CheckpointSigner | null => (audit === null ? null : new Ed25519CheckpointSigner(audit.key));

/** The log as it was written and as it is read, and the read models: everything only for reading, beside a server or without one. */
export const openAuditedLog = async (config: Config): Promise<OpenedLog> => {
  const { dataDirectory, mongodbUrl, eventStoreUrl } = config;
  const opened = new Opened();
  const folder = resolve(dataDirectory);
  const openLog = async (): Promise<ReplayedLog> => {
    if (eventStoreUrl === null) return opened.add(LogForReading.open(join(folder, 'log')), (part) => part.close());
    const { EventStoreDbStore } = await import('../../adapters/eventstoredb/event-store-db-store.js');
    return opened.add(new EventStoreDbStore({ connectionString: eventStoreUrl }), (part) => part.close());
  };
  try {
    const { source: raw } = opened.add(await openWholeLog(config), (part) => part.close());
    const openReadModels = async () => {
      const mongo = mongodbUrl === null ? null : opened.add(await openMongoAdapters(mongodbUrl), (part) => part.close());
      return opened.add(mongo === null ? await LmdbReadModels.open({ folder: join(folder, 'read-models'), scanLimit: Number.MAX_SAFE_INTEGER }) : await mongo.openReadModels(), (part) => part.close());
    };
    return { needed: { raw, openLog, openReadModels, projections: projectionsOf(config), origin: signerOf(config)?.origin ?? 'registrar' }, close: opened.close };
  } catch (error) {
    await opened.close();
    throw error;
  }
};
