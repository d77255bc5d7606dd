import { ALL, type Dimension, type FigureCourse, type FigureSale, type SaleLine } from './document.js';

/** One key of one dimension that an event counts for. */
export interface Place {
  readonly dimension: Dimension;
  readonly key: string;
  readonly instructorId: string | null;
  readonly organizationId: string | null;
}

/** A course and whose it is, as far as that is known. */
export interface Owned {
  readonly courseId: string | null;
  readonly instructorId: string | null;
  readonly organizationId: string | null;
}

const DAY = 'YYYY-MM-DD'.length;
const QUARTER_MINUTES = 15;

export const dayOf = (at: string): string => at.slice(0, DAY);

/** 2026-03-01T12:29:59.999Z -> 12:15 */
export const quarterOf = (at: string): string => {
  const minutes = Math.floor(Number(at.slice(14, 16)) / QUARTER_MINUTES) * QUARTER_MINUTES;
  return `${at.slice(11, 13)}:${String(minutes).padStart(2, '0')}`;
};

export const dayId = ({ dimension, key }: Pick<Place, 'dimension' | 'key'>, day: string): string => `${dimension}/${key}/${day}`;

const other = (dimension: Dimension, key: string): Place => ({ dimension, key, instructorId: null, organizationId: null });

export const everywhere: Place = other('all', ALL);
export const couponPlace = (code: string): Place => other('coupon', code);
export const surfacePlace = (surface: 'marketplace' | 'academy' | 'edupro'): Place => other('surface', surface);

/** All places of some courses: each course, and its instructor and organization once. */
export const placesOf = (owned: readonly Owned[]): readonly Place[] => {
  const places = new Map<string, Place>();
  const add = (place: Place): unknown => places.set(`${place.dimension}/${place.key}`, place);
  add(everywhere);
  for (const { courseId, instructorId, organizationId } of owned) {
    if (courseId !== null) add({ dimension: 'course', key: courseId, instructorId, organizationId });
    if (instructorId !== null) add(other('instructor', instructorId));
    if (organizationId !== null) add(other('organization', organizationId));
  }
  return [...places.values()];
};

export const placesOfSale = ({ lines, couponCode, surface }: FigureSale): readonly Place[] => [
  ...placesOf(lines),
  ...(couponCode === null ? [] : [couponPlace(couponCode)]),
  surfacePlace(surface),
];

/** Whether something of a course counts for a place. */
export const isOf = ({ dimension, key }: Place, { courseId, instructorId, organizationId }: Owned): boolean => {
  if (dimension === 'course') return courseId === key;
  if (dimension === 'instructor') return instructorId === key;
  if (dimension === 'organization') return organizationId === key;
  return true;
};

export const ownedBy = (courseId: string, courses: readonly FigureCourse[]): Owned => {
  const course = courses.find(({ id }) => id === courseId);
  return { courseId, instructorId: course?.instructorId ?? null, organizationId: course?.organizationId ?? null };
};

export const saleLine = (courses: readonly FigureCourse[], courseId: string, listPrice: string, total: string): SaleLine => {
  const { instructorId, organizationId } = ownedBy(courseId, courses);
  return { courseId, instructorId, organizationId, listPrice, total };
};
