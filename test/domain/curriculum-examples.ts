import type { CurriculumCommand, LessonFields, ModuleFields } from '../../src/domain/curriculum/decider.js';
import type { CurriculumEvent } from '../../src/domain/curriculum/events.js';

export const at = '2026-03-01T12:00:00.000Z';
export const courseId = 'course';

export const moduleFields: ModuleFields = { title: 'Counterpoint', description: 'Note against note', order: 1, price: '0.00', isFree: false, isPublished: true, imageFile: null };
export const lessonFields: LessonFields = {
  title: 'First species',
  description: 'One against one',
  order: 1,
  isPublished: true,
  isFree: false,
  duration: 60,
  videoFile: null,
  videoId: null,
  documentFile: null,
  thumbnailFile: null,
};

export const addModule = (moduleId: string, fields: Partial<ModuleFields> = {}): CurriculumCommand => ({
  type: 'AddModule',
  data: { courseId, moduleId, ...moduleFields, ...fields, currency: 'USD', at },
});
export const changeModule = (moduleId: string, changes: Partial<ModuleFields>, move = false): CurriculumCommand => ({ type: 'ChangeModule', data: { courseId, moduleId, ...changes, move, at } });
export const removeModule = (moduleId: string): CurriculumCommand => ({ type: 'RemoveModule', data: { courseId, moduleId, at } });
export const addLesson = (moduleId: string, lessonId: string, fields: Partial<LessonFields> = {}): CurriculumCommand => ({
  type: 'AddLesson',
  data: { courseId, moduleId, lessonId, ...lessonFields, ...fields, at },
});
export const changeLesson = (lessonId: string, changes: Partial<LessonFields>, move = false): CurriculumCommand => ({ type: 'ChangeLesson', data: { courseId, lessonId, ...changes, move, at } });
export const removeLesson = (lessonId: string): CurriculumCommand => ({ type: 'RemoveLesson', data: { courseId, lessonId, at } });

export const moduleAdded = (moduleId: string, fields: Partial<ModuleFields> = {}): CurriculumEvent => ({
  type: 'ModuleAdded',
  data: { courseId, moduleId, ...moduleFields, ...fields, currency: 'USD', addedAt: at },
});
export const moduleChanged = (moduleId: string, changes: Partial<ModuleFields>): CurriculumEvent => ({ type: 'ModuleChanged', data: { courseId, moduleId, ...changes, changedAt: at } });
export const modulesReordered = (...moduleIds: string[]): CurriculumEvent => ({ type: 'ModulesReordered', data: { courseId, moduleIds, reorderedAt: at } });
export const moduleRemoved = (moduleId: string, lessonIds: string[], duration: number): CurriculumEvent => ({
  type: 'ModuleRemoved',
  data: { courseId, moduleId, lessonIds, lessons: lessonIds.length, duration, removedAt: at },
});
export const lessonAdded = (moduleId: string, lessonId: string, fields: Partial<Omit<LessonFields, 'duration'> & { duration: number }> = {}): CurriculumEvent => ({
  type: 'LessonAdded',
  data: { courseId, moduleId, lessonId, ...lessonFields, duration: 60, ...fields, addedAt: at },
});
export const lessonChanged = (moduleId: string, lessonId: string, changes: Partial<Omit<LessonFields, 'duration'> & { duration: number; previousDuration: number }>): CurriculumEvent => ({
  type: 'LessonChanged',
  data: { courseId, moduleId, lessonId, ...changes, changedAt: at },
});
export const lessonsReordered = (moduleId: string, ...lessonIds: string[]): CurriculumEvent => ({ type: 'LessonsReordered', data: { courseId, moduleId, lessonIds, reorderedAt: at } });
export const lessonRemoved = (moduleId: string, lessonId: string, duration = 60): CurriculumEvent => ({ type: 'LessonRemoved', data: { courseId, moduleId, lessonId, duration, removedAt: at } });
