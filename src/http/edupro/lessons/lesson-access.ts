import { keepsCurriculum, opensLesson, readsModule, type LearnerFacts, type LessonFacts } from '../../../commands/access/learning-rules.js';
import { courseById, type CourseDocument } from '../../../projections/courses/queries.js';
import { lessonById, moduleById, type LessonDocument, type ModuleDocument } from '../../../projections/curricula/queries.js';
import { courseEnrollmentOf } from '../../../projections/learning/queries.js';
import { teachingOf } from '../../../projections/people/teaching-queries.js';
import type { HttpServices } from '../../http-services.js';
import type { RequestAccount } from '../../shared/access.js';
import { takeableBy } from '../../shared/course-visibility.js';

/** What routes read that ask whom modules and lessons are open to. */
export const lessonAccessReads = ['curricula', 'courses', 'people', 'learning'] as const;

/** What one account may see of the modules and lessons of a course. */
export interface Viewer {
  readonly course: CourseDocument;
  /** The teacher of the course, or an admin: sees what is not published, too. */
  readonly keeps: boolean;
  /** May see that the course is there, and what of it is published. */
  readonly readsCourse: boolean;
  readonly reads: (module: ModuleDocument) => boolean;
  /** As `reads`, but to an account that the teacher shut out it is no secret that the module is there. */
  readonly knows: (module: ModuleDocument) => boolean;
  readonly opens: (module: ModuleDocument, lesson: Pick<LessonDocument, 'isPublished' | 'isFree'>) => boolean;
}

type Learner = Pick<LearnerFacts, 'isShutOut' | 'hasCourse'> & { readonly moduleIds: readonly string[] };

const learnerOf = async ({ readModels }: HttpServices, { accountId }: RequestAccount, { id, instructorId }: CourseDocument): Promise<Learner> => {
  const [teaching, enrollment] = await Promise.all([teachingOf(readModels, instructorId, accountId), courseEnrollmentOf(readModels, accountId, id)]);
  return { isShutOut: teaching?.active === false, hasCourse: enrollment?.full === true, moduleIds: enrollment?.moduleIds ?? [] };
};

const factsOf = (module: ModuleDocument, lesson: Pick<LessonDocument, 'isPublished' | 'isFree'> = module): LessonFacts => ({
  isPublished: module.isPublished && lesson.isPublished,
  isFree: module.isFree || lesson.isFree,
});

/** Undefined: there is no such course. It may be one that the account must not know of: ask `keeps`, `reads` or `opens`. */
export const viewerOf = async (services: HttpServices, account: RequestAccount, courseId: string): Promise<Viewer | undefined> => {
  const course = await courseById(services.readModels, courseId);
  if (course === undefined) return undefined;
  const [learner, [isOffered = false]] = await Promise.all([learnerOf(services, account, course), takeableBy(services, account, [course])]);
  const { instructorId, deleted } = course;
  const taught = { instructorId, deleted, isOffered };
  const { isShutOut, hasCourse, moduleIds } = learner;
  const keeps = keepsCurriculum(account, taught);
  const learnerIn = ({ id }: ModuleDocument): LearnerFacts => ({ isShutOut, hasCourse, hasModule: moduleIds.includes(id) });
  return {
    course,
    keeps,
    readsCourse: keeps || (!isShutOut && (isOffered || hasCourse || moduleIds.length > 0)),
    reads: (module) => readsModule(account, taught, factsOf(module), learnerIn(module)),
    knows: (module) => readsModule(account, taught, factsOf(module), { ...learnerIn(module), isShutOut: false }),
    opens: (module, lesson) => opensLesson(account, taught, factsOf(module, lesson), learnerIn(module)),
  };
};

/** A module that the account may read. */
export const readableModule = async (
  services: HttpServices,
  account: RequestAccount,
  moduleId: string,
): Promise<{ readonly module: ModuleDocument; readonly viewer: Viewer } | undefined> => {
  const module = await moduleById(services.readModels, moduleId);
  const viewer = module && (await viewerOf(services, account, module.courseId));
  return module === undefined || viewer?.reads(module) !== true ? undefined : { module, viewer };
};

export interface KnownLesson {
  readonly lesson: LessonDocument;
  readonly module: ModuleDocument;
  /** The account may open it. */
  readonly isOpen: boolean;
}

/** A lesson that the account may know of. */
export const knownLesson = async (services: HttpServices, account: RequestAccount, lessonId: string): Promise<KnownLesson | undefined> => {
  const lesson = await lessonById(services.readModels, lessonId);
  const module = lesson && (await moduleById(services.readModels, lesson.moduleId));
  const viewer = module && (await viewerOf(services, account, module.courseId));
  if (lesson === undefined || module === undefined || viewer === undefined) return undefined;
  const isKnown = viewer.keeps || (lesson.isPublished && viewer.knows(module));
  return isKnown ? { lesson, module, isOpen: viewer.opens(module, lesson) } : undefined;
};
