import type { StartAttemptRejection } from '../../commands/attempts/start-attempt.js';
import { MOST_ANSWER_CHARACTERS, type AssessmentAttemptRejection } from '../../domain/assessment-attempt/decider.js';
import type { Answer } from './answer.js';

type Refused = AssessmentAttemptRejection | Exclude<StartAttemptRejection, 'assessment-not-found' | 'not-a-student-of-teacher'>;

export const assessmentAttemptRefusals = {
  'assessment-not-open': ['forbidden', 'The assessment belongs to a course that this account does not have.'],
  'attempt-not-found': ['not-found', 'There is no such attempt.'],
  'no-attempts-left': ['invalid', 'You have no attempts left.'],
  'question-not-in-attempt': ['invalid', 'This question is not part of the attempt.'],
  'question-answered-twice': ['invalid', 'This question is answered more than once.'],
  'option-not-of-question': ['invalid', 'This is not an option of the question.'],
  'option-not-expected': ['invalid', 'This question is answered in words.'],
  'text-not-expected': ['invalid', 'This question is answered by an option.'],
  'answers-too-long': ['invalid', `The short answers of an attempt have at most ${MOST_ANSWER_CHARACTERS} characters together.`],
  'answer-not-found': ['not-found', 'There is no such answer.'],
  'answer-not-graded-by-hand': ['invalid', 'Only short answers are graded by hand.'],
  'points-beyond-question': ['invalid', 'The points are more than the question has.'],
} satisfies Record<Refused, Answer>;
