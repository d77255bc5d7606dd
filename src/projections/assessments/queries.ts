import { MOST_QUESTIONS } from '../../domain/assessment/questions.js';
import { MOST_ASSESSMENTS } from '../../domain/assessment-shelf/decider.js';
import type { ReadModels } from '../../ports/read-models.js';
import { assessmentQuestions, assessments, type AssessmentDocument, type QuestionDocument } from './document.js';

export { questionIn, type AssessmentDocument, type QuestionDocument } from './document.js';

const NEWEST_FIRST = { number: -1 } as const;

export const assessmentById = (readModels: ReadModels, id: string): Promise<AssessmentDocument | undefined> => readModels.get(assessments, id);

/** In the order of the ids; undefined where there is none (any more). */
export const assessmentsByIds = (readModels: ReadModels, ids: readonly string[]): Promise<readonly (AssessmentDocument | undefined)[]> =>
  readModels.getMany(assessments, ids);

/** All of a teacher, or those for one course, published or not, the newest first. */
export const assessmentsOfTeacher = (readModels: ReadModels, teacherId: string, courseId?: string): Promise<readonly AssessmentDocument[]> =>
  readModels.find(assessments, { filter: { teacherId, ...(courseId === undefined ? {} : { courseId }) }, sort: NEWEST_FIRST, limit: MOST_ASSESSMENTS });

/** Those of a teacher that students may start, the newest first. Which courses a student has is for the caller to know. */
export const availableAssessments = (readModels: ReadModels, teacherId: string): Promise<readonly AssessmentDocument[]> =>
  readModels.find(assessments, { filter: { teacherId, available: true }, sort: NEWEST_FIRST, limit: MOST_ASSESSMENTS });

export const questionById = (readModels: ReadModels, id: string): Promise<QuestionDocument | undefined> => readModels.get(assessmentQuestions, id);

/** In the order in which they were added, complete or not. */
export const questionsOfAssessment = (readModels: ReadModels, assessmentId: string): Promise<readonly QuestionDocument[]> =>
  readModels.find(assessmentQuestions, { filter: { assessmentId }, sort: { number: 1 }, limit: MOST_QUESTIONS });

export const questionOfOption = async (readModels: ReadModels, optionId: string): Promise<QuestionDocument | undefined> =>
  (await readModels.find(assessmentQuestions, { filter: { optionIds: optionId }, limit: 1 }))[0];
