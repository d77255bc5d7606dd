import { MOST_LESSONS_OF_MODULE, MOST_MODULES } from '../../domain/curriculum/limits.js';
import type { ReadModels } from '../../ports/read-models.js';
import { lessons, modules, outlines, type LessonDocument, type ModuleDocument, type OutlineDocument } from './document.js';

export type { LessonDocument, LessonOutline, ModuleDocument, ModuleOutline, OutlineDocument } from './document.js';

export const moduleById = (readModels: ReadModels, moduleId: string): Promise<ModuleDocument | undefined> => readModels.get(modules, moduleId);

/** In the order of the ids; undefined where there is none. */
export const modulesByIds = (readModels: ReadModels, moduleIds: readonly string[]): Promise<readonly (ModuleDocument | undefined)[]> =>
  readModels.getMany(modules, moduleIds);

/** All of a course, by their order. */
export const modulesOf = (readModels: ReadModels, courseId: string): Promise<readonly ModuleDocument[]> =>
  readModels.find(modules, { filter: { courseId }, sort: { order: 1 }, limit: MOST_MODULES });

export const lessonById = (readModels: ReadModels, lessonId: string): Promise<LessonDocument | undefined> => readModels.get(lessons, lessonId);

/** In the order of the ids; undefined where there is none. */
export const lessonsByIds = (readModels: ReadModels, lessonIds: readonly string[]): Promise<readonly (LessonDocument | undefined)[]> =>
  readModels.getMany(lessons, lessonIds);

/** All of a module, by their order. */
export const lessonsOf = (readModels: ReadModels, moduleId: string): Promise<readonly LessonDocument[]> =>
  readModels.find(lessons, { filter: { moduleId }, sort: { order: 1 }, limit: MOST_LESSONS_OF_MODULE });

/** What a course consists of, unpublished and deleted ones too. */
export const outlineOf = (readModels: ReadModels, courseId: string): Promise<OutlineDocument | undefined> => readModels.get(outlines, courseId);

/** By the id of the course; courses that are not there are left out. */
export const outlinesOf = async (readModels: ReadModels, courseIds: readonly string[]): Promise<ReadonlyMap<string, OutlineDocument>> => {
  const found = await readModels.getMany(outlines, [...new Set(courseIds)]);
  return new Map(found.flatMap((outline) => (outline === undefined ? [] : [[outline.id, outline] as const])));
};
