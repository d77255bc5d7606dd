import { Value } from 'typebox/value';
import { unknownEvent } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { LessonFields, ModuleFields } from './commands.js';
import type { CurriculumEvent } from './events.js';

/** Its description is a mark of the text. */
export type CourseModule = ModuleFields & Readonly<{ currency: string; lessonIds: readonly string[] }>;
/** Its description is a mark of the text. */
export type Lesson = LessonFields & Readonly<{ moduleId: string; duration: number }>;

export type Curriculum = Readonly<{
  modules: PersistentMap<CourseModule>;
  lessons: PersistentMap<Lesson>;
  /** What the last change put out of use, by the keys of the file store. */
  replacedFiles: readonly string[];
}>;

export const emptyCurriculum = (): Curriculum => ({ modules: emptyMap(), lessons: emptyMap(), replacedFiles: [] });

const MODULE_FIELDS = ['title', 'description', 'order', 'price', 'isFree', 'isPublished', 'imageFile'] as const;
const LESSON_FIELDS = ['title', 'description', 'order', 'isPublished', 'isFree', 'duration', 'videoFile', 'videoId', 'documentFile', 'thumbnailFile'] as const;

const picked = <Name extends string>(names: readonly Name[], from: Partial<Record<Name, unknown>>) =>
  Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));

export const pickModuleFields = (from: Partial<ModuleFields>): Partial<ModuleFields> => picked(MODULE_FIELDS, from);
export const pickLessonFields = (from: Partial<LessonFields>): Partial<LessonFields> => picked(LESSON_FIELDS, from);

/** Stands for a text: what is kept of a course must not grow with its texts. */
const markOf = (text: string): string => `${text.length}.${Value.Hash(text)}`;

/** The fields as the state keeps them. */
const kept = <Fields extends { readonly description?: string }>(fields: Fields): Fields =>
  fields.description === undefined ? fields : { ...fields, description: markOf(fields.description) };

const different = <Name extends string>(names: readonly Name[], before: Partial<Record<Name, unknown>>, after: Partial<Record<Name, unknown>>): readonly Name[] =>
  names.filter((name) => after[name] !== before[name]);

/** Of the wanted fields those that differ from what is kept. */
export const moduleChanges = (present: ModuleFields, wanted: Partial<ModuleFields>): Partial<ModuleFields> => picked(different(MODULE_FIELDS, present, kept(wanted)), wanted);
export const lessonChanges = (present: LessonFields, wanted: Partial<LessonFields>): Partial<LessonFields> => picked(different(LESSON_FIELDS, present, kept(wanted)), wanted);

const present = (...files: readonly (string | null | undefined)[]): readonly string[] => files.filter((file) => typeof file === 'string');

const filesOf = ({ videoFile, documentFile, thumbnailFile }: Lesson): readonly string[] => present(videoFile, documentFile, thumbnailFile);

/** Of these files the ones that the changed thing has no more. */
const outOfUse = (before: readonly string[], after: readonly string[]): readonly string[] => before.filter((file) => !after.includes(file));

type EventOf<Type extends CurriculumEvent['type']> = Extract<CurriculumEvent, { type: Type }>['data'];

const removeModule = (curriculum: Curriculum, moduleId: string): Curriculum => {
  const module = curriculum.modules.get(moduleId);
  if (module === undefined) return curriculum;
  const lessons = module.lessonIds.flatMap((lessonId) => curriculum.lessons.get(lessonId) ?? []);
  return {
    modules: curriculum.modules.delete(moduleId),
    lessons: curriculum.lessons.deleteAll(module.lessonIds),
    replacedFiles: [...present(module.imageFile), ...lessons.flatMap(filesOf)],
  };
};

const addLesson = (curriculum: Curriculum, data: EventOf<'LessonAdded'>): Curriculum => {
  const { moduleId, lessonId, courseId: _course, addedAt: _at, ...fields } = data;
  return {
    modules: curriculum.modules.update(moduleId, (module) => module && { ...module, lessonIds: [...module.lessonIds, lessonId] }),
    lessons: curriculum.lessons.set(lessonId, { ...kept(fields), moduleId }),
    replacedFiles: [],
  };
};

const changeLesson = (curriculum: Curriculum, data: EventOf<'LessonChanged'>): Curriculum => {
  const before = curriculum.lessons.get(data.lessonId);
  if (before === undefined) return curriculum;
  const after: Lesson = { ...before, ...kept(pickLessonFields(data)), duration: data.duration ?? before.duration };
  return { ...curriculum, lessons: curriculum.lessons.set(data.lessonId, after), replacedFiles: outOfUse(filesOf(before), filesOf(after)) };
};

const removeLesson = (curriculum: Curriculum, { moduleId, lessonId }: EventOf<'LessonRemoved'>): Curriculum => {
  const lesson = curriculum.lessons.get(lessonId);
  return {
    modules: curriculum.modules.update(moduleId, (module) => module && { ...module, lessonIds: module.lessonIds.filter((id) => id !== lessonId) }),
    lessons: curriculum.lessons.delete(lessonId),
    replacedFiles: lesson === undefined ? [] : filesOf(lesson),
  };
};

/** The things with these ids, numbered from 1 on as they stand here. */
const numbered = <Thing extends { readonly order: number }>(things: PersistentMap<Thing>, ids: readonly string[]): PersistentMap<Thing> =>
  ids.reduce((all, id, index) => {
    const thing = all.get(id);
    return thing === undefined ? all : all.set(id, { ...thing, order: index + 1 });
  }, things);

export const evolve = (curriculum: Curriculum, { type, data }: CurriculumEvent): Curriculum => {
  const { modules, lessons } = curriculum;
  switch (type) {
    case 'ModuleAdded': {
      const { moduleId, courseId: _course, addedAt: _at, ...fields } = data;
      return { ...curriculum, modules: modules.set(moduleId, { ...kept(fields), lessonIds: [] }), replacedFiles: [] };
    }
    case 'ModuleChanged': {
      const before = modules.get(data.moduleId);
      if (before === undefined) return curriculum;
      const after = { ...before, ...kept(pickModuleFields(data)) };
      return { ...curriculum, modules: modules.set(data.moduleId, after), replacedFiles: outOfUse(present(before.imageFile), present(after.imageFile)) };
    }
    // Part of the change that moved it: what that put out of use stays known.
    case 'ModulesReordered':
      return { ...curriculum, modules: numbered(modules, data.moduleIds) };
    case 'ModuleRemoved':
      return removeModule(curriculum, data.moduleId);
    case 'LessonAdded':
      return addLesson(curriculum, data);
    case 'LessonChanged':
      return changeLesson(curriculum, data);
    case 'LessonsReordered':
      return { ...curriculum, lessons: numbered(lessons, data.lessonIds) };
    case 'LessonRemoved':
      return removeLesson(curriculum, data);
    default:
      return unknownEvent(type, curriculum);
  }
};
