import t from 'tap';
import type { AssessmentEvent } from '../../src/domain/assessment/events.js';
import { assessmentsProjection } from '../../src/projections/assessments/projection.js';
import {
  assessmentById,
  assessmentsByIds,
  assessmentsOfTeacher,
  availableAssessments,
  questionById,
  questionOfOption,
  questionsOfAssessment,
} from '../../src/projections/assessments/queries.js';
import { added, assessmentId, assessmentOf, at, choice, created, deleted, details, option, published, publishedOf, short, totals, unpublished } from '../domain/assessment-examples.js';
import { Projected, recorded, type Published } from './projected.js';

const later = '2026-03-02T10:00:00.000Z';
const on = (event: AssessmentEvent): Published => [`assessment-${event.data.assessmentId}`, event];
const after = (...events: readonly AssessmentEvent[]) => new Projected(assessmentsProjection, recorded(events.map(on)));
const optionEvent = { assessmentId, questionId: 'q', totals: totals(1, 2) };

t.test('an assessment as its events tell it', async (t) => {
  const facts = { id: assessmentId, number: 1, teacherId: 'ada', ...details, createdAt: at, updatedAt: at };
  t.same(await assessmentById(after(created()), assessmentId), { ...facts, published: false, available: false, totals: totals(0, 0) });
  const live = [created(true), added(choice('q')), published];
  t.match(await assessmentById(after(created(true)), assessmentId), { published: true, available: false });
  t.match(await assessmentById(after(...live), assessmentId), { published: true, available: true, totals: totals(1, 2) });
  t.match(await assessmentById(after(...live, unpublished), assessmentId), { published: false, available: false });
  const changed: AssessmentEvent = { type: 'AssessmentDetailsChanged', data: { assessmentId, title: 'Canons', maxAttempts: 2, changedAt: later } };
  t.match(await assessmentById(after(...live, changed), assessmentId), { title: 'Canons', maxAttempts: 2, passingGrade: '50', updatedAt: later });
});

t.test('each change of questions says the totals and the time', async (t) => {
  const sums = totals(9, 90, 8, 80);
  const part = { assessmentId, questionId: 'q', totals: sums };
  const changes: readonly AssessmentEvent[] = [
    { type: 'QuestionChanged', data: { assessmentId, question: choice('q'), totals: sums, changedAt: later } },
    { type: 'QuestionRemoved', data: { ...part, removedAt: later } },
    { type: 'OptionAdded', data: { ...part, option: option('n'), addedAt: later } },
    { type: 'OptionChanged', data: { ...part, option: option('qa'), changedAt: later } },
    { type: 'OptionRemoved', data: { ...part, optionId: 'qa', removedAt: later } },
  ];
  for (const change of changes) t.match(await assessmentById(after(created(), added(choice('q')), change), assessmentId), { totals: sums, updatedAt: later }, change.type);
});

t.test('questions are in the order in which they were added, and found by their options', async (t) => {
  const models = after(created(), added(short('z')), added(choice('a')), added(choice('m')), {
    type: 'QuestionChanged',
    data: { assessmentId, question: { ...choice('z', [option('zx', true), option('zy')]), points: 9 }, totals: totals(3, 13), changedAt: at },
  });
  t.same((await questionsOfAssessment(models, assessmentId)).map(({ id, type, points }) => [id, type, points]), [
    ['z', 'multiple_choice', 9],
    ['a', 'multiple_choice', 2],
    ['m', 'multiple_choice', 2],
  ]);
  t.equal((await questionOfOption(models, 'zy'))?.id, 'z');
  t.equal((await questionOfOption(models, 'mb'))?.id, 'm');
  t.equal(await questionOfOption(models, 'none'), undefined);
  t.match(await questionById(after(created(), added(short('s'))), 's'), { assessmentId, correctAnswer: 'Because', options: [] });
});

t.test('options of a question: one is right', async (t) => {
  const start = [created(), added(choice('q'))];
  const rightAfter = async (event: AssessmentEvent) => {
    const question = await questionById(after(...start, event), 'q');
    return question?.options.map(({ optionId, isCorrect }) => [optionId, isCorrect]);
  };
  t.same(await rightAfter({ type: 'OptionAdded', data: { ...optionEvent, option: option('qc', true), addedAt: at } }), [['qa', false], ['qb', false], ['qc', true]]);
  t.same(await rightAfter({ type: 'OptionChanged', data: { ...optionEvent, option: option('qb', true), changedAt: at } }), [['qa', false], ['qb', true]]);
  const removed: AssessmentEvent = { type: 'OptionRemoved', data: { ...optionEvent, optionId: 'qb', removedAt: at } };
  t.same(await rightAfter(removed), [['qa', true]]);
  const models = after(...start, removed);
  t.equal(await questionOfOption(models, 'qb'), undefined);
  t.equal((await questionOfOption(models, 'qa'))?.id, 'q');
});

t.test('lists of a teacher, the newest first', async (t) => {
  const models = after(assessmentOf('a', 'ada'), assessmentOf('b', 'ada', 'course'), assessmentOf('c', 'bob', 'course'), assessmentOf('d', 'ada'), publishedOf('a'), publishedOf('c'), publishedOf('d'));
  const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);
  t.same(ids(await assessmentsOfTeacher(models, 'ada')), ['d', 'b', 'a']);
  t.same(ids(await assessmentsOfTeacher(models, 'ada', 'course')), ['b']);
  t.same(ids(await assessmentsOfTeacher(models, 'nobody')), []);
  t.same(ids(await availableAssessments(models, 'ada')), ['d', 'a']);
  t.same((await assessmentsByIds(models, ['d', 'none', 'c'])).map((assessment) => assessment?.id), ['d', undefined, 'c']);
});

t.test('what is deleted is gone, with all that it had', async (t) => {
  const removed: AssessmentEvent = { type: 'QuestionRemoved', data: { assessmentId, questionId: 'q', totals: totals(1, 5), removedAt: at } };
  const models = after(created(), added(choice('q')), added(short('s')), removed);
  t.same((await questionsOfAssessment(models, assessmentId)).map(({ id }) => id), ['s']);
  t.same(after(created(), added(choice('q')), added(short('s')), deleted).contents(), {});
  t.same(after(added(choice('q'))).contents()['assessments/assessment'], undefined);
});
