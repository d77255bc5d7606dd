import type { MongoConnection } from '../adapters/mongodb/connection.js';
import type { Checkpoints } from '../ports/checkpoints.js';
import type { Leases } from '../ports/leases.js';
import type { ReadModelStore } from '../ports/read-model-store.js';
import type { RecordedAnswers } from '../ports/recorded-answers.js';

/** What is kept in MongoDB, over one connection. */
export interface MongoAdapters {
  readonly checkpoints: Checkpoints;
  readonly leases: Leases;
  readonly openReadModels: () => Promise<ReadModelStore>;
  readonly openAnswers: () => Promise<RecordedAnswers>;
  readonly close: () => Promise<void>;
}

/** Connects. The driver is loaded with it: an embedded start has no need of its 130 files. */
export const openMongoAdapters = async (url: string): Promise<MongoAdapters> => {
  const [{ connectMongo }, { MongoCheckpoints }, { MongoLeases }, { MongoReadModels }, { MongoRecordedAnswers }] = await Promise.all([
    import('../adapters/mongodb/connection.js'),
    import('../adapters/mongodb/checkpoints.js'),
    import('../adapters/mongodb/leases.js'),
    import('../adapters/mongodb/read-models.js'),
    import('../adapters/mongodb/recorded-answers.js'),
  ]);
  const connection: MongoConnection = await connectMongo({ url });
  return {
    checkpoints: new MongoCheckpoints(connection.database),
    leases: new MongoLeases(connection.database),
    openReadModels: () => MongoReadModels.on(connection),
    openAnswers: () => MongoRecordedAnswers.open(connection.database),
    close: connection.close,
  };
};
