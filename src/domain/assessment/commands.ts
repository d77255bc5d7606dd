import type { Message } from '../kernel/decider.js';
import type { Option, Question, QuestionProblem } from './questions.js';
import type { AssessmentDetails } from './state.js';

/** The teacher who asks: what is another's is not found. */
type Asked = Readonly<{ teacherId: string; at: string }>;

/** An option as a teacher sends it with a question. One that the question has already keeps its id; `newId` is for the others. */
export type SentOption = Readonly<{ optionId: string | null; newId: string; text: string; isCorrect: boolean }>;

export type NewQuestion = Readonly<Omit<Question, 'options'> & { options: readonly SentOption[] }>;
export type QuestionChanges = Readonly<Partial<Omit<NewQuestion, 'questionId'>>>;
export type OptionChanges = Readonly<Partial<Omit<Option, 'optionId'>>>;

export type QuestionCommand =
  | Message<'AddQuestion', Asked & { question: NewQuestion }>
  | Message<'ChangeQuestion', Asked & { questionId: string; changes: QuestionChanges }>
  | Message<'RemoveQuestion', Asked & { questionId: string }>
  | Message<'AddOption', Asked & { questionId: string; option: Option }>
  | Message<'ChangeOption', Asked & { questionId: string; optionId: string; changes: OptionChanges }>
  | Message<'RemoveOption', Asked & { questionId: string; optionId: string }>;

export type AssessmentCommand =
  /** `published`: as soon as it has a question that can be answered. */
  | Message<'CreateAssessment', Asked & { assessmentId: string; details: AssessmentDetails; published: boolean }>
  /** What is absent stays. */
  | Message<'ChangeAssessment', Asked & { details: Partial<AssessmentDetails>; published?: boolean }>
  | Message<'DeleteAssessment', Asked>
  | QuestionCommand;

export type AssessmentRejection =
  | QuestionProblem
  | 'assessment-not-found'
  | 'question-not-found'
  | 'option-not-found'
  | 'passing-grade-invalid'
  | 'too-many-questions'
  | 'assessment-too-long'
  /** It has no question, or one that can't be answered: it can't be published. */
  | 'assessment-not-ready'
  /** The change would take from a published assessment what students need for an answer. */
  | 'question-in-use'
  | 'last-question-in-use';
