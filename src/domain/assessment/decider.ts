import { Decimal } from 'decimal.js';
import { Value } from 'typebox/value';
import { accept, reject, type Decider, type Decision } from '../kernel/decider.js';
import type { AssessmentCommand, AssessmentRejection } from './commands.js';
import type { AssessmentEvent } from './events.js';
import { decideQuestion } from './question-decisions.js';
import { isComplete } from './questions.js';
import { evolve, isExisting, pickDetails, type Assessment, type AssessmentDetails, type ExistingAssessment } from './state.js';

export { MOST_ATTEMPTS } from './questions.js';
export type { AssessmentCommand, AssessmentRejection } from './commands.js';
export { canBeStarted, isExisting as isExistingAssessment, shownQuestions } from './state.js';
export type { Assessment, AssessmentDetails, ExistingAssessment } from './state.js';

/** Percent, where the teacher says nothing. */
export const USUAL_PASSING_GRADE = '50';

const PERCENT = /^\d{1,3}(\.\d{1,2})?$/;

type AssessmentDecision = Decision<AssessmentEvent, AssessmentRejection>;

const isPercent = (grade: string): boolean => PERCENT.test(grade) && new Decimal(grade).lte(100);

/** "50.00" is "50". */
const plain = <Details extends Partial<AssessmentDetails>>(details: Details): Details =>
  details.passingGrade === undefined ? details : { ...details, passingGrade: new Decimal(details.passingGrade).toString() };

const create = ({ data }: Extract<AssessmentCommand, { type: 'CreateAssessment' }>, assessment: Assessment): AssessmentDecision => {
  const { assessmentId, teacherId, details, published, at } = data;
  if (assessment.status !== 'none') return isExisting(assessment) && assessment.teacherId === teacherId ? accept() : reject('assessment-not-found');
  if (!isPercent(details.passingGrade)) return reject('passing-grade-invalid');
  return accept({ type: 'AssessmentCreated', data: { assessmentId, teacherId, ...plain(details), publishesItself: published, createdAt: at } });
};

const changeDetails = (wanted: Partial<AssessmentDetails>, { assessmentId, details }: ExistingAssessment, at: string): AssessmentDecision => {
  const { passingGrade } = wanted;
  if (passingGrade !== undefined && !isPercent(passingGrade)) return reject('passing-grade-invalid');
  const current = new Map<string, unknown>(Object.entries(details));
  const changed: Partial<AssessmentDetails> = Object.fromEntries(
    Object.entries(pickDetails(plain(wanted))).filter(([name, value]) => !Value.Equal(value, current.get(name))),
  );
  if (Object.keys(changed).length === 0) return accept();
  return accept({ type: 'AssessmentDetailsChanged', data: { assessmentId, ...changed, changedAt: at } });
};

const publish = (published: boolean | undefined, { assessmentId, status, questions }: ExistingAssessment, at: string): AssessmentDecision => {
  if (published === undefined || published === (status !== 'draft')) return accept();
  if (!published) return accept({ type: 'AssessmentUnpublished', data: { assessmentId, unpublishedAt: at } });
  if (questions.length === 0 || !questions.every(isComplete)) return reject('assessment-not-ready');
  return accept({ type: 'AssessmentPublished', data: { assessmentId, publishedAt: at } });
};

const change = ({ data }: Extract<AssessmentCommand, { type: 'ChangeAssessment' }>, assessment: ExistingAssessment): AssessmentDecision => {
  const { details, published, at } = data;
  const changed = changeDetails(details, assessment, at);
  if (!changed.ok) return changed;
  const decided = publish(published, assessment, at);
  return decided.ok ? accept(...changed.events, ...decided.events) : decided;
};

export const decide = (command: AssessmentCommand, assessment: Assessment): AssessmentDecision => {
  if (command.type === 'CreateAssessment') return create(command, assessment);
  const { teacherId, at } = command.data;
  if (!isExisting(assessment) || assessment.teacherId !== teacherId) return reject('assessment-not-found');
  switch (command.type) {
    case 'ChangeAssessment':
      return change(command, assessment);
    case 'DeleteAssessment':
      return accept({ type: 'AssessmentDeleted', data: { assessmentId: assessment.assessmentId, teacherId, deletedAt: at } });
    default:
      return decideQuestion(command, assessment);
  }
};

export const assessmentDecider: Decider<Assessment, AssessmentCommand, AssessmentEvent, AssessmentRejection> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
  isAtRest: ({ status }) => status === 'deleted',
};
