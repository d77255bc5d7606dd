import { projection, rule } from '../kernel/projection.js';
import { lessons, modules, outlines } from './document.js';
import { outlineRules } from './outline-rules.js';

const moduleOf = ({ data }: { readonly data: { readonly moduleId: string } }): string => data.moduleId;
const lessonOf = ({ data }: { readonly data: { readonly lessonId: string } }): string => data.lessonId;

/** The thing at the place that its id has among these. */
const placed = <Thing extends { readonly order: number }>(thing: Thing | undefined, ids: readonly string[], id: string): Thing | undefined =>
  thing && { ...thing, order: ids.indexOf(id) + 1 };

export const curriculaProjection = projection({
  name: 'curricula',
  version: 1,
  collections: [modules, lessons, outlines],
  rules: [
    rule(modules, 'ModuleAdded', moduleOf, (_, { data }, id) => {
      const { moduleId: _id, ...module } = data;
      return { id, ...module };
    }),
    rule(modules, 'ModuleChanged', moduleOf, (module, { data }) => {
      const { moduleId: _id, changedAt: _at, ...changes } = data;
      return module && { ...module, ...changes };
    }),
    rule(modules, 'ModulesReordered', ({ data }) => data.moduleIds, (module, { data }, id) => placed(module, data.moduleIds, id)),
    rule(modules, 'ModuleRemoved', moduleOf, () => undefined),
    rule(lessons, 'ModuleRemoved', ({ data }) => data.lessonIds, () => undefined),
    rule(lessons, 'LessonAdded', lessonOf, (_, { data }, id) => {
      const { lessonId: _id, ...lesson } = data;
      return { id, ...lesson };
    }),
    rule(lessons, 'LessonChanged', lessonOf, (lesson, { data }) => {
      const { lessonId: _id, previousDuration: _duration, changedAt: _at, ...changes } = data;
      return lesson && { ...lesson, ...changes };
    }),
    rule(lessons, 'LessonsReordered', ({ data }) => data.lessonIds, (lesson, { data }, id) => placed(lesson, data.lessonIds, id)),
    rule(lessons, 'LessonRemoved', lessonOf, () => undefined),
    ...outlineRules,
  ],
});
