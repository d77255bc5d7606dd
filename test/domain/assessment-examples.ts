import type { AssessmentCommand, AssessmentDetails } from '../../src/domain/assessment/decider.js';
import type { AssessmentEvent } from '../../src/domain/assessment/events.js';
import type { Option, Question, Totals } from '../../src/domain/assessment/questions.js';

export const at = '2026-03-01T10:00:00.000Z';
export const teacherId = 'ada';
export const assessmentId = 'assessment';

export const details: AssessmentDetails = { courseId: null, title: 'Fugues', description: '', type: 'quiz', passingGrade: '50', maxAttempts: null };

export const created = (publishesItself = false): AssessmentEvent => ({
  type: 'AssessmentCreated',
  data: { assessmentId, teacherId, ...details, publishesItself, createdAt: at },
});
export const published: AssessmentEvent = { type: 'AssessmentPublished', data: { assessmentId, publishedAt: at } };
export const unpublished: AssessmentEvent = { type: 'AssessmentUnpublished', data: { assessmentId, unpublishedAt: at } };
export const deleted: AssessmentEvent = { type: 'AssessmentDeleted', data: { assessmentId, teacherId, deletedAt: at } };

export const option = (optionId: string, isCorrect = false, text = `Option ${optionId}`): Option => ({ optionId, text, isCorrect });

export const choice = (questionId: string, options: readonly Option[] = [option(`${questionId}a`, true), option(`${questionId}b`)]): Question => ({
  questionId,
  text: 'Which?',
  type: 'multiple_choice',
  points: 2,
  options: [...options],
  correctAnswer: null,
});
export const short = (questionId: string): Question => ({ questionId, text: 'Why?', type: 'short_answer', points: 5, options: [], correctAnswer: 'Because' });

export const totals = (questions: number, points: number, completeQuestions = questions, completePoints = points): Totals => ({
  questions,
  points,
  completeQuestions,
  completePoints,
});

/** The totals are for the test to say where they count. */
export const added = (question: Question, sums: Totals = totals(1, question.points)): AssessmentEvent => ({
  type: 'QuestionAdded',
  data: { assessmentId, question, totals: sums, addedAt: at },
});

export const add = ({ options, ...question }: Question): AssessmentCommand => ({
  type: 'AddQuestion',
  data: { teacherId, at, question: { ...question, options: options.map(({ optionId, text, isCorrect }) => ({ optionId: null, newId: optionId, text, isCorrect })) } },
});
export const change = (
  questionId: string,
  changes: Extract<AssessmentCommand, { type: 'ChangeQuestion' }>['data']['changes'],
): AssessmentCommand => ({ type: 'ChangeQuestion', data: { teacherId, at, questionId, changes } });
export const remove = (questionId: string): AssessmentCommand => ({ type: 'RemoveQuestion', data: { teacherId, at, questionId } });
export const addOption = (questionId: string, added: Option): AssessmentCommand => ({ type: 'AddOption', data: { teacherId, at, questionId, option: added } });
export const changeOption = (questionId: string, optionId: string, changes: Partial<Omit<Option, 'optionId'>>): AssessmentCommand => ({
  type: 'ChangeOption',
  data: { teacherId, at, questionId, optionId, changes },
});
export const removeOption = (questionId: string, optionId: string): AssessmentCommand => ({ type: 'RemoveOption', data: { teacherId, at, questionId, optionId } });
export const publish = (isPublished: boolean): AssessmentCommand => ({ type: 'ChangeAssessment', data: { teacherId, at, details: {}, published: isPublished } });
export const drop: AssessmentCommand = { type: 'DeleteAssessment', data: { teacherId, at } };

/** Of other assessments than the one above. */
export const assessmentOf = (id: string, by: string, courseId: string | null = null): AssessmentEvent => ({
  type: 'AssessmentCreated',
  data: { ...details, courseId, assessmentId: id, teacherId: by, publishesItself: true, createdAt: at },
});
export const publishedOf = (id: string): AssessmentEvent => ({ type: 'AssessmentPublished', data: { assessmentId: id, publishedAt: at } });
export const questionOf = (id: string, question: Question): AssessmentEvent => ({
  type: 'QuestionAdded',
  data: { assessmentId: id, question, totals: totals(1, question.points), addedAt: at },
});
