import { assessmentAttemptId } from '../../domain/assessment-attempt/decider.js';
import { MOST_QUESTIONS } from '../../domain/assessment/questions.js';
import type { ReadModels } from '../../ports/read-models.js';
import { findSlice, type Slice } from '../kernel/slice.js';
import {
  attemptAnswers,
  attempts,
  attemptStandings,
  pendingAnswers,
  type AttemptAnswerDocument,
  type AttemptDocument,
  type AttemptStandingDocument,
  type PendingAnswerDocument,
} from './document.js';

export type { AttemptAnswerDocument, AttemptDocument, AttemptStandingDocument, PendingAnswerDocument } from './document.js';

export const MOST_ATTEMPTS_LISTED = 1_000;

export const attemptById = (readModels: ReadModels, id: string): Promise<AttemptDocument | undefined> => readModels.get(attempts, id);

/** Of a student at the assessments of one teacher, the newest first: at most MOST_ATTEMPTS_LISTED. */
export const attemptsOfStudent = (readModels: ReadModels, studentId: string, teacherId: string): Promise<readonly AttemptDocument[]> =>
  readModels.find(attempts, { filter: { studentId, teacherId }, sort: { number: -1 }, limit: MOST_ATTEMPTS_LISTED });

/** How the student stands at each of these assessments, in their order; undefined where there is no attempt. */
export const standingsOf = (readModels: ReadModels, studentId: string, assessmentIds: readonly string[]): Promise<readonly (AttemptStandingDocument | undefined)[]> =>
  readModels.getMany(attemptStandings, assessmentIds.map((assessmentId) => assessmentAttemptId(assessmentId, studentId)));

/** One for each question of an attempt, in the order in which they were asked. */
export const answersOf = (readModels: ReadModels, attemptId: string): Promise<readonly AttemptAnswerDocument[]> =>
  readModels.find(attemptAnswers, { filter: { attemptId }, sort: { place: 1 }, limit: MOST_QUESTIONS });

export const answerById = (readModels: ReadModels, id: string): Promise<AttemptAnswerDocument | undefined> => readModels.get(attemptAnswers, id);

/** In the order of the ids. */
export const answersByIds = (readModels: ReadModels, ids: readonly string[]): Promise<readonly (AttemptAnswerDocument | undefined)[]> =>
  readModels.getMany(attemptAnswers, ids);

/** In the order of the ids. */
export const attemptsByIds = (readModels: ReadModels, ids: readonly string[]): Promise<readonly (AttemptDocument | undefined)[]> => readModels.getMany(attempts, ids);

export interface PendingFilter {
  readonly courseId?: string;
  readonly assessmentId?: string;
  readonly questionId?: string;
}

/** Answers that wait for the teacher, the oldest first. */
export const pendingAnswersOf = (
  readModels: ReadModels,
  teacherId: string,
  filter: PendingFilter,
  slice: Slice,
): Promise<{ readonly found: readonly PendingAnswerDocument[]; readonly total: number }> =>
  findSlice(readModels, pendingAnswers, { filter: { teacherId, ...filter }, sort: { number: 1 } }, slice);
