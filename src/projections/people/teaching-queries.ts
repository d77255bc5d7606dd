import { teachingId } from '../../domain/teaching/decider.js';
import type { ReadModels } from '../../ports/read-models.js';
import { teachings, type TeachingDocument } from './teaching-document.js';

export type { TeachingDocument } from './teaching-document.js';

/** Also of a student who was removed. */
export const teachingOf = (readModels: ReadModels, teacherId: string, studentId: string): Promise<TeachingDocument | undefined> =>
  readModels.get(teachings, teachingId(teacherId, studentId));
