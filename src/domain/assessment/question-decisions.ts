import { Value } from 'typebox/value';
import { accept, reject, type Decision } from '../kernel/decider.js';
import type { AssessmentRejection, NewQuestion, OptionChanges, QuestionChanges, QuestionCommand, SentOption } from './commands.js';
import type { AssessmentEvent } from './events.js';
import {
  characters,
  isComplete,
  MOST_CHARACTERS,
  MOST_OPTIONS,
  MOST_POINTS,
  MOST_QUESTIONS,
  problemOf,
  totalsOf,
  withChanged,
  withOption,
  withoutOption,
  type Option,
  type Question,
  type QuestionProblem,
} from './questions.js';
import type { ExistingAssessment } from './state.js';

type AssessmentDecision = Decision<AssessmentEvent, AssessmentRejection>;

const limitsOf: Readonly<Partial<Record<QuestionProblem, number>>> = { 'points-invalid': MOST_POINTS, 'too-many-options': MOST_OPTIONS };

const badQuestion = (question: Question) => {
  const problem = problemOf(question);
  if (problem === undefined) return undefined;
  const most = limitsOf[problem];
  return most === undefined ? reject(problem) : reject(problem, { most });
};

/** In a published assessment a question that students are shown can be answered, and there is one. */
const takesFromStudents = ({ status, questions }: ExistingAssessment, next: readonly Question[]) => {
  if (status !== 'published') return undefined;
  const after = new Map(next.map((question) => [question.questionId, question]));
  const isSpoilt = questions.some((question) => {
    const changed = after.get(question.questionId);
    return changed !== undefined && isComplete(question) && !isComplete(changed);
  });
  if (isSpoilt) return reject('question-in-use');
  return next.some(isComplete) ? undefined : reject('last-question-in-use');
};

/** Records a change after which the questions are these. */
const record = (assessment: ExistingAssessment, next: readonly Question[], at: string, event: AssessmentEvent): AssessmentDecision => {
  const { assessmentId, status, questions } = assessment;
  const length = characters(next);
  // Texts may always get shorter.
  if (length > MOST_CHARACTERS && length > characters(questions)) return reject('assessment-too-long', { most: MOST_CHARACTERS });
  const refusal = takesFromStudents(assessment, next);
  if (refusal !== undefined) return refusal;
  const isReady = status === 'awaiting' && next.some(isComplete);
  return accept(event, ...(isReady ? [{ type: 'AssessmentPublished', data: { assessmentId, publishedAt: at } } as const] : []));
};

const optionsOf = (sent: readonly SentOption[], known: readonly Option[]): Option[] => {
  const free = new Set(known.map(({ optionId }) => optionId));
  return sent.map(({ optionId, newId, text, isCorrect }) => ({ optionId: optionId !== null && free.delete(optionId) ? optionId : newId, text, isCorrect }));
};

const addQuestion = (assessment: ExistingAssessment, { options, ...facts }: NewQuestion, at: string): AssessmentDecision => {
  const { assessmentId, questions } = assessment;
  const question: Question = { ...facts, options: optionsOf(options, []) };
  const refusal = badQuestion(question);
  if (refusal !== undefined) return refusal;
  if (questions.length >= MOST_QUESTIONS) return reject('too-many-questions', { most: MOST_QUESTIONS });
  const next = [...questions, question];
  return record(assessment, next, at, { type: 'QuestionAdded', data: { assessmentId, question, totals: totalsOf(next), addedAt: at } });
};

/** A question of another type keeps what the type has, unless the teacher sends something else. */
const changedQuestion = (before: Question, changes: QuestionChanges): Question => {
  const { questionId } = before;
  const { text = before.text, type = before.type, points = before.points, options: sent } = changes;
  const isShort = type === 'short_answer';
  const { correctAnswer = isShort ? before.correctAnswer : null } = changes;
  const kept = isShort ? [] : before.options;
  return { questionId, text, type, points, options: sent === undefined ? [...kept] : optionsOf(sent, before.options), correctAnswer };
};

const saveQuestion = (assessment: ExistingAssessment, before: Question, question: Question, at: string): AssessmentDecision => {
  const { assessmentId, questions } = assessment;
  if (Value.Equal(before, question)) return accept();
  const refusal = badQuestion(question);
  if (refusal !== undefined) return refusal;
  const next = withChanged(questions, question);
  return record(assessment, next, at, { type: 'QuestionChanged', data: { assessmentId, question, totals: totalsOf(next), changedAt: at } });
};

const removeQuestion = (assessment: ExistingAssessment, wanted: string, at: string): AssessmentDecision => {
  const { assessmentId, questions } = assessment;
  const next = questions.filter(({ questionId }) => questionId !== wanted);
  return record(assessment, next, at, { type: 'QuestionRemoved', data: { assessmentId, questionId: wanted, totals: totalsOf(next), removedAt: at } });
};

const addOption = (assessment: ExistingAssessment, question: Question, option: Option, at: string): AssessmentDecision => {
  const { assessmentId, questions } = assessment;
  const { questionId } = question;
  const changed = withOption(question, option);
  const refusal = badQuestion(changed);
  if (refusal !== undefined) return refusal;
  const next = withChanged(questions, changed);
  return record(assessment, next, at, { type: 'OptionAdded', data: { assessmentId, questionId, option, totals: totalsOf(next), addedAt: at } });
};

const changeOption = (assessment: ExistingAssessment, question: Question, before: Option, changes: OptionChanges, at: string): AssessmentDecision => {
  const { assessmentId, questions } = assessment;
  const { questionId } = question;
  const { text = before.text, isCorrect = before.isCorrect } = changes;
  const option = { optionId: before.optionId, text, isCorrect };
  if (Value.Equal(before, option)) return accept();
  const next = withChanged(questions, withOption(question, option));
  return record(assessment, next, at, { type: 'OptionChanged', data: { assessmentId, questionId, option, totals: totalsOf(next), changedAt: at } });
};

const removeOption = (assessment: ExistingAssessment, question: Question, { optionId }: Option, at: string): AssessmentDecision => {
  const { assessmentId, questions } = assessment;
  const { questionId } = question;
  const next = withChanged(questions, withoutOption(question, optionId));
  return record(assessment, next, at, { type: 'OptionRemoved', data: { assessmentId, questionId, optionId, totals: totalsOf(next), removedAt: at } });
};

export const decideQuestion = ({ type, data }: QuestionCommand, assessment: ExistingAssessment): AssessmentDecision => {
  const { at } = data;
  if (type === 'AddQuestion') return addQuestion(assessment, data.question, at);
  const question = assessment.questions.find(({ questionId }) => questionId === data.questionId);
  if (question === undefined) return reject('question-not-found');
  if (type === 'AddOption') return addOption(assessment, question, data.option, at);
  if (type === 'ChangeQuestion') return saveQuestion(assessment, question, changedQuestion(question, data.changes), at);
  if (type === 'RemoveQuestion') return removeQuestion(assessment, question.questionId, at);
  const option = question.options.find(({ optionId }) => optionId === data.optionId);
  if (option === undefined) return reject('option-not-found');
  return type === 'ChangeOption' ? changeOption(assessment, question, option, data.changes, at) : removeOption(assessment, question, option, at);
};
