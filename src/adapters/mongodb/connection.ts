import { MongoClient, type Db } from 'mongodb';
import { reaching } from './unavailable.js';

export const MINIMUM_SERVER_VERSION = '6.0';

export interface MongoOptions {
  /** Connection string with credentials, TLS and replica set; its database, or `registrar`. */
  readonly url: string;
  /** How long an operation waits for a suitable server (default 3 s). */
  readonly serverSelectionTimeoutMs?: number;
  readonly poolSize?: number;
}

export interface MongoConnection {
  readonly client: MongoClient;
  readonly database: Db;
  readonly transactions: boolean;
  readonly close: () => Promise<void>;
}

export class MongoTooOld extends Error {
  override readonly name = 'MongoTooOld';
}

const DEFAULT_DATABASE = 'registrar';
const NAMED_DATABASE = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/;

const numbers = (version: string): readonly number[] => version.split('.').map((part) => Number.parseInt(part, 10));

const isOlder = (version: string, minimum: string): boolean => {
  const [major = 0, minor = 0] = numbers(version);
  const [leastMajor = 0, leastMinor = 0] = numbers(minimum);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
};

export const assertServerVersion = (version: string): void => {
  if (!isOlder(version, MINIMUM_SERVER_VERSION)) return;
  throw new MongoTooOld(`MongoDB ${version} is too old: Registrar needs ${MINIMUM_SERVER_VERSION} or later`);
};

const clientOf = ({ url, serverSelectionTimeoutMs = 3_000, poolSize = 50 }: MongoOptions): MongoClient =>
  new MongoClient(url, {
    appName: 'registrar',
    serverSelectionTimeoutMS: serverSelectionTimeoutMs,
    connectTimeoutMS: 5_000,
    // The missing heartbeat reveals a server that hangs, and ends the operations that wait for it.
    heartbeatFrequencyMS: 2_000,
    waitQueueTimeoutMS: 5_000,
    maxPoolSize: poolSize,
    retryReads: true,
    retryWrites: true,
    readPreference: 'primary',
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true },
    ignoreUndefined: true,
  });

/** Rejects with ReadModelsUnavailable while no server answers, and with MongoTooOld. */
export const connectMongo = async (options: MongoOptions): Promise<MongoConnection> => {
  const client = clientOf(options);
  try {
    return await reaching(async () => {
      const admin = client.db('admin');
      assertServerVersion(String((await admin.command({ buildInfo: 1 }))['version']));
      const hello = await admin.command({ hello: 1 });
      return {
        client,
        database: client.db(NAMED_DATABASE.exec(options.url)?.[1] ?? DEFAULT_DATABASE),
        transactions: typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid',
        close: () => client.close(),
      };
    });
  } catch (error) {
    await client.close();
    throw error;
  }
};
