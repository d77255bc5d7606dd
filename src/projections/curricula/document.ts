import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

export interface ModuleDocument extends Document {
  readonly courseId: string;
  readonly title: string;
  readonly description: string;
  /** Its place in the course, from 1 on. */
  readonly order: number;
  readonly price: string;
  readonly currency: string;
  readonly isFree: boolean;
  readonly isPublished: boolean;
  readonly imageFile: string | null;
  readonly addedAt: string;
}

export interface LessonDocument extends Document {
  readonly courseId: string;
  readonly moduleId: string;
  readonly title: string;
  readonly description: string;
  /** Its place in the module, from 1 on. */
  readonly order: number;
  readonly isPublished: boolean;
  readonly isFree: boolean;
  /** In seconds. */
  readonly duration: number;
  readonly videoFile: string | null;
  /** At the host of videos. */
  readonly videoId: string | null;
  readonly documentFile: string | null;
  readonly thumbnailFile: string | null;
  readonly addedAt: string;
}

export interface LessonOutline {
  readonly lessonId: string;
  readonly order: number;
  readonly duration: number;
  readonly isPublished: boolean;
  readonly isFree: boolean;
}

export interface ModuleOutline {
  readonly moduleId: string;
  readonly title: string;
  readonly order: number;
  readonly isPublished: boolean;
  readonly isFree: boolean;
  readonly price: string;
  /** By their order. */
  readonly lessons: readonly LessonOutline[];
}

/** What a course consists of, in one document; the id is the course's. */
export interface OutlineDocument extends Document {
  readonly teacherId: string;
  /** By their order. */
  readonly modules: readonly ModuleOutline[];
}

export const modules = collection<ModuleDocument>({ projection: 'curricula', name: 'modules', indexes: [{ courseId: 1, order: 1 }] });
export const lessons = collection<LessonDocument>({ projection: 'curricula', name: 'lessons', indexes: [{ moduleId: 1, order: 1 }] });
export const outlines = collection<OutlineDocument>({ projection: 'curricula', name: 'outlines', indexes: [] });
