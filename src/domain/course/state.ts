import { unknownEvent } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { CourseEvent, CourseLevel } from './events.js';

export interface CourseDetails {
  readonly title: string;
  readonly description: string;
  readonly thumbnailUrl: string | null;
  readonly level: CourseLevel;
  readonly category: string;
  readonly tags: readonly string[];
  /** The category that `category` is the name of; null: it is a text of its own. Absent counts as null in a new course. */
  readonly categoryId?: string | null;
  /** Keys of the file store. */
  readonly thumbnailFile?: string | null;
  readonly trailerFile?: string | null;
  /** Set where the academy offers the course. */
  readonly academyQuota?: number | null;
}

export type Seat = Readonly<{ status: 'reserved' | 'taken' | 'released'; studentId: string }>;

export type ExistingCourse = Readonly<{
  status: 'draft' | 'published' | 'deleted';
  courseId: string;
  instructorId: string;
  details: Required<CourseDetails>;
  price: string;
  currency: string;
  organizationId: string | null;
  organizationPrivate: boolean;
  /** Where the course stands in the organization's course of study. */
  termId: string | null;
  levelId: string | null;
  editors: readonly string[];
  /** null: no limit; no seats are counted. */
  capacity: number | null;
  /** Seats by hold. Released ones are kept, so that a late duplicate can't take a seat for a purchase that is over. */
  seats: PersistentMap<Seat>;
  seatsInUse: number;
}>;
export type Course = Readonly<{ status: 'none' }> | ExistingCourse;

const DETAILS = ['title', 'description', 'thumbnailUrl', 'level', 'category', 'tags', 'categoryId', 'thumbnailFile', 'trailerFile', 'academyQuota'] as const;

export const pickDetails = (from: Partial<CourseDetails>): Partial<CourseDetails> =>
  Object.fromEntries(DETAILS.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));

export const detailsOf = (created: CourseDetails): Required<CourseDetails> => {
  const { title, description, thumbnailUrl, level, category, tags, categoryId = null, thumbnailFile = null, trailerFile = null, academyQuota = null } = created;
  return { title, description, thumbnailUrl, level, category, tags, categoryId, thumbnailFile, trailerFile, academyQuota };
};

const weight = (seat: Seat | undefined): number => (seat === undefined || seat.status === 'released' ? 0 : 1);

const withSeat = (course: ExistingCourse, holdId: string, seat: Seat): ExistingCourse => ({
  ...course,
  seats: course.seats.set(holdId, seat),
  seatsInUse: course.seatsInUse - weight(course.seats.get(holdId)) + weight(seat),
});

export const evolve = (course: Course, { type, data }: CourseEvent): Course => {
  if (type === 'CourseCreated') {
    const { courseId, instructorId, price, currency, organizationId, organizationPrivate, capacity } = data;
    const facts = { courseId, instructorId, price, currency, organizationId, organizationPrivate, capacity };
    return { status: 'draft', ...facts, termId: null, levelId: null, details: detailsOf(data), editors: [], seats: emptyMap(), seatsInUse: 0 };
  }
  if (course.status === 'none') return course;
  switch (type) {
    case 'CoursePublished':
      return { ...course, status: 'published' };
    case 'CourseUnpublished':
      return { ...course, status: 'draft' };
    case 'CourseDetailsChanged':
      return { ...course, details: { ...course.details, ...pickDetails(data) } };
    case 'CourseRepriced':
      return { ...course, price: data.price };
    case 'CourseVisibilityChanged':
      return { ...course, organizationPrivate: data.organizationPrivate };
    case 'CourseTermAssigned':
      return { ...course, termId: data.termId };
    case 'CourseLevelAssigned':
      return { ...course, levelId: data.levelId };
    case 'CourseCapacityChanged':
      return { ...course, capacity: data.capacity };
    case 'CourseEditorAdded':
      return { ...course, editors: [...course.editors, data.editorId] };
    case 'CourseEditorRemoved':
      return { ...course, editors: course.editors.filter((editorId) => editorId !== data.editorId) };
    case 'CourseDeleted':
      return { ...course, status: 'deleted' };
    case 'CourseSeatReserved':
      return withSeat(course, data.holdId, { status: 'reserved', studentId: data.studentId });
    case 'CourseSeatTaken':
    case 'CourseSeatOccupied':
      return withSeat(course, data.holdId, { status: 'taken', studentId: data.studentId });
    case 'CourseSeatReleased':
      return withSeat(course, data.holdId, { status: 'released', studentId: data.studentId });
    default:
      return unknownEvent(type, course);
  }
};
