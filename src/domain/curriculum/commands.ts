import type { Message } from '../kernel/decider.js';

type Asked = Readonly<{ courseId: string; at: string }>;

export interface ModuleFields {
  readonly title: string;
  readonly description: string;
  /** Its place in the course, from 1 on. */
  readonly order: number;
  /** In the currency of the course. */
  readonly price: string;
  readonly isFree: boolean;
  readonly isPublished: boolean;
  readonly imageFile: string | null;
}

export interface LessonFields {
  readonly title: string;
  readonly description: string;
  /** Its place in the module, from 1 on. */
  readonly order: number;
  readonly isPublished: boolean;
  readonly isFree: boolean;
  /** In seconds; null: not known, which counts as 0. */
  readonly duration: number | null;
  readonly videoFile: string | null;
  /** At the host of videos; a file takes its place, and the other way about. */
  readonly videoId: string | null;
  readonly documentFile: string | null;
  readonly thumbnailFile: string | null;
}

/** What is absent stays. `move`: what stands at the wanted place makes room, and all are numbered from 1 on; without it a taken order is refused. */
type Changes<Fields> = Readonly<Partial<Fields> & { move: boolean }>;

export type ModuleCommand =
  | Message<'AddModule', Asked & ModuleFields & { moduleId: string; currency: string }>
  | Message<'ChangeModule', Asked & Changes<ModuleFields> & { moduleId: string }>
  | Message<'RemoveModule', Asked & { moduleId: string }>;

export type LessonCommand =
  | Message<'AddLesson', Asked & LessonFields & { moduleId: string; lessonId: string }>
  | Message<'ChangeLesson', Asked & Changes<LessonFields> & { lessonId: string }>
  | Message<'RemoveLesson', Asked & { lessonId: string }>;

export type CurriculumCommand = ModuleCommand | LessonCommand;

export type ModuleRejection =
  | 'module-not-found'
  | 'module-title-empty'
  | 'module-title-too-short'
  | 'module-order-not-positive'
  | 'module-order-taken'
  | 'module-free-with-price'
  | 'amount-invalid'
  | 'too-many-modules';

export type LessonRejection =
  | 'module-not-found'
  | 'lesson-not-found'
  | 'lesson-title-empty'
  | 'lesson-order-not-positive'
  | 'lesson-order-taken'
  | 'lesson-duration-not-positive'
  | 'lesson-with-two-videos'
  | 'too-many-lessons';

export type CurriculumRejection = ModuleRejection | LessonRejection;
