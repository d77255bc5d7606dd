import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { LmdbRecordedAnswers } from '../../../src/adapters/embedded/recorded-answers.js';
import { recordedAnswersContract } from '../../contracts/recorded-answers.js';
import { MemoryRecordedAnswers } from '../../doubles/memory-recorded-answers.js';

const makeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'registrar-answers-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'answers');
};

recordedAnswersContract(t, 'memory', async () => ({ answers: new MemoryRecordedAnswers(), close: () => Promise.resolve() }));

recordedAnswersContract(t, 'LMDB', async () => {
  const folder = await makeFolder();
  let answers = LmdbRecordedAnswers.open(folder);
  return {
    answers,
    reopen: async () => {
      await answers.close();
      answers = LmdbRecordedAnswers.open(folder);
      return answers;
    },
    close: () => answers.close(),
  };
});

t.test('a forgotten account is found among more answers than are looked at in one turn', async (t) => {
  const answers = LmdbRecordedAnswers.open(await makeFolder());
  const receivedAt = new Date();
  const ids = Array.from({ length: 2_500 }, (_, index) => `request-${index}`);
  await Promise.all(ids.map((id, index) => answers.receive({ id, fingerprint: 'one', accountId: index % 2 === 0 ? 'ada' : 'eve', receivedAt })));
  await answers.forget('ada');
  const known = await Promise.all(ids.map((id) => answers.receive({ id, fingerprint: 'one', accountId: null, receivedAt })));
  t.equal(known.filter((earlier) => earlier === null).length, 1_250);
  await answers.close();
});
