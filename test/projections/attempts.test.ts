import fc from 'fast-check';
import t from 'tap';
import type { AssessmentAttemptEvent } from '../../src/domain/assessment-attempt/events.js';
import { attemptsProjection } from '../../src/projections/attempts/projection.js';
import { answersOf, attemptById, attemptsOfStudent, pendingAnswersOf, standingsOf } from '../../src/projections/attempts/queries.js';
import { carriedOut, commands } from '../domain/attempt-arbitraries.js';
import { at, facts, started, submitted } from '../domain/attempt-examples.js';
import { Projected, recorded, type Published } from './projected.js';

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
