import { accept, reject, type Decision, type Refusal } from '../kernel/decider.js';
import type { LessonCommand, LessonFields, LessonRejection } from './commands.js';
import type { CurriculumEvent } from './events.js';
import { MOST_LESSONS, MOST_LESSONS_OF_MODULE } from './limits.js';
import { isTaken, movedTo } from './order.js';
import { lessonChanges, pickLessonFields, type CourseModule, type Curriculum, type Lesson } from './state.js';

type LessonDecision = Decision<CurriculumEvent, LessonRejection>;
type CommandData<Type extends LessonCommand['type']> = Extract<LessonCommand, { type: Type }>['data'];

const badLesson = ({ title, order, duration, videoFile, videoId }: Partial<LessonFields>): Refusal<LessonRejection> | undefined => {
  if (title?.trim() === '') return reject('lesson-title-empty');
  if (order !== undefined && (!Number.isSafeInteger(order) || order < 1)) return reject('lesson-order-not-positive');
  if (typeof duration === 'number' && (!Number.isSafeInteger(duration) || duration < 1)) return reject('lesson-duration-not-positive');
  return typeof videoFile === 'string' && typeof videoId === 'string' ? reject('lesson-with-two-videos') : undefined;
};

const placesIn = ({ lessonIds }: CourseModule, { lessons }: Curriculum): readonly (readonly [string, Lesson])[] =>
  lessonIds.flatMap((lessonId) => {
    const lesson = lessons.get(lessonId);
    return lesson === undefined ? [] : [[lessonId, lesson] as const];
  });

const add = (command: CommandData<'AddLesson'>, curriculum: Curriculum): LessonDecision => {
  const { courseId, moduleId, lessonId, at } = command;
  const module = curriculum.modules.get(moduleId);
  if (curriculum.lessons.has(lessonId)) return accept();
  if (module === undefined) return reject('module-not-found');
  const refusal = badLesson(command);
  if (refusal !== undefined) return refusal;
  if (isTaken(placesIn(module, curriculum), lessonId, command.order)) return reject('lesson-order-taken');
  if (module.lessonIds.length >= MOST_LESSONS_OF_MODULE) return reject('too-many-lessons', { most: MOST_LESSONS_OF_MODULE });
  if (curriculum.lessons.size >= MOST_LESSONS) return reject('too-many-lessons', { most: MOST_LESSONS });
  const { title, description, order, isPublished, isFree, videoFile, videoId, documentFile, thumbnailFile } = command;
  const duration = command.duration ?? 0;
  const fields = { title, description, order, isPublished, isFree, duration, videoFile, videoId, documentFile, thumbnailFile };
  return accept({ type: 'LessonAdded', data: { courseId, moduleId, lessonId, ...fields, addedAt: at } });
};

/** A video takes the place of the one that is there, wherever it is. */
const withOneVideo = (wanted: Partial<LessonFields>): Partial<LessonFields> => ({
  ...wanted,
  ...(typeof wanted.videoFile === 'string' ? { videoId: null } : {}),
  ...(typeof wanted.videoId === 'string' ? { videoFile: null } : {}),
});

const change = (command: CommandData<'ChangeLesson'>, lesson: Lesson, curriculum: Curriculum): LessonDecision => {
  const { courseId, lessonId, move, at } = command;
  const wanted = pickLessonFields(command);
  const refusal = badLesson(wanted);
  if (refusal !== undefined) return refusal;
  const { moduleId, duration: previousDuration } = lesson;
  const { order, duration, ...fields } = lessonChanges(lesson, { ...withOneVideo(wanted), ...(wanted.duration === null ? { duration: 0 } : {}) });
  const module = curriculum.modules.get(moduleId);
  const places = module === undefined ? [] : placesIn(module, curriculum);
  if (!move && order !== undefined && isTaken(places, lessonId, order)) return reject('lesson-order-taken');
  const lessonIds = move && wanted.order !== undefined ? movedTo(places, lessonId, wanted.order) : undefined;
  const changed = {
    ...fields,
    ...(typeof duration === 'number' ? { duration, previousDuration } : {}),
    ...(order === undefined || move ? {} : { order }),
  };
  return accept<CurriculumEvent>(
    ...(Object.keys(changed).length === 0 ? [] : [{ type: 'LessonChanged', data: { courseId, moduleId, lessonId, ...changed, changedAt: at } } satisfies CurriculumEvent]),
    ...(lessonIds === undefined ? [] : [{ type: 'LessonsReordered', data: { courseId, moduleId, lessonIds: [...lessonIds], reorderedAt: at } } satisfies CurriculumEvent]),
  );
};

export const decideLesson = (command: LessonCommand, curriculum: Curriculum): LessonDecision => {
  if (command.type === 'AddLesson') return add(command.data, curriculum);
  const { courseId, lessonId, at } = command.data;
  const lesson = curriculum.lessons.get(lessonId);
  if (lesson === undefined) return reject('lesson-not-found');
  if (command.type === 'ChangeLesson') return change(command.data, lesson, curriculum);
  const { moduleId, duration } = lesson;
  return accept({ type: 'LessonRemoved', data: { courseId, moduleId, lessonId, duration, removedAt: at } });
};
