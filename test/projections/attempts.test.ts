import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import type { AssessmentAttemptEvent } from '../../src/domain/assessment-attempt/events.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { attemptsProjection } from '../../src/projections/attempts/projection.js';
import { answersOf, attemptById, attemptsOfStudent, pendingAnswersOf, standingsOf } from '../../src/projections/attempts/queries.js';
import { Projector } from '../../src/workers/projector/projector.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { carriedOut, commands } from '../domain/attempt-arbitraries.js';
import { at, facts, started, submitted } from '../domain/attempt-examples.js';
import { Projected, recorded, type Published } from './projected.js';
import { fc } from '../fixtures/properties.js';

const everything = { skip: 0, limit: 1_000 };

const published = (event: AssessmentAttemptEvent): Published => [`assessmentAttempt-${facts.assessmentId}.${facts.studentId}`, event];
const readModelsAfter = (...events: readonly Published[]): Projected => new Projected(attemptsProjection, recorded(events));
const deleted: Published = ['account-eve', { type: 'AccountDeleted', data: { accountId: 'eve', avatarFile: null, deletedAt: at } }];

t.test('lists, standings, answers and what waits say the same, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (wanted) => {
      const readModels = readModelsAfter(...carriedOut(wanted).events.map(published));
      const attempts = await attemptsOfStudent(readModels, 'eve', 'ada');
      const [standing] = await standingsOf(readModels, 'eve', [facts.assessmentId]);
      const { found: pending } = await pendingAnswersOf(readModels, 'ada', {}, everything);
      const waiting: string[] = [];
      for (const { id, points, awarded, pending: left, submittedAt } of attempts) {
        const answers = await answersOf(readModels, id);
        const isOpen = submittedAt === null;
        const open = answers.filter((answer) => !isOpen && answer.awarded === null);
        waiting.push(...open.map((answer) => answer.id));
        const sum = answers.reduce((total, answer) => total + (answer.awarded ?? 0), 0);
        const all = answers.reduce((total, { question }) => total + question.points, 0);
        if (sum !== awarded || all !== points || open.length !== left || awarded > points) return false;
        const score = standing?.attempts.find(({ attemptId }) => attemptId === id);
        if (score?.awarded !== awarded || score.points !== points || score.pending !== left || score.isOpen !== isOpen) return false;
      }
      const told = pending.map(({ id }) => id);
      return (standing?.attempts.length ?? 0) === attempts.length && JSON.stringify(told.toSorted()) === JSON.stringify(waiting.toSorted());
    }),
    { numRuns: 200 },
  );
});

t.test('what waits is told in the order in which it was handed in', async (t) => {
  const readModels = readModelsAfter(published(started('a1')), published(started('a2')), published(submitted('a2')), published(submitted('a1')));
  const { found, total } = await pendingAnswersOf(readModels, 'ada', {}, everything);
  t.same(found.map(({ id }) => id), ['q3/a2', 'q3/a1']);
  t.equal(total, 2);
  t.same((await pendingAnswersOf(readModels, 'ada', { questionId: 'q1' }, everything)).found, []);
  t.same((await pendingAnswersOf(readModels, 'bob', {}, everything)).found, []);
});

t.test('a deleted account leaves nothing but that it was deleted, also of what was under way', async (t) => {
  const first = [published(started('a1')), published(submitted('a1')), published(started('a2'))];
  const late = [published(submitted('a2')), published(started('a3')), published(submitted('a3'))];
  t.notSame(readModelsAfter(...first).contents(), {});
  const readModels = readModelsAfter(...first, deleted, ...late);
  t.same(Object.keys(readModels.contents()), ['forgottenStudents/eve']);
  t.equal(await attemptById(readModels, 'a3'), undefined);
});

t.test('attempts of other students stay', async (t) => {
  const other: Published = ['account-bob', { type: 'AccountDeleted', data: { accountId: 'bob', avatarFile: null, deletedAt: at } }];
  const readModels = readModelsAfter(published(started('a1')), other, published(submitted('a1')));
  t.match(await attemptById(readModels, 'a1'), { awarded: 2, pending: 1 });
});

/** Read models in a folder of their own, which follow the log from its start. */
const following = async (t: Test, store: MemoryEventStore<DomainEvent>) => {
  const folder = await mkdtemp(join(tmpdir(), 'registrar-attempts-'));
  const readModels = await LmdbReadModels.open({ folder, strict: false });
  const projector = new Projector({ store, readModels, projections: [attemptsProjection], clock: systemClock });
  await projector.start();
  t.teardown(async () => {
    await projector.stop();
    await readModels.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    shown: async () => t.ok(await projector.waitFor(await store.head(), 10_000, ['attempts'])),
    documents: async () =>
      Promise.all(attemptsProjection.collections.map(async (collection) => (await readModels.find(collection, {})).toSorted((one, other) => (one.id < other.id ? -1 : 1)))),
  };
};

const happenings = fc
  .sample(commands, { numRuns: 40, seed: 20_260_301 })
  .map((wanted) => carriedOut(wanted).events.map(published))
  .toSorted((one, other) => other.length - one.length)[0] ?? [];

for (const [what, log] of [
  ['whatever happens', happenings],
  ['also when the account is deleted in between', [...happenings.slice(0, 4), deleted, ...happenings.slice(4)]],
] as const) {
  t.test(`a replay in one go gives the documents that were shown after each event: ${what}`, async (t) => {
    t.same([...new Set(happenings.map(([, { type }]) => type))].toSorted(), ['AnswerGraded', 'AttemptStarted', 'AttemptSubmitted'], 'each kind of event is there');
    const store = new MemoryEventStore<DomainEvent>();
    const followed = await following(t, store);
    for (const { stream, revision: _revision, position: _position, ...event } of recorded(log)) {
      await store.append(stream, 'any', [event]);
      await followed.shown();
    }
    const replayed = await following(t, store);
    await replayed.shown();
    const documents = await followed.documents();
    t.same(await replayed.documents(), documents);
    t.equal(documents.flat().length > 1, log === happenings);
  });
}
