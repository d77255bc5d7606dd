import { Type } from 'typebox';
import { Currency, DecimalString, defineEvent, Id, Nullable, Timestamp, type EventOf } from '../kernel/event-schema.js';

const Order = Type.Integer({ minimum: 1 });
const Seconds = Type.Integer({ minimum: 0 });
/** The key under which the file store has a file. */
const FileKey = Nullable(Type.String());

const ofModule = { courseId: Id, moduleId: Id };
const ofLesson = { ...ofModule, lessonId: Id };

const moduleFields = {
  title: Type.String(),
  description: Type.String(),
  order: Order,
  price: DecimalString,
  isFree: Type.Boolean(),
  isPublished: Type.Boolean(),
  imageFile: FileKey,
};

const lessonFields = {
  title: Type.String(),
  description: Type.String(),
  order: Order,
  isPublished: Type.Boolean(),
  isFree: Type.Boolean(),
  duration: Seconds,
  videoFile: FileKey,
  /** At the host of videos; never together with a file. */
  videoId: Nullable(Type.String()),
  documentFile: FileKey,
  thumbnailFile: FileKey,
};

export const curriculumEvents = [
  defineEvent('ModuleAdded', 'A course has another module.', { ...ofModule, ...moduleFields, currency: Currency, addedAt: Timestamp }),
  defineEvent('ModuleChanged', 'Something of a module changed; a field that is absent did not.', {
    ...ofModule,
    ...Type.Partial(Type.Object(moduleFields)).properties,
    changedAt: Timestamp,
  }),
  defineEvent('ModulesReordered', 'The modules of the course stand in this order, from 1 on without gaps.', {
    courseId: Id,
    moduleIds: Type.Array(Id),
    reorderedAt: Timestamp,
  }),
  defineEvent('ModuleRemoved', 'The module is gone, and its lessons with it: so many, of so many seconds together.', {
    ...ofModule,
    lessonIds: Type.Array(Id),
    lessons: Type.Integer({ minimum: 0 }),
    duration: Seconds,
    removedAt: Timestamp,
  }),
  defineEvent('LessonAdded', 'A module has another lesson; its duration is in seconds.', { ...ofLesson, ...lessonFields, addedAt: Timestamp }),
  defineEvent('LessonChanged', 'Something of a lesson changed; a field that is absent did not.', {
    ...ofLesson,
    ...Type.Partial(Type.Object(lessonFields)).properties,
    /** Where the duration changed. */
    previousDuration: Type.Optional(Seconds),
    changedAt: Timestamp,
  }),
  defineEvent('LessonsReordered', 'The lessons of the module stand in this order, from 1 on without gaps.', {
    ...ofModule,
    lessonIds: Type.Array(Id),
    reorderedAt: Timestamp,
  }),
  defineEvent('LessonRemoved', 'The lesson is gone.', { ...ofLesson, duration: Seconds, removedAt: Timestamp }),
] as const;

export type CurriculumEvent = EventOf<(typeof curriculumEvents)[number]>;
