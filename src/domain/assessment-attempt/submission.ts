import { reject, type Refusal } from '../kernel/decider.js';
import type { AnswerRejection, SentAnswer } from './commands.js';
import type { GivenAnswer } from './events.js';
import type { Attempt, Part } from './state.js';

/** Of all short answers of an attempt: one event keeps them. */
export const MOST_ANSWER_CHARACTERS = 100_000;

const isFilled = (text: string | null): text is string => text !== null && text.trim() !== '';

const wrongIn = ({ optionId, text }: SentAnswer, { isShortAnswer, optionIds }: Part): AnswerRejection | undefined => {
  if (isShortAnswer) return optionId === null ? undefined : 'option-not-expected';
  if (isFilled(text)) return 'text-not-expected';
  return optionId === null || optionIds.includes(optionId) ? undefined : 'option-not-of-question';
};

const refusedAnswer = (answers: readonly SentAnswer[], { parts }: Attempt): Refusal<AnswerRejection> | undefined => {
  const byQuestion = new Map(parts.map((part) => [part.questionId, part]));
  const answered = new Set<string>();
  for (const [index, answer] of answers.entries()) {
    const part = byQuestion.get(answer.questionId);
    if (part === undefined) return reject('question-not-in-attempt', { index });
    if (answered.has(answer.questionId)) return reject('question-answered-twice', { index });
    answered.add(answer.questionId);
    const wrong = wrongIn(answer, part);
    if (wrong !== undefined) return reject(wrong, { index });
  }
  return undefined;
};

/** Why the answers can't be handed in; undefined: they can. */
export const refusedAnswers = (answers: readonly SentAnswer[], attempt: Attempt): Refusal<AnswerRejection | 'answers-too-long'> | undefined => {
  const length = answers.reduce((sum, { text }) => sum + (text?.length ?? 0), 0);
  return length > MOST_ANSWER_CHARACTERS ? reject('answers-too-long', { most: MOST_ANSWER_CHARACTERS }) : refusedAnswer(answers, attempt);
};

/** The answer to each question of the attempt, graded where it needs no teacher: a short answer that says nothing has no points. */
export const givenAnswers = (answers: readonly SentAnswer[], { parts }: Attempt): readonly GivenAnswer[] => {
  const sent = new Map(answers.map((answer) => [answer.questionId, answer]));
  return parts.map(({ answerId, questionId, isShortAnswer, points, rightOptionId }) => {
    const { optionId = null, text = null } = sent.get(questionId) ?? {};
    const answer = { answerId, questionId, selectedOptionId: optionId };
    if (isShortAnswer) return isFilled(text) ? { ...answer, text, points: null } : { ...answer, text: null, points: 0 };
    const isRight = optionId !== null && optionId === rightOptionId;
    return { ...answer, text: null, points: isRight ? points : 0 };
  });
};
