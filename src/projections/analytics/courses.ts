import { rule, type ProjectionRule } from '../kernel/projection.js';
import type { Change } from './cells.js';
import { countedBy } from './counting.js';
import { figureCourses, type CountName, type FigureCourse } from './document.js';
import { isOf, ownedBy, placesOf, type Owned, type Place } from './places.js';

interface OfCourse {
  readonly data: { readonly courseId: string };
}
interface OfCourses {
  readonly data: { readonly courseIds: readonly string[] };
}
interface OfSeats {
  readonly data: { readonly seats: readonly { readonly courseId: string }[] };
}

export const courseLookup = { collection: figureCourses, ids: ({ data }: OfCourse): string => data.courseId };
const coursesLookup = { collection: figureCourses, ids: ({ data }: OfCourses): readonly string[] => [...new Set(data.courseIds)] };
const seatsLookup = { collection: figureCourses, ids: ({ data }: OfSeats): readonly string[] => [...new Set(data.seats.map(({ courseId }) => courseId))] };

const placesOfCourse = ({ data }: OfCourse, courses: readonly FigureCourse[]): readonly Place[] => placesOf([ownedBy(data.courseId, courses)]);
const once = (name: CountName) => (): Change => ({ counts: { [name]: 1 } });

/** Once for each course that belongs to the place. */
const each = (name: CountName, owned: readonly Owned[], place: Place): Change => ({ counts: { [name]: owned.filter((one) => isOf(place, one)).length } });

const ownedCourses = ({ data }: OfCourses, courses: readonly FigureCourse[]): readonly Owned[] => data.courseIds.map((courseId) => ownedBy(courseId, courses));
const ownedSeats = ({ data }: OfSeats, courses: readonly FigureCourse[]): readonly Owned[] => data.seats.map(({ courseId }) => ownedBy(courseId, courses));

const ofCarts: readonly ProjectionRule[] = [
  countedBy('CourseAddedToCart', courseLookup, { at: ({ data }) => data.addedAt, places: placesOfCourse, change: once('cartAdditions') }),
  countedBy('CourseRemovedFromCart', courseLookup, { at: ({ data }) => data.removedAt, places: placesOfCourse, change: once('cartRemovals') }),
  countedBy('CartCleared', coursesLookup, {
    at: ({ data }) => data.clearedAt,
    places: (event, found) => placesOf(ownedCourses(event, found)),
    change: (event, place, found) => each('cartRemovals', ownedCourses(event, found), place),
  }),
  countedBy('CartCheckedOut', coursesLookup, {
    at: ({ data }) => data.checkedOutAt,
    places: (event, found) => placesOf(ownedCourses(event, found)),
    change: once('cartCheckouts'),
  }),
];

const ofSeats: readonly ProjectionRule[] = [
  countedBy('CourseSeatReserved', courseLookup, { at: ({ data }) => data.reservedAt, places: placesOfCourse, change: once('seatsReserved') }),
  countedBy('CourseSeatTaken', courseLookup, { at: ({ data }) => data.takenAt, places: placesOfCourse, change: once('seatsTaken') }),
  countedBy('CourseSeatOccupied', courseLookup, { at: ({ data }) => data.occupiedAt, places: placesOfCourse, change: once('seatsOccupied') }),
  countedBy('CourseSeatReleased', courseLookup, { at: ({ data }) => data.releasedAt, places: placesOfCourse, change: once('seatsReleased') }),
  countedBy('PackageSeatsTaken', seatsLookup, {
    at: ({ data }) => data.takenAt,
    places: (event, found) => placesOf(ownedSeats(event, found)),
    change: (event, place, found) => each('seatsTaken', ownedSeats(event, found), place),
  }),
  countedBy('PackageSeatReleased', courseLookup, { at: ({ data }) => data.releasedAt, places: placesOfCourse, change: once('seatsReleased') }),
];

/** Courses, the carts that they lie in, and their seats. */
export const ofCourses: readonly ProjectionRule[] = [
  rule(figureCourses, 'CourseCreated', ({ data }) => data.courseId, (known, { data: { courseId, instructorId, organizationId } }) =>
    known ?? { id: courseId, instructorId, organizationId }),
  ...ofCarts,
  ...ofSeats,
];
