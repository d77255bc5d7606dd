import t from 'tap';
import { assessmentDecider, canBeStarted, isExistingAssessment, shownQuestions, type AssessmentCommand } from '../../src/domain/assessment/decider.js';
import type { AssessmentEvent } from '../../src/domain/assessment/events.js';
import { MOST_CHARACTERS, MOST_QUESTIONS, type Question } from '../../src/domain/assessment/questions.js';
import { assessmentShelfDecider, MOST_ASSESSMENTS, type AssessmentShelfCommand } from '../../src/domain/assessment-shelf/decider.js';
import {
  add,
  added,
  addOption,
  assessmentId,
  at,
  change,
  changeOption,
  choice,
  created,
  deleted,
  details,
  drop,
  option,
  publish,
  published,
  remove,
  removeOption,
  short,
  teacherId,
  totals,
  unpublished,
} from './assessment-examples.js';
import { given, stateAfter } from './decider-specification.js';

const create = (more: object = {}): AssessmentCommand => ({
  type: 'CreateAssessment',
  data: { assessmentId, teacherId, details: { ...details, ...more }, published: false, at },
});
const after = (...events: readonly AssessmentEvent[]) => given(assessmentDecider, events);
const draft = (...questions: readonly Question[]) => after(created(), ...questions.map((question) => added(question)));
const live = (...questions: readonly Question[]) => after(created(true), ...questions.map((question) => added(question)), published);
const incomplete = choice('q', [option('qa')]);

t.test('an assessment is created once, its passing grade in plain digits', async () => {
  after().when(create()).then([created()]);
  after().when(create({ passingGrade: '66.60' })).then([{ type: 'AssessmentCreated', data: { ...details, passingGrade: '66.6', assessmentId, teacherId, publishesItself: false, createdAt: at } }]);
  after(created()).when(create()).thenNothing();
  after(created(), deleted).when(create()).thenRefused('assessment-not-found');
});

t.test('a passing grade is a percentage with two places', async () => {
  for (const passingGrade of ['100.01', '-1', '1.005', '1e1', '', '101']) {
    after().when(create({ passingGrade })).thenRefused('passing-grade-invalid');
    draft().when({ type: 'ChangeAssessment', data: { teacherId, at, details: { passingGrade } } }).thenRefused('passing-grade-invalid');
  }
  for (const passingGrade of ['0', '100', '0.01']) after().when(create({ passingGrade })).then([{ type: 'AssessmentCreated', data: { ...details, passingGrade, assessmentId, teacherId, publishesItself: false, createdAt: at } }]);
});

t.test('details change, those that are the same do not', async () => {
  const changed = (data: object): AssessmentCommand => ({ type: 'ChangeAssessment', data: { teacherId, at, details: data } });
  draft().when(changed({ title: 'Canons', passingGrade: '50.00' })).then([{ type: 'AssessmentDetailsChanged', data: { assessmentId, title: 'Canons', changedAt: at } }]);
  draft().when(changed({ courseId: 'c', maxAttempts: 3 })).then([{ type: 'AssessmentDetailsChanged', data: { assessmentId, courseId: 'c', maxAttempts: 3, changedAt: at } }]);
  draft().when(changed({ ...details })).thenNothing();
});

t.test('what is another teacher\'s, deleted or not there is not found', async () => {
  const commands: readonly AssessmentCommand[] = [publish(true), drop, add(short('n')), change('q', {}), remove('q'), addOption('q', option('n')), changeOption('q', 'qa', {}), removeOption('q', 'qa')];
  for (const command of commands) {
    after().when(command).thenRefused('assessment-not-found');
    after(created(), added(choice('q')), deleted).when(command).thenRefused('assessment-not-found');
    const foreign = { ...command, data: { ...command.data, teacherId: 'bob' } } as AssessmentCommand;
    draft(choice('q')).when(foreign).thenRefused('assessment-not-found');
  }
  draft(choice('q')).when(change('x', {})).thenRefused('question-not-found');
  draft(choice('q')).when(remove('x')).thenRefused('question-not-found');
  draft(choice('q')).when(addOption('x', option('n'))).thenRefused('question-not-found');
  draft(choice('q')).when(changeOption('q', 'x', {})).thenRefused('option-not-found');
  draft(choice('q'), choice('r')).when(removeOption('q', 'ra')).thenRefused('option-not-found');
});

