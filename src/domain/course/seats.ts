import { accept, reject, type Decision, type Message } from '../kernel/decider.js';
import type { CourseEvent } from './events.js';
import type { ExistingCourse, Seat } from './state.js';

export type SeatCommand =
  | Message<'ReserveSeat', { holdId: string; studentId: string; holdUntil: string; at: string }>
  | Message<'TakeSeat', { holdId: string; at: string }>
  | Message<'OccupySeat', { holdId: string; studentId: string; at: string }>
  | Message<'ReleaseSeat', { holdId: string; reason: string; at: string }>;

const SEAT_COMMANDS: ReadonlySet<string> = new Set<SeatCommand['type']>(['ReserveSeat', 'TakeSeat', 'OccupySeat', 'ReleaseSeat']);

export const isSeatCommand = (command: { readonly type: string }): command is SeatCommand => SEAT_COMMANDS.has(command.type);

export type SeatRejection =
  | 'course-deleted'
  | 'course-not-published'
  | 'course-full'
  | 'seat-not-reserved'
  | 'payment-already-ended';

type SeatDecision = Decision<CourseEvent, SeatRejection>;

/** One more seat, if there is one: `event` says how it is used. */
const useSeat = (course: ExistingCourse, seat: Seat | undefined, event: CourseEvent): SeatDecision => {
  const { capacity } = course;
  if (seat !== undefined) return seat.status === 'released' ? reject('payment-already-ended') : accept();
  if (course.status === 'deleted') return reject('course-deleted');
  if (course.status !== 'published') return reject('course-not-published');
  if (capacity === null) return accept();
  return course.seatsInUse >= capacity ? reject('course-full', { capacity }) : accept(event);
};

/** Seats are taken and released also after the course was unpublished or deleted: a purchase under way comes to its end. */
export const decideSeat = ({ type, data }: SeatCommand, course: ExistingCourse): SeatDecision => {
  const { courseId, capacity } = course;
  const { holdId, at } = data;
  const seat = course.seats.get(holdId);
  switch (type) {
    case 'ReserveSeat': {
      const { studentId, holdUntil } = data;
      return useSeat(course, seat, { type: 'CourseSeatReserved', data: { courseId, holdId, studentId, holdUntil, reservedAt: at } });
    }
    case 'OccupySeat':
      return useSeat(course, seat, { type: 'CourseSeatOccupied', data: { courseId, holdId, studentId: data.studentId, occupiedAt: at } });
    case 'TakeSeat':
      if (seat?.status === 'taken') return accept();
      if (seat?.status !== 'reserved') return capacity === null ? accept() : reject('seat-not-reserved');
      return accept({ type: 'CourseSeatTaken', data: { courseId, holdId, studentId: seat.studentId, takenAt: at } });
    case 'ReleaseSeat': {
      if (seat === undefined || seat.status === 'released') return accept();
      const { reason } = data;
      const released = { courseId, holdId, studentId: seat.studentId, reason, releasedAt: at };
      return accept({ type: 'CourseSeatReleased', data: released });
    }
  }
};
