import { rule, type ProjectionRule } from '../kernel/projection.js';
import { outlines, type LessonOutline, type ModuleOutline, type OutlineDocument } from './document.js';

const courseOf = ({ data }: { readonly data: { readonly courseId: string } }): string => data.courseId;

const byOrder = <Thing extends { readonly order: number }>(things: readonly Thing[]): readonly Thing[] => things.toSorted((one, other) => one.order - other.order);

/** A change of the modules of a course that is there. */
const changed =
  <E>(change: (modules: readonly ModuleOutline[], event: E) => readonly ModuleOutline[]) =>
  (outline: OutlineDocument | undefined, event: E): OutlineDocument | undefined =>
    outline && { ...outline, modules: byOrder(change(outline.modules, event)) };

const lessonsChanged = <E extends { readonly data: { readonly moduleId: string } }>(change: (lessons: readonly LessonOutline[], event: E) => readonly LessonOutline[]) =>
  changed<E>((modules, event) =>
    modules.map((module) => (module.moduleId === event.data.moduleId ? { ...module, lessons: byOrder(change(module.lessons, event)) } : module)),
  );

export const outlineRules: readonly ProjectionRule[] = [
  rule(outlines, 'CourseCreated', courseOf, (_, { data }, id) => ({ id, teacherId: data.instructorId, modules: [] })),
  rule(outlines, 'ModuleAdded', courseOf, changed((modules, { data }) => {
    const { moduleId, title, order, isPublished, isFree, price } = data;
    return [...modules, { moduleId, title, order, isPublished, isFree, price, lessons: [] }];
  })),
  rule(outlines, 'ModuleChanged', courseOf, changed((modules, { data }) => modules.map((module) => {
    if (module.moduleId !== data.moduleId) return module;
    const { title = module.title, order = module.order, isPublished = module.isPublished, isFree = module.isFree, price = module.price } = data;
    return { ...module, title, order, isPublished, isFree, price };
  }))),
  rule(outlines, 'ModulesReordered', courseOf, changed((modules, { data }) => {
    const orders = new Map(data.moduleIds.map((id, index) => [id, index + 1]));
    return modules.map((module) => ({ ...module, order: orders.get(module.moduleId) ?? module.order }));
  })),
  rule(outlines, 'ModuleRemoved', courseOf, changed((modules, { data }) => modules.filter(({ moduleId }) => moduleId !== data.moduleId))),
  rule(outlines, 'LessonAdded', courseOf, lessonsChanged((lessons, { data }) => {
    const { lessonId, order, duration, isPublished, isFree } = data;
    return [...lessons, { lessonId, order, duration, isPublished, isFree }];
  })),
  rule(outlines, 'LessonChanged', courseOf, lessonsChanged((lessons, { data }) => lessons.map((lesson) => {
    if (lesson.lessonId !== data.lessonId) return lesson;
    const { order = lesson.order, duration = lesson.duration, isPublished = lesson.isPublished, isFree = lesson.isFree } = data;
    return { ...lesson, order, duration, isPublished, isFree };
  }))),
  rule(outlines, 'LessonsReordered', courseOf, lessonsChanged((lessons, { data }) => {
    const orders = new Map(data.lessonIds.map((id, index) => [id, index + 1]));
    return lessons.map((lesson) => ({ ...lesson, order: orders.get(lesson.lessonId) ?? lesson.order }));
  })),
  rule(outlines, 'LessonRemoved', courseOf, lessonsChanged((lessons, { data }) => lessons.filter(({ lessonId }) => lessonId !== data.lessonId))),
];
