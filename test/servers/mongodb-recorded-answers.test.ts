import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import t from 'tap';
import { MongoRecordedAnswers } from '../../src/adapters/mongodb/recorded-answers.js';
import { recordedAnswersContract } from '../contracts/recorded-answers.js';
import { MongodServer } from './mongod-server.js';

for (const replicaSet of [true, false]) {
  const server = await MongodServer.start({ replicaSet });
  t.teardown(() => server.stop());
  const name = replicaSet ? 'a replica set' : 'a single server';
  const connect = async () => {
    const client = await MongoClient.connect(server.url(), { serverSelectionTimeoutMS: 1_000 });
    return { client, database: client.db(`answers-${randomUUID()}`) };
  };

  recordedAnswersContract(t, `MongoDB, ${name},`, async () => {
    const { client, database } = await connect();
    return { answers: await MongoRecordedAnswers.open(database), reopen: () => MongoRecordedAnswers.open(database), close: () => client.close() };
  });

  void t.test(`MongoDB, ${name}: the server removes what is older than a day, and one that is away is named`, async (t) => {
    const { client, database } = await connect();
    const answers = await MongoRecordedAnswers.open(database);
    const indexes = await database.collection('answers').indexes();
    t.match(indexes.find(({ key }) => key['receivedAt'] === 1), { expireAfterSeconds: 86_400 });
    await server.kill();
    const request = { id: 'one', fingerprint: 'one', accountId: null, receivedAt: new Date() };
    await t.rejects(answers.receive(request), { name: 'RecordedAnswersUnavailable' });
    await server.restart();
    t.equal(await answers.receive(request), null);
    await client.close();
  });
}
