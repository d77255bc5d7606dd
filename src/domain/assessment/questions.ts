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
