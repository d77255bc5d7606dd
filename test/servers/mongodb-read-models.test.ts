import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import t, { type Test } from 'tap';
import { MongoReadModels } from '../../src/adapters/mongodb/read-models.js';
import { readModelsContract } from '../contracts/read-models.js';
import { MongodServer } from './mongod-server.js';

/** Each test has a database of its own, which is dropped. */
const contractAt = (name: string, urlOf: (database: string) => string): void => {
  readModelsContract(`MongoReadModels on ${name}`, async (t: Test) => {
    const database = `contract-${randomUUID()}`;
    const store = await MongoReadModels.open({ url: urlOf(database), retirementMs: 50 });
    t.teardown(async () => {
      await store.close();
      const client = new MongoClient(urlOf(database));
      await client.db().dropDatabase();
      await client.close();
    });
    return store;
  });
};

for (const replicaSet of [true, false]) {
  const server = await MongodServer.start({ replicaSet });
  t.teardown(() => server.stop());
  contractAt(replicaSet ? 'a replica set' : 'a single server', (database) => server.url(database));
}

// Credentials of the database that the URL names go with it: authSource says where they are from.
const { MONGODB_URL } = process.env;
if (MONGODB_URL !== undefined) {
  const [, hosts = '', options = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)[^?]*(\?.*)?$/.exec(MONGODB_URL) ?? [];
  contractAt('the server of MONGODB_URL', (database) => `${hosts}/${database}${options}`);
}
