import type { Wordings } from '../../refusals/wording.js';
import { NON_FIELD_ERRORS } from '../surface.js';

const ofNoField = { status: 400, field: NON_FIELD_ERRORS } as const;
const ofOptions = { status: 400, field: 'options' } as const;

export const assessmentWords: Wordings = {
  'passing-grade-invalid': { field: 'passing_grade', message: 'Ensure this value is less than or equal to 100.' },
  'assessment-not-ready': { field: 'is_published' },
  'too-many-assessments': ofNoField,
};

const wordsOfBoth: Wordings = {
  'assessment-too-long': ofNoField,
  'question-in-use': ofNoField,
  'last-question-in-use': ofNoField,
};

export const questionWords: Wordings = {
  ...wordsOfBoth,
  'points-invalid': { field: 'points' },
  'correct-answer-unexpected': { field: 'correct_answer' },
  'short-answer-has-options': ofOptions,
  'true-false-has-two-options': ofOptions,
  'several-right-options': ofOptions,
  'too-many-options': ofOptions,
  'too-many-questions': ofNoField,
};

export const optionWords: Wordings = {
  ...wordsOfBoth,
  'short-answer-has-options': ofNoField,
  'true-false-has-two-options': ofNoField,
  'too-many-options': ofNoField,
};
