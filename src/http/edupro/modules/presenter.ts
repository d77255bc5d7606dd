import type { Static } from 'typebox';
import type { LessonDocument, LessonOutline, ModuleDocument, OutlineDocument } from '../../../projections/curricula/queries.js';
import { pictureUrl } from '../../uploads/picture-store.js';
import { twoPlaces } from '../decimals.js';
import type { ListedModule, Module, ModuleDetail } from './schemas.js';

/** How modules are shown to one caller. */
export interface ModuleView {
  readonly course: { readonly title: string };
  /** The caller knows of lessons that are not published, too. */
  readonly keeps: boolean;
  readonly publicUrl: string;
}

type Counted = Pick<LessonOutline, 'duration' | 'isPublished'>;

/** Of these lessons the ones that the caller may know of. */
export const shownLessons = <Lesson extends Pick<Counted, 'isPublished'>>(lessons: readonly Lesson[], { keeps }: Pick<ModuleView, 'keeps'>): readonly Lesson[] =>
  lessons.filter(({ isPublished }) => keeps || isPublished);

export const lessonsIn = (outline: OutlineDocument | undefined, moduleId: string): readonly LessonOutline[] =>
  outline?.modules.find((module) => module.moduleId === moduleId)?.lessons ?? [];

export const presentListedModule = (module: ModuleDocument, lessons: readonly Counted[], view: ModuleView): Static<typeof ListedModule> => {
  const shown = shownLessons(lessons, view);
  return {
    id: module.id,
    title: module.title,
    course: view.course.title,
    order: module.order,
    price: twoPlaces(module.price),
    is_free: module.isFree,
    total_lessons: shown.length,
    total_duration: shown.reduce((total, { duration }) => total + duration, 0),
    image_url: pictureUrl(view.publicUrl, module.imageFile),
  };
};

export const presentModule = (module: ModuleDocument, lessons: readonly Counted[], view: ModuleView): Static<typeof Module> => ({
  ...presentListedModule(module, lessons, view),
  description: module.description,
  is_published: module.isPublished,
});

export const presentModuleDetail = (module: ModuleDocument, lessons: readonly LessonDocument[], view: ModuleView): Static<typeof ModuleDetail> => ({
  ...presentModule(module, lessons, view),
  lessons: shownLessons(lessons, view).map(({ id, title, duration, thumbnailFile }) => ({ id, title, duration, thumbnail: pictureUrl(view.publicUrl, thumbnailFile) })),
});
