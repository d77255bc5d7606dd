import { unknownEvent } from '../kernel/decider.js';
import type { AssessmentEvent, AssessmentType } from './events.js';
import { isComplete, withChanged, withOption, withoutOption, type Question } from './questions.js';

export interface AssessmentDetails {
  readonly courseId: string | null;
  readonly title: string;
  readonly description: string;
  readonly type: AssessmentType;
  readonly passingGrade: string;
  readonly maxAttempts: number | null;
}

export interface ExistingAssessment {
  /** awaiting: it will be published as soon as it has a complete question. published: it has one. */
  readonly status: 'draft' | 'awaiting' | 'published';
  readonly assessmentId: string;
  readonly teacherId: string;
  readonly details: AssessmentDetails;
  /** In the order in which they were added. */
  readonly questions: readonly Question[];
}

export type Assessment = Readonly<{ status: 'none' }> | Readonly<{ status: 'deleted'; assessmentId: string; teacherId: string }> | ExistingAssessment;

export const isExisting = (assessment: Assessment): assessment is ExistingAssessment => assessment.status !== 'none' && assessment.status !== 'deleted';

/** Whether an attempt may be started, as far as the assessment is concerned. It has questions to show then. */
export const canBeStarted = (assessment: Assessment): assessment is ExistingAssessment & Readonly<{ status: 'published' }> => assessment.status === 'published';

/** The questions that students are shown. */
export const shownQuestions = ({ questions }: ExistingAssessment): readonly Question[] => questions.filter(isComplete);

const DETAILS = ['courseId', 'title', 'description', 'type', 'passingGrade', 'maxAttempts'] as const;

export const pickDetails = (from: Partial<AssessmentDetails>): Partial<AssessmentDetails> =>
  Object.fromEntries(DETAILS.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));

const withQuestion = (assessment: ExistingAssessment, wanted: string, change: (question: Question) => Question): ExistingAssessment => {
  const question = assessment.questions.find(({ questionId }) => questionId === wanted);
  return question === undefined ? assessment : { ...assessment, questions: withChanged(assessment.questions, change(question)) };
};

export const evolve = (assessment: Assessment, { type, data }: AssessmentEvent): Assessment => {
  if (type === 'AssessmentCreated') {
    const { assessmentId, teacherId, publishesItself, courseId, title, description, type: kind, passingGrade, maxAttempts } = data;
    const details = { courseId, title, description, type: kind, passingGrade, maxAttempts };
    return { status: publishesItself ? 'awaiting' : 'draft', assessmentId, teacherId, details, questions: [] };
  }
  if (!isExisting(assessment)) return assessment;
  switch (type) {
    case 'AssessmentDetailsChanged':
      return { ...assessment, details: { ...assessment.details, ...pickDetails(data) } };
    case 'AssessmentPublished':
      return { ...assessment, status: 'published' };
    case 'AssessmentUnpublished':
      return { ...assessment, status: 'draft' };
    case 'QuestionAdded':
      return { ...assessment, questions: [...assessment.questions, data.question] };
    case 'QuestionChanged':
      return { ...assessment, questions: withChanged(assessment.questions, data.question) };
    case 'QuestionRemoved':
      return { ...assessment, questions: assessment.questions.filter(({ questionId }) => questionId !== data.questionId) };
    case 'OptionAdded':
    case 'OptionChanged':
      return withQuestion(assessment, data.questionId, (question) => withOption(question, data.option));
    case 'OptionRemoved':
      return withQuestion(assessment, data.questionId, (question) => withoutOption(question, data.optionId));
    case 'AssessmentDeleted':
      return { status: 'deleted', assessmentId: assessment.assessmentId, teacherId: assessment.teacherId };
    default:
      return unknownEvent(type, assessment);
  }
};
