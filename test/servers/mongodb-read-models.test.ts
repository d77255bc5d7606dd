import t, { type Test } from 'tap';
import { MongoReadModels } from '../../src/adapters/mongodb/read-models.js';
import { readModelsContract } from '../contracts/read-models.js';
import { MongodServer } from './mongod-server.js';

let databases = 0;

for (const replicaSet of [true, false]) {
  const server = await MongodServer.start({ replicaSet });
  t.teardown(() => server.stop());
  readModelsContract(`MongoReadModels on ${replicaSet ? 'a replica set' : 'a single server'}`, async (t: Test) => {
    databases += 1;
    const store = await MongoReadModels.open({ url: server.url(`contract${databases}`), retirementMs: 50 });
    t.teardown(() => store.close());
    return store;
  });
}