t.test('deletion', async () => {
  live(choice('q')).when(drop).then([deleted]);
});

t.test('a question is what its type allows', async () => {
  const right = [option('a', true), option('b', true)];
  draft().when(add(choice('q', right))).thenRefused('several-right-options');
  draft().when(add({ ...choice('q'), points: 0 })).thenRefused('points-invalid', { most: 1_000 });
  draft().when(add({ ...choice('q'), points: 1_001 })).thenRefused('points-invalid', { most: 1_000 });
  draft().when(add({ ...choice('q'), points: 1.5 })).thenRefused('points-invalid', { most: 1_000 });
  draft().when(add({ ...choice('q'), correctAnswer: 'x' })).thenRefused('correct-answer-unexpected');
  draft().when(add({ ...short('q'), options: [option('a')] })).thenRefused('short-answer-has-options');
  draft(short('q')).when(addOption('q', option('a'))).thenRefused('short-answer-has-options');
  const sides = { ...choice('q'), type: 'true_false' as const };
  draft(sides).when(addOption('q', option('c'))).thenRefused('true-false-has-two-options');
  const full = choice('q', Array.from({ length: 10 }, (_, index) => option(`o${index}`, index === 0)));
  draft(full).when(addOption('q', option('o10'))).thenRefused('too-many-options', { most: 10 });
  draft(full).when(change('q', { type: 'true_false' })).thenRefused('true-false-has-two-options');
});

t.test('a question with its options is added as one', async () => {
  draft().when(add(choice('q'))).then([added(choice('q'), totals(1, 2))]);
  draft(choice('q')).when(add(incomplete)).then([added(incomplete, totals(2, 4, 1, 2))]);
});

t.test('the limits of an assessment', async () => {
  const many = Array.from({ length: MOST_QUESTIONS }, (_, index) => short(`q${index}`));
  draft(...many).when(add(short('more'))).thenRefused('too-many-questions', { most: MOST_QUESTIONS });
  const long = { ...short('q'), text: 'x'.repeat(MOST_CHARACTERS), correctAnswer: null };
  draft().when(add(long)).then([added(long, totals(1, 5))]);
  draft(long).when(add({ ...short('r'), text: 'x', correctAnswer: null })).thenRefused('assessment-too-long', { most: MOST_CHARACTERS });
  draft(long, choice('r')).when(changeOption('r', 'ra', { text: 'Longer than it was' })).thenRefused('assessment-too-long', { most: MOST_CHARACTERS });
  draft(long, choice('r')).when(removeOption('r', 'ra')).then([
    { type: 'OptionRemoved', data: { assessmentId, questionId: 'r', optionId: 'ra', totals: totals(2, 7, 1, 5), removedAt: at } },
  ]);
});

t.test('a changed question keeps what is not sent, and the ids of options that it has', async () => {
  const changed = (question: Question, sums = totals(1, question.points)) => ({ type: 'QuestionChanged', data: { assessmentId, question, totals: sums, changedAt: at } }) as const;
  draft(choice('q')).when(change('q', { text: 'What?' })).then([changed({ ...choice('q'), text: 'What?' })]);
  draft(choice('q')).when(change('q', { points: 2 })).thenNothing();
  const sent = [
    { optionId: 'qb', newId: 'n0', text: 'B', isCorrect: true },
    { optionId: 'qb', newId: 'n1', text: 'B again', isCorrect: false },
    { optionId: 'other', newId: 'n2', text: 'C', isCorrect: false },
    { optionId: null, newId: 'n3', text: 'D', isCorrect: false },
  ];
  draft(choice('q')).when(change('q', { options: sent })).then([changed(choice('q', [option('qb', true, 'B'), option('n1', false, 'B again'), option('n2', false, 'C'), option('n3', false, 'D')]))]);
  draft(choice('q')).when(change('q', { type: 'short_answer' })).then([changed({ ...choice('q', []), type: 'short_answer' })]);
  draft(short('q')).when(change('q', { type: 'true_false' })).then([changed({ ...short('q'), type: 'true_false', correctAnswer: null }, totals(1, 5, 0, 0))]);
});

