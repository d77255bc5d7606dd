import type { Message } from '../kernel/decider.js';
import type { SeatCommand, SeatRejection } from './seats.js';
import type { CourseDetails } from './state.js';

/** `isManager`: manages the courses of the course's organization. */
export type CourseActor = Readonly<{ accountId: string; isAdmin: boolean; isManager?: boolean }>;
type Asked = Readonly<{ actor: CourseActor; at: string }>;

export type CreateCourse = Asked &
  CourseDetails &
  Readonly<{
    courseId: string;
    instructorId: string;
    price: string;
    currency: string;
    organizationId: string | null;
    organizationPrivate: boolean;
    /** A level of the organization; absent: none. */
    levelId?: string | null;
    capacity: number | null;
    published: boolean;
    /** What the client says of the price; absent: nothing. */
    free?: boolean;
  }>;

/** Changes by the people who run the course. A detail that is absent stays. */
export type EditingCommand =
  | Message<'PublishCourse', Asked>
  | Message<'UnpublishCourse', Asked>
  | Message<'ChangeCourseDetails', Asked & Partial<CourseDetails>>
  | Message<'RepriceCourse', Asked & { price: string; currency: string }>
  | Message<'ChangeCourseVisibility', Asked & { organizationPrivate: boolean }>
  | Message<'AssignTerm', Asked & { termId: string | null }>
  | Message<'AssignLevel', Asked & { levelId: string | null }>
  | Message<'ChangeCourseCapacity', Asked & { capacity: number | null }>
  | Message<'AddEditor', Asked & { editorId: string }>
  | Message<'RemoveEditor', Asked & { editorId: string }>
  | Message<'DeleteCourse', Asked>;

export type CourseCommand = Message<'CreateCourse', CreateCourse> | EditingCommand | SeatCommand;

export type CourseRejection =
  | SeatRejection
  | 'course-not-found'
  | 'course-already-exists'
  | 'course-incomplete'
  | 'course-in-packages-only'
  | 'course-without-organization'
  | 'course-not-without-price'
  | 'course-without-price'
  | 'not-course-owner'
  | 'not-course-editor'
  | 'owner-cannot-be-editor'
  | 'amount-invalid'
  | 'currency-mismatch'
  | 'capacity-invalid'
  | 'capacity-below-seats';
