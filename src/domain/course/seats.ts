import { accept, reject, type Decision, type Message } from '../kernel/decider.js';
import type { CourseEvent } from './events.js';
import type { ExistingCourse, Seat } from './state.js';

export type SeatCommand =
  | Message<'ReserveSeat', ReserveSeat>
  | Message<'TakeSeat', { holdId: string; at: string }>
  | Message<'ReleaseSeat', { holdId: string; reason: string; at: string }>;

type ReserveSeat = Readonly<{ holdId: string; studentId: string; holdUntil: string; at: string }>;

export type SeatRejection =
  | 'course-deleted'
  | 'course-not-published'
  | 'course-full'
  | 'seat-not-reserved'
  | 'payment-already-ended';

type SeatDecision = Decision<CourseEvent, SeatRejection>;

const reserve = (command: ReserveSeat, course: ExistingCourse, seat: Seat | undefined): SeatDecision => {
  const { at, ...wanted } = command;
  const { courseId, capacity } = course;
  if (seat !== undefined) return seat.status === 'released' ? reject('payment-already-ended') : accept();
  if (course.status === 'deleted') return reject('course-deleted');
  if (course.status !== 'published') return reject('course-not-published');
  if (capacity === null) return accept();
  if (course.seatsInUse >= capacity) return reject('course-full', { capacity });
  return accept({ type: 'CourseSeatReserved', data: { courseId, ...wanted, reservedAt: at } });
};

/** Taking and releasing go on after a course was unpublished or deleted: a purchase that is under way comes to its end. */
export const decideSeat = ({ type, data }: SeatCommand, course: ExistingCourse): SeatDecision => {
  const { courseId, capacity } = course;
  const { holdId, at } = data;
  const seat = course.seats.get(holdId);
  switch (type) {
    case 'ReserveSeat':
      return reserve(data, course, seat);
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