t.test('an option that is made right is the only right one', async (t) => {
  const events = (command: AssessmentCommand) => {
    const before = stateAfter(assessmentDecider, [created(), added(choice('q'))]);
    const decision = assessmentDecider.decide(command, before);
    return decision.ok ? decision.events.reduce(assessmentDecider.evolve, before) : before;
  };
  const rightIn = (command: AssessmentCommand) => {
    const state = events(command);
    return isExistingAssessment(state) ? state.questions[0]?.options.filter(({ isCorrect }) => isCorrect).map(({ optionId }) => optionId) : undefined;
  };
  t.same(rightIn(addOption('q', option('qc'))), ['qa']);
  t.same(rightIn(addOption('q', option('qc', true))), ['qc']);
  t.same(rightIn(changeOption('q', 'qb', { isCorrect: true })), ['qb']);
  t.same(rightIn(changeOption('q', 'qb', { text: 'x' })), ['qa']);
  t.same(rightIn(changeOption('q', 'qa', { isCorrect: false })), []);
  draft(choice('q')).when(changeOption('q', 'qa', { isCorrect: true })).thenNothing();
  draft(choice('q')).when(changeOption('q', 'qb', { isCorrect: true })).then([
    { type: 'OptionChanged', data: { assessmentId, questionId: 'q', option: option('qb', true), totals: totals(1, 2), changedAt: at } },
  ]);
});

t.test('it is published by itself with its first question that can be answered, when it was created to be', async () => {
  after(created(true)).when(add(choice('q'))).then([added(choice('q')), published]);
  after(created(true)).when(add(incomplete)).then([added(incomplete, totals(1, 2, 0, 0))]);
  after(created(true), added(incomplete)).when(addOption('q', option('qb', true))).then([
    { type: 'OptionAdded', data: { assessmentId, questionId: 'q', option: option('qb', true), totals: totals(1, 2), addedAt: at } },
    published,
  ]);
  live(choice('q')).when(add(choice('r'))).then([added(choice('r'), totals(2, 4))]);
  after(created(true), unpublished).when(add(choice('q'))).then([added(choice('q'))]);
  after(created(true)).when(publish(true)).thenNothing();
  after(created(true)).when(publish(false)).then([unpublished]);
});

t.test('publishing takes questions, each of which can be answered', async () => {
  draft().when(publish(true)).thenRefused('assessment-not-ready');
  draft(short('s'), incomplete).when(publish(true)).thenRefused('assessment-not-ready');
  draft(choice('q'), short('s')).when(publish(true)).then([published]);
  live(choice('q')).when(publish(true)).thenNothing();
  live(choice('q')).when(publish(false)).then([unpublished]);
  draft().when(publish(false)).thenNothing();
});

t.test('details and publication change together, or not at all', async () => {
  const both: AssessmentCommand = { type: 'ChangeAssessment', data: { teacherId, at, details: { title: 'Canons' }, published: true } };
  draft(choice('q')).when(both).then([{ type: 'AssessmentDetailsChanged', data: { assessmentId, title: 'Canons', changedAt: at } }, published]);
  draft().when(both).thenRefused('assessment-not-ready');
});

t.test('a published assessment can not be made unanswerable', async () => {
  const threefold = choice('q', [option('qa', true), option('qb'), option('qc')]);
  live(choice('q')).when(removeOption('q', 'qb')).thenRefused('question-in-use');
  live(threefold).when(removeOption('q', 'qa')).thenRefused('question-in-use');
  live(threefold).when(changeOption('q', 'qa', { isCorrect: false })).thenRefused('question-in-use');
  live(threefold).when(change('q', { options: [] })).thenRefused('question-in-use');
  live(short('q')).when(change('q', { type: 'multiple_choice' })).thenRefused('question-in-use');
  live(choice('q')).when(remove('q')).thenRefused('last-question-in-use');
  live(choice('q'), incomplete).when(remove('q')).thenRefused('last-question-in-use');
});

