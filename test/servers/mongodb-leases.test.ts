import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import t from 'tap';
import { MongoCheckpoints } from '../../src/adapters/mongodb/checkpoints.js';
import { MongoLeases } from '../../src/adapters/mongodb/leases.js';
import { checkpointsContract } from '../contracts/checkpoints.js';
import { leasesContract } from '../contracts/leases.js';
import { MongodServer } from './mongod-server.js';

for (const replicaSet of [true, false]) {
  const server = await MongodServer.start({ replicaSet });
  t.teardown(() => server.stop());
  const name = replicaSet ? 'a replica set' : 'a single server';
  const connect = async () => {
    const client = await MongoClient.connect(server.url(), { serverSelectionTimeoutMS: 3_000 });
    return { client, database: client.db(`leases-${randomUUID()}`) };
  };

  leasesContract(t, `MongoDB, ${name},`, async () => {
    const { client, database } = await connect();
    const nowhere = new MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 100 });
    const away = nowhere.db('away');
    return {
      unreachable: { leases: new MongoLeases(away), checkpoints: new MongoCheckpoints(away) },
      leases: new MongoLeases(database),
      checkpoints: new MongoCheckpoints(database),
      // The server's own time can't be moved.
      pass: async (milliseconds) => delay(milliseconds),
      close: async () => {
        await nowhere.close();
        await client.close();
      },
    };
  });

  checkpointsContract(t, `MongoDB, ${name},`, async () => {
    const { client, database } = await connect();
    return {
      checkpoints: new MongoCheckpoints(database),
      reopen: async () => {
        await server.kill();
        await server.restart();
        return new MongoCheckpoints(database);
      },
      close: () => client.close(),
    };
  });

  void t.test(`MongoDB, ${name}: a server that goes away while it is asked`, async (t) => {
    const { client, database } = await connect();
    const [leases, checkpoints] = [new MongoLeases(database), new MongoCheckpoints(database)];
    const lease = await leases.acquire('work', 'a', 60_000);
    if (lease === null) throw new Error('not acquired');
    await server.kill();
    // The pool breaks, then nobody can be found: both are the same to who asks.
    await t.rejects(leases.acquire('work', 'b', 60_000), { name: 'LeasesUnavailable' });
    await t.rejects(leases.renew(lease, 60_000), { name: 'LeasesUnavailable' });
    await t.rejects(checkpoints.set('work', 1n), { name: 'CheckpointsUnavailable' });
    await server.restart();
    t.equal(await leases.renew(lease, 60_000), true);
    await client.close();
  });

  void t.test(`MongoDB, ${name}: checkpoints and their fences, and the fences of leases, outlive a crash`, async (t) => {
    const { client, database } = await connect();
    const [leases, checkpoints] = [new MongoLeases(database), new MongoCheckpoints(database)];
    const large = 2n ** 127n;
    const lease = await leases.acquire('work', 'a', 60_000);
    await checkpoints.set('work', large, 7n);
    await server.kill();
    await server.restart();
    t.equal(await checkpoints.get('work'), large);
    await t.rejects(checkpoints.set('work', 1n, 6n), { name: 'FenceLost' });
    t.equal(await leases.acquire('work', 'b', 60_000), null);
    t.equal(lease === null ? null : await leases.renew(lease, 60_000), true);
    await client.close();
  });
}
