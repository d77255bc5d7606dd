import { Type, type Static } from 'typebox';
import { DecimalString, defineEvent, Id, Nullable, Timestamp, type EventOf } from '../kernel/event-schema.js';
import { Option, Question, Totals } from './questions.js';

export const AssessmentType = Type.Enum(['quiz', 'exam', 'assignment']);
export type AssessmentType = Static<typeof AssessmentType>;

const assessment = { assessmentId: Id };

const details = {
  /** A course of the teacher; null: of none. */
  courseId: Nullable(Id),
  title: Type.String(),
  description: Type.String(),
  type: AssessmentType,
  /** Percent of the points that pass: "50" */
  passingGrade: DecimalString,
  /** Of one student; null: any number. */
  maxAttempts: Nullable(Type.Integer({ minimum: 1 })),
};

export const assessmentEvents = [
  defineEvent('AssessmentCreated', 'A teacher made an assessment, which has no questions yet.', {
    ...assessment,
    teacherId: Id,
    ...details,
    /** It is to be published as soon as it has a question that can be answered. */
    publishesItself: Type.Boolean(),
    createdAt: Timestamp,
  }),
  defineEvent('AssessmentDetailsChanged', 'The teacher changed what is said about the assessment; what is absent stayed.', {
    ...assessment,
    ...Type.Partial(Type.Object(details)).properties,
    changedAt: Timestamp,
  }),
  defineEvent('AssessmentPublished', 'Students may take the assessment from now on. Its complete questions are shown, and those that get complete later.', {
    ...assessment,
    publishedAt: Timestamp,
  }),
  defineEvent('AssessmentUnpublished', 'No student may start the assessment any more, until the teacher publishes it.', {
    ...assessment,
    unpublishedAt: Timestamp,
  }),
  defineEvent('QuestionAdded', 'The assessment has one question more, after the others. totals: of all questions from now on.', {
    ...assessment,
    question: Question,
    totals: Totals,
    addedAt: Timestamp,
  }),
  defineEvent('QuestionChanged', 'The question, with its options, is now as it stands here.', {
    ...assessment,
    question: Question,
    totals: Totals,
    changedAt: Timestamp,
  }),
  defineEvent('QuestionRemoved', 'The question, with its options, is gone. Attempts that were shown it keep it.', {
    ...assessment,
    questionId: Id,
    totals: Totals,
    removedAt: Timestamp,
  }),
  defineEvent('OptionAdded', 'The question has one option more. If it is right, the others of the question are wrong from now on.', {
    ...assessment,
    questionId: Id,
    option: Option,
    totals: Totals,
    addedAt: Timestamp,
  }),
  defineEvent('OptionChanged', 'The option is now as it stands here. If it is right, the others of the question are wrong from now on.', {
    ...assessment,
    questionId: Id,
    option: Option,
    totals: Totals,
    changedAt: Timestamp,
  }),
  defineEvent('OptionRemoved', 'The option is gone from the question.', {
    ...assessment,
    questionId: Id,
    optionId: Id,
    totals: Totals,
    removedAt: Timestamp,
  }),
  defineEvent('AssessmentDeleted', 'The assessment is gone for good, with its questions. Attempts stay.', {
    ...assessment,
    teacherId: Id,
    deletedAt: Timestamp,
  }),
] as const;

export type AssessmentEvent = EventOf<(typeof assessmentEvents)[number]>;