t.test('a published assessment can be changed in any other way', async () => {
  const threefold = choice('q', [option('qa', true), option('qb'), option('qc')]);
  live(threefold).when(removeOption('q', 'qc')).then([{ type: 'OptionRemoved', data: { assessmentId, questionId: 'q', optionId: 'qc', totals: totals(1, 2), removedAt: at } }]);
  live(choice('q'), short('s')).when(remove('q')).then([{ type: 'QuestionRemoved', data: { assessmentId, questionId: 'q', totals: totals(1, 5), removedAt: at } }]);
  const unfinished = choice('r', [option('ra')]);
  live(choice('q')).when(add(unfinished)).then([added(unfinished, totals(2, 4, 1, 2))]);
  live(choice('q'), unfinished).when(removeOption('r', 'ra')).then([{ type: 'OptionRemoved', data: { assessmentId, questionId: 'r', optionId: 'ra', totals: totals(2, 4, 1, 2), removedAt: at } }]);
  after(created(true), added(choice('q')), published, unpublished).when(remove('q')).then([{ type: 'QuestionRemoved', data: { assessmentId, questionId: 'q', totals: totals(0, 0), removedAt: at } }]);
});

t.test('students are shown the complete questions of a published assessment', async (t) => {
  const state = stateAfter(assessmentDecider, [created(true), added(choice('q')), published, added(incomplete), added(short('s'))]);
  t.ok(canBeStarted(state));
  t.same(isExistingAssessment(state) && shownQuestions(state).map(({ questionId }) => questionId), ['q', 's']);
  t.notOk(canBeStarted(assessmentDecider.evolve(state, unpublished)));
  t.notOk(canBeStarted(assessmentDecider.evolve(state, deleted)));
  t.notOk(canBeStarted(stateAfter(assessmentDecider, [created(true)])));
});

t.test('events that do not apply change nothing', async (t) => {
  t.same(stateAfter(assessmentDecider, [published]), { status: 'none' });
  const state = stateAfter(assessmentDecider, [created()]);
  t.same(assessmentDecider.evolve(state, { type: 'OptionRemoved', data: { assessmentId, questionId: 'x', optionId: 'y', totals: totals(0, 0), removedAt: at } }), state);
});

t.test(`a teacher has at most ${MOST_ASSESSMENTS} assessments`, async () => {
  const place = (type: AssessmentShelfCommand['type'], id: string): AssessmentShelfCommand => ({ type, data: { teacherId, assessmentId: id, at } });
  const taken = (id: string) => ({ type: 'AssessmentPlaceTaken', data: { teacherId, assessmentId: id, takenAt: at } }) as const;
  const freed = (id: string) => ({ type: 'AssessmentPlaceFreed', data: { teacherId, assessmentId: id, freedAt: at } }) as const;
  const full = Array.from({ length: MOST_ASSESSMENTS }, (_, index) => taken(`a${index}`));
  given(assessmentShelfDecider, full.slice(1)).when(place('TakeAssessmentPlace', 'a0')).then([taken('a0')]);
  given(assessmentShelfDecider, full).when(place('TakeAssessmentPlace', 'more')).thenRefused('too-many-assessments', { most: MOST_ASSESSMENTS });
  given(assessmentShelfDecider, full).when(place('TakeAssessmentPlace', 'a0')).thenNothing();
  given(assessmentShelfDecider, full).when(place('FreeAssessmentPlace', 'a0')).then([freed('a0')]);
  given(assessmentShelfDecider, [...full, freed('a0')]).when(place('TakeAssessmentPlace', 'more')).then([taken('more')]);
  given(assessmentShelfDecider).when(place('FreeAssessmentPlace', 'a0')).thenNothing();
});
