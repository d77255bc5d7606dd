import t from 'tap';
import { changeAssessment } from '../../../src/commands/assessments/change-assessment.js';
import { createAssessment } from '../../../src/commands/assessments/create-assessment.js';
import { deleteAssessment } from '../../../src/commands/assessments/delete-assessment.js';
import { addOption, changeOption } from '../../../src/commands/assessments/options.js';
import { addQuestion, removeQuestion } from '../../../src/commands/assessments/questions.js';
import { deleteCourse } from '../../../src/commands/courses/delete-course.js';
import type { CommandServices } from '../../../src/commands/services.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { isExistingAssessment, type AssessmentDetails, type ExistingAssessment } from '../../../src/domain/assessment/decider.js';
import { isComplete } from '../../../src/domain/assessment/questions.js';
import { MOST_ASSESSMENTS } from '../../../src/domain/assessment-shelf/decider.js';
import { Crash, dyingAfter, newWorld, twoNodes } from '../../fixtures/accounts.js';
import { contextFor } from '../../fixtures/command-services.js';
import { ada, drawnUp } from '../../fixtures/courses.js';

const teacherId = 'ada';
const details: AssessmentDetails = { courseId: null, title: 'Fugues', description: '', type: 'quiz', passingGrade: '50', maxAttempts: null };

const create = (services: CommandServices, more: Partial<AssessmentDetails> = {}, context = contextFor(), by = teacherId) =>
  createAssessment(services)({ teacherId: by, details: { ...details, ...more }, published: true }, context);

const made = async (services: CommandServices): Promise<string> => {
  const outcome = await create(services);
  if (!outcome.ok) throw new Error(outcome.rejection);
  return outcome.value.assessmentId;
};

const choices = [
  { optionId: null, text: 'A', isCorrect: true },
  { optionId: null, text: 'B', isCorrect: false },
];
const asked = { text: 'Which?', type: 'multiple_choice', points: 2, correctAnswer: null } as const;

const withQuestion = async (services: CommandServices, assessmentId: string, options: typeof choices = []): Promise<string> => {
  const outcome = await addQuestion(services)({ teacherId, assessmentId, question: { ...asked, options } }, contextFor());
  if (!outcome.ok) throw new Error(outcome.rejection);
  return outcome.value.questionId;
};

const stateOf = async ({ handler }: CommandServices, assessmentId: string): Promise<ExistingAssessment> => {
  const { state } = await handler.load(aggregates.assessment, assessmentId);
  if (!isExistingAssessment(state)) throw new Error(state.status);
  return state;
};

const placesOf = async ({ handler }: CommandServices): Promise<number> => (await handler.load(aggregates.assessmentShelf, teacherId)).state.assessments.size;

/** Leaves the teacher this many places. */
const leaving = async ({ handler }: CommandServices, places: number): Promise<void> => {
  const data = (assessmentId: string) => ({ teacherId, assessmentId, at: '2026-03-01T10:00:00.000Z' });
  await Promise.all(
    Array.from({ length: MOST_ASSESSMENTS - places }, (_, place) =>
      handler.handle(aggregates.assessmentShelf, teacherId, { type: 'TakeAssessmentPlace', data: data(`earlier-${place}`) }, contextFor()),
    ),
  );
};

t.test('of 200 options at once that are right, on two nodes, ten stay and one of them is right', async (t) => {
  const [one, other] = twoNodes();
  const assessmentId = await made(one.services);
  const questionId = await withQuestion(one.services, assessmentId);
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      addOption(index % 2 === 0 ? one.services : other.services)({ teacherId, assessmentId, questionId, option: { text: `${index}`, isCorrect: true } }, contextFor()),
    ),
  );
  t.equal(outcomes.filter(({ ok }) => ok).length, 10);
  t.equal(outcomes.filter((outcome) => !outcome.ok && outcome.rejection === 'too-many-options').length, 190);
  for (const { services } of [one, other]) {
    const { status, questions } = await stateOf(services, assessmentId);
    t.equal(status, 'published');
    t.equal(questions[0]?.options.length, 10);
    t.equal(questions[0]?.options.filter(({ isCorrect }) => isCorrect).length, 1);
  }
});

t.test('of 50 moves of the right answer at once, one is the last', async (t) => {
  const { services } = newWorld();
  const assessmentId = await made(services);
  const questionId = await withQuestion(services, assessmentId, choices);
  const [question] = (await stateOf(services, assessmentId)).questions;
  const ids = question?.options.map(({ optionId }) => optionId) ?? [];
  await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      changeOption(services)({ teacherId, assessmentId, questionId, optionId: ids[index % 2] ?? '', changes: { isCorrect: true } }, contextFor()),
    ),
  );
  t.ok((await stateOf(services, assessmentId)).questions.every(isComplete));
});

