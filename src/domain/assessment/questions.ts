import { Type, type Static } from 'typebox';
import { Id, Nullable } from '../kernel/event-schema.js';

export const QuestionType = Type.Enum(['multiple_choice', 'true_false', 'short_answer']);
export type QuestionType = Static<typeof QuestionType>;

export const Option = Type.Object({ optionId: Id, text: Type.String(), isCorrect: Type.Boolean() });
export type Option = Readonly<Static<typeof Option>>;

/** A question as it stood when it was shown: an attempt keeps it, whatever the teacher changes later. */
export const Question = Type.Object({
  questionId: Id,
  text: Type.String(),
  type: QuestionType,
  points: Type.Integer({ minimum: 1 }),
  options: Type.Array(Option),
  /** Of a short answer: what the teacher expects. Null: nothing is said. */
  correctAnswer: Nullable(Type.String()),
});
export type Question = Readonly<Static<typeof Question>>;

/** Of the questions of an assessment. Those that are complete are the ones that students are shown. */
export const Totals = Type.Object({
  questions: Type.Integer({ minimum: 0 }),
  points: Type.Integer({ minimum: 0 }),
  completeQuestions: Type.Integer({ minimum: 0 }),
  completePoints: Type.Integer({ minimum: 0 }),
});
export type Totals = Readonly<Static<typeof Totals>>;

export const MOST_POINTS = 1_000;
export const MOST_QUESTIONS = 200;
export const MOST_OPTIONS = 10;
/** Of one student at one assessment, whatever the assessment says. */
export const MOST_ATTEMPTS = 100;
/** The two sides of a true/false question. */
export const SIDES = 2;
/** Of all texts of the questions and options of an assessment: an attempt keeps them all in one event. */
export const MOST_CHARACTERS = 100_000;

const rightOnes = ({ options }: Question): number => options.filter(({ isCorrect }) => isCorrect).length;

/** Whether students can answer it: a question to choose from has options, exactly one of them right, and a true/false question has two. */
export const isComplete = (question: Question): boolean => {
  const { type, options } = question;
  if (type === 'short_answer') return true;
  const isEnough = type === 'true_false' ? options.length === SIDES : options.length >= SIDES;
  return isEnough && rightOnes(question) === 1;
};

const pointsOf = (questions: readonly Question[]): number => questions.reduce((sum, { points }) => sum + points, 0);

export const totalsOf = (questions: readonly Question[]): Totals => {
  const complete = questions.filter(isComplete);
  return { questions: questions.length, points: pointsOf(questions), completeQuestions: complete.length, completePoints: pointsOf(complete) };
};

const charactersOf = ({ text, correctAnswer, options }: Question): number =>
  options.reduce((sum, option) => sum + option.text.length, text.length + (correctAnswer?.length ?? 0));

export const characters = (questions: readonly Question[]): number => questions.reduce((sum, question) => sum + charactersOf(question), 0);

export type QuestionProblem =
  | 'points-invalid'
  | 'short-answer-has-options'
  | 'correct-answer-unexpected'
  | 'true-false-has-two-options'
  | 'too-many-options'
  | 'several-right-options';

/** What is wrong with a question, be it complete or not; undefined: nothing. */
export const problemOf = (question: Question): QuestionProblem | undefined => {
  const { type, points, options, correctAnswer } = question;
  if (!Number.isInteger(points) || points < 1 || points > MOST_POINTS) return 'points-invalid';
  if (type === 'short_answer') return options.length > 0 ? 'short-answer-has-options' : undefined;
  if (correctAnswer !== null) return 'correct-answer-unexpected';
  if (type === 'true_false' && options.length > SIDES) return 'true-false-has-two-options';
  if (options.length > MOST_OPTIONS) return 'too-many-options';
  return rightOnes(question) > 1 ? 'several-right-options' : undefined;
};

/** The question with the option, new or changed. One that is right is the only right one from then on. */
export const withOption = (question: Question, option: Option): Question => {
  const others = question.options.map((other) => (option.isCorrect && other.isCorrect ? { ...other, isCorrect: false } : other));
  const isKnown = others.some(({ optionId }) => optionId === option.optionId);
  const options = isKnown ? others.map((other) => (other.optionId === option.optionId ? option : other)) : [...others, option];
  return { ...question, options };
};

export const withoutOption = (question: Question, wanted: string): Question => ({
  ...question,
  options: question.options.filter(({ optionId }) => optionId !== wanted),
});

export const withChanged = (questions: readonly Question[], changed: Question): readonly Question[] =>
  questions.map((question) => (question.questionId === changed.questionId ? changed : question));
