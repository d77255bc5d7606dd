import type { AssessmentRejection } from '../../domain/assessment/decider.js';
import { MOST_CHARACTERS, MOST_OPTIONS, MOST_POINTS, MOST_QUESTIONS } from '../../domain/assessment/questions.js';
import { MOST_ASSESSMENTS, type AssessmentShelfRejection } from '../../domain/assessment-shelf/decider.js';
import type { Answer } from './answer.js';

export const assessmentRefusals = {
  'assessment-not-found': ['not-found', 'There is no such assessment.'],
  'question-not-found': ['not-found', 'There is no such question.'],
  'option-not-found': ['not-found', 'There is no such option.'],
  'too-many-assessments': ['conflict', `A teacher has at most ${MOST_ASSESSMENTS} assessments.`],
  'too-many-questions': ['conflict', `An assessment has at most ${MOST_QUESTIONS} questions.`],
  'too-many-options': ['conflict', `A question has at most ${MOST_OPTIONS} options.`],
  'assessment-too-long': ['conflict', `The questions and options of an assessment have at most ${MOST_CHARACTERS} characters together.`],
  'passing-grade-invalid': ['invalid', 'A passing grade is a percentage from 0 to 100 with at most two decimal places.'],
  'points-invalid': ['invalid', `Points are a whole number from 1 to ${MOST_POINTS}.`],
  'short-answer-has-options': ['invalid', 'A short answer question has no options.'],
  'correct-answer-unexpected': ['invalid', 'Only a short answer question has a correct answer in words.'],
  'true-false-has-two-options': ['invalid', 'A true or false question has two options.'],
  'several-right-options': ['invalid', 'Only one option of a question can be correct.'],
  'assessment-not-ready': ['invalid', 'An assessment can be published once it has a question, and each of its questions can be answered.'],
  'question-in-use': ['invalid', 'The assessment is published: a question that students are shown must keep its options, one of them correct. Unpublish it first.'],
  'last-question-in-use': ['invalid', 'The assessment is published: its last question can not be removed. Unpublish it first.'],
} satisfies Record<AssessmentRejection | AssessmentShelfRejection, Answer>;
