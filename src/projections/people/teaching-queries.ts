import { teachingId } from '../../domain/teaching/decider.js';
import type { ReadModels } from '../../ports/read-models.js';
import { teachings, type TeachingDocument } from './teaching-document.js';

export type { TeachingDocument } from './teaching-document.js';

/** Also of a student who was removed. */
export const teachingOf = (readModels: ReadModels, teacherId: string, studentId: string): Promise<TeachingDocument | undefined> =>
  readModels.get(teachings, teachingId(teacherId, studentId));

const MOST_SHUTTING_OUT = 1_000;

/** The teachers who blocked or removed the student, at most MOST_SHUTTING_OUT. */
export const teachersShuttingOut = async (readModels: ReadModels, studentId: string): Promise<readonly string[]> =>
  (await readModels.find(teachings, { filter: { studentId, active: false }, limit: MOST_SHUTTING_OUT })).map(({ teacherId }) => teacherId);
