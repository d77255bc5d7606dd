import type { Test } from 'tap';
import type { DomainEvent } from '../../../src/domain/events.js';
import { isHeld } from './check-money.js';
import { doubles, eventsOf, isCaptured, sorted, type Entry } from './ledger.js';

const holdsOf = (log: readonly DomainEvent[]) => {
  const enrollments = new Set<string>();
  const seats = new Set<string>();
  const taken = new Set<string>();
  const grants = new Set<string>();
  for (const { type, data } of log) {
    if (type === 'EnrollmentHeld') enrollments.add(data.paymentId);
    if (type === 'EnrollmentHoldReleased') enrollments.delete(data.paymentId);
    if (type === 'AccessGranted') {
      enrollments.delete(data.grantId);
      grants.add(data.grantId);
    }
    if (type === 'AccessRevoked') grants.delete(data.grantId);
    if (type === 'CourseSeatReserved') seats.add(data.holdId);
    if (type === 'CourseSeatTaken' || type === 'CourseSeatReleased') {
      seats.delete(data.holdId);
      taken.delete(data.holdId);
    }
    if (type === 'CourseSeatTaken') taken.add(data.holdId);
  }
  return { enrollments: sorted(enrollments), seats: sorted(seats), taken: sorted(taken), grants: sorted(grants) };
};

const pairOf = ({ data: { studentId, courseId } }: { readonly data: { readonly studentId: string; readonly courseId: string } }): string => `${studentId} ${courseId}`;

/** Courses are open to whom they were sold, and to nobody else. */
export const checkGoods = (t: Test, log: readonly DomainEvent[], ledger: ReadonlyMap<string, Entry>): void => {
  const entries = [...ledger.values()];
  const paid = entries.filter(isCaptured);
  const held = sorted(entries.filter(isHeld).map(({ paymentId }) => paymentId));
  const { enrollments, seats, taken, grants } = holdsOf(log);
  t.same([...enrollments, ...seats], [], 'pitfall 7: no hold is left over');
  t.same(grants, held, 'there is access by what was paid and not given back in full');
  t.same(taken, held, 'and as many seats are taken');
  const granted = eventsOf(log, 'AccessGranted').map(({ data: { grantId } }) => grantId);
  t.same(sorted(granted), sorted(paid.map(({ paymentId }) => paymentId)), 'access was given once for each payment');
  const revoked = eventsOf(log, 'AccessRevoked').map(({ data: { grantId } }) => grantId);
  t.same(sorted(revoked), sorted(paid.filter((entry) => !isHeld(entry)).map(({ paymentId }) => paymentId)), 'and taken away once for each that was given back in full');
  const pairs = (those: readonly Entry[]) => sorted(those.flatMap(({ payerId, courseIds }) => courseIds.map((courseId) => `${payerId} ${courseId}`)));
  t.same(sorted(eventsOf(log, 'StudentEnrolled').map(pairOf)), pairs(paid), 'each bought course was opened once');
  t.same(sorted(eventsOf(log, 'EnrollmentEnded').map(pairOf)), pairs(paid.filter((entry) => !isHeld(entry))), 'and closed once where its money went back');
  t.same(doubles(eventsOf(log, 'CourseSeatTaken').map(({ data: { holdId } }) => holdId)), [], 'no seat was taken twice');
};
