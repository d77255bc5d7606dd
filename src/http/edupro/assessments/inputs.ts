import type { Static } from 'typebox';
import type { WantedQuestion } from '../../../commands/assessments/questions.js';
import type { Outcome } from '../../../commands/outcome.js';
import { USUAL_PASSING_GRADE, type AssessmentDetails } from '../../../domain/assessment/decider.js';
import type { Rejection } from '../../refusals/index.js';
import { invalidField } from '../../shared/problem.js';
import type { Review } from '../../shared/run.js';
import type { AssessmentBody, AssessmentChanges, QuestionBody, QuestionChanges } from './schemas.js';

/** For the documents. */
export const PUBLICATION =
  'is_published (true where it is left out): students may take it as soon as it has a question that can be answered, and are shown those that can. ' +
  'While they may, no such question can be made unanswerable, and the last one can not be removed. passing_grade is a percentage, 50 where it is left out.';

/** Null, and no course, say: as if nothing had been said. */
export const detailsOf = ({ title, description, course, assessment_type: type, passing_grade: grade, max_attempts: maxAttempts }: Static<typeof AssessmentChanges>) => ({
  ...(title === undefined ? {} : { title }),
  ...(description === undefined ? {} : { description: description ?? '' }),
  ...(course === undefined ? {} : { courseId: course === '' ? null : course }),
  ...(type === undefined ? {} : { type }),
  ...(grade === undefined ? {} : { passingGrade: grade ?? USUAL_PASSING_GRADE }),
  ...(maxAttempts === undefined ? {} : { maxAttempts }),
});

export const newDetails = (body: Static<typeof AssessmentBody>): AssessmentDetails => ({
  courseId: null,
  description: '',
  passingGrade: USUAL_PASSING_GRADE,
  maxAttempts: null,
  ...detailsOf(body),
  title: body.title,
  type: body.assessment_type,
});

/** Says the unknown course as Django REST framework says it. */
export const namingCourse =
  <Value>(course: string | null | undefined): Review<Value> =>
  (outcome: Outcome<Value, Rejection>) => {
    if (!outcome.ok && outcome.rejection === 'course-not-found') throw invalidField('course', `Invalid pk "${course ?? ''}" - object does not exist.`);
    return outcome;
  };

/** For the documents. */
export const OPTIONS =
  'A multiple choice question can be answered once it has two options, a true/false question once it has its two; one of them is correct, and only one. ' +
  'A short answer has no options, and may have a correct_answer for the teacher. Until then the question is kept, and students are not shown it.';

export const contentOf = ({ question_text: text, question_type: type, points, options, correct_answer: correctAnswer }: Static<typeof QuestionChanges>) => ({
  ...(text === undefined ? {} : { text }),
  ...(type === undefined ? {} : { type }),
  ...(points === undefined ? {} : { points }),
  ...(options === undefined
    ? {}
    : { options: options.map(({ id = null, option_text, is_correct }) => ({ optionId: id, text: option_text, isCorrect: is_correct })) }),
  // A text field that was left empty in a form.
  ...(correctAnswer === undefined ? {} : { correctAnswer: correctAnswer === '' ? null : correctAnswer }),
});

export const newContent = (body: Static<typeof QuestionBody>): WantedQuestion => ({
  options: [],
  correctAnswer: null,
  ...contentOf(body),
  text: body.question_text,
  type: body.question_type,
  points: body.points,
});

/** For the documents. */
export const ONE_IS_CORRECT = 'An option that is made correct is the only correct one of its question from then on.';