t.test('of ten removals of questions at once, the last question of a published assessment is kept', async (t) => {
  const { services } = newWorld();
  const assessmentId = await made(services);
  const ids = await Promise.all(Array.from({ length: 10 }, async () => withQuestion(services, assessmentId, choices)));
  const outcomes = await Promise.all(ids.map((questionId) => removeQuestion(services)({ teacherId, assessmentId, questionId }, contextFor())));
  t.equal(outcomes.filter(({ ok }) => ok).length, 9);
  t.match(outcomes.find(({ ok }) => !ok), { rejection: 'last-question-in-use' });
  const { status, questions } = await stateOf(services, assessmentId);
  t.same([status, questions.length], ['published', 1]);
});

t.test('a repeat adds nothing twice', async (t) => {
  const { services } = newWorld();
  const context = contextFor();
  const [first, again] = await Promise.all([create(services, {}, context), create(services, {}, context)]);
  t.ok(first.ok);
  t.same(again, { ...first, changed: true });
  t.equal(await placesOf(services), 1);
  const assessmentId = first.ok ? first.value.assessmentId : '';
  const add = contextFor();
  const question = { ...asked, options: choices };
  await Promise.all([1, 2, 3].map(() => addQuestion(services)({ teacherId, assessmentId, question }, add)));
  const { questions } = await stateOf(services, assessmentId);
  t.equal(questions.length, 1);
  t.equal(new Set(questions[0]?.options.map(({ optionId }) => optionId)).size, 2);
});

t.test('of 200 assessments at once, on two nodes, as many are made as there are places', async (t) => {
  const [one, other] = twoNodes();
  await leaving(one.services, 7);
  const outcomes = await Promise.all(Array.from({ length: 200 }, (_, index) => create(index % 2 === 0 ? one.services : other.services)));
  t.equal(outcomes.filter(({ ok }) => ok).length, 7);
  t.equal(outcomes.filter((outcome) => !outcome.ok && outcome.rejection === 'too-many-assessments').length, 193);
  t.match(await create(one.services, {}, contextFor(), 'bob'), { ok: true }, 'others have their own');
});

t.test('a deleted assessment frees its place, one that is refused takes none', async (t) => {
  const { services } = newWorld();
  await leaving(services, 1);
  t.match(await create(services, { passingGrade: '101' }), { ok: false, rejection: 'passing-grade-invalid' });
  const assessmentId = await made(services);
  t.match(await create(services), { ok: false, rejection: 'too-many-assessments' });
  t.match(await deleteAssessment(services)({ teacherId: 'bob', assessmentId }, contextFor()), { ok: false, rejection: 'assessment-not-found' });
  t.match(await create(services), { ok: false, rejection: 'too-many-assessments' }, 'a deletion that is refused frees nothing');
  t.match(await deleteAssessment(services)({ teacherId, assessmentId }, contextFor()), { ok: true });
  t.match(await create(services), { ok: true });
});

t.test('a creation that a process did not finish is finished by its repeat', async (t) => {
  const world = newWorld();
  const context = contextFor();
  await t.rejects(create(dyingAfter(1, world).services, {}, context), Crash);
  t.equal(await placesOf(world.services), 1);
  t.match(await create(world.services, {}, context), { ok: true });
  t.equal(await placesOf(world.services), 1);
});

t.test('a deletion that a process did not finish is finished by the next one', async (t) => {
  const { services } = newWorld();
  const assessmentId = await made(services);
  const data = { teacherId, at: '2026-03-01T10:00:00.000Z' };
  await services.handler.handle(aggregates.assessment, assessmentId, { type: 'DeleteAssessment', data }, contextFor());
  t.equal(await placesOf(services), 1);
  t.match(await deleteAssessment(services)({ teacherId, assessmentId }, contextFor()), { ok: false, rejection: 'assessment-not-found' });
  t.equal(await placesOf(services), 0);
});

t.test('a course is one of the teacher, which is there', async (t) => {
  const { services } = newWorld();
  const own = await drawnUp(services);
  const foreign = await drawnUp(services, { actor: { accountId: 'bob', role: 'instructor' } });
  const unknown = { ok: false, rejection: 'course-not-found' };
  t.match(await create(services, { courseId: foreign }), unknown);
  t.match(await create(services, { courseId: 'none' }), unknown);
  t.equal(await placesOf(services), 0);
  const context = contextFor();
  const first = await create(services, { courseId: own }, context);
  const assessmentId = first.ok ? first.value.assessmentId : '';
  const change = (wanted: Partial<AssessmentDetails>) => changeAssessment(services)({ teacherId, assessmentId, details: wanted }, contextFor());
  t.match(await change({ courseId: foreign }), unknown);
  t.match(await deleteCourse(services)({ actor: ada, courseId: own }, contextFor()), { ok: true });
  t.match(await create(services, { courseId: own }), unknown);
  t.match(await create(services, { courseId: own }, context), { ok: true, value: { assessmentId } }, 'a repeat is answered as it was');
  t.match(await change({ courseId: own, title: 'Canons' }), { ok: true }, 'a course that is deleted may stay named');
  t.match(await change({ courseId: null }), { ok: true });
  t.equal((await stateOf(services, assessmentId)).details.courseId, null);
});
