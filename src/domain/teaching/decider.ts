import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { TeachingEvent } from './events.js';

type Pair = Readonly<{ teacherId: string; studentId: string; at: string }>;

export type TeachingCommand =
  | Message<'JoinTeacher', Pair>
  | Message<'BlockStudent', Pair>
  | Message<'UnblockStudent', Pair>
  /** Blocks a student who is not blocked, and the other way about. */
  | Message<'ToggleBlock', Pair>
  | Message<'RemoveStudent', Pair>
  | Message<'ChangeNotes', Pair & { notes: string }>;

export type TeachingRejection = 'not-a-student-of-teacher' | 'own-teacher';

/** What a student is to a teacher. A student who was removed may join again; one who is blocked stays so. */
export type Teaching = Readonly<{ status: 'none' | 'active' | 'blocked' | 'removed'; notes: string }>;

/** The stream of a student and a teacher. */
export const teachingId = (teacherId: string, studentId: string): string => `${teacherId}.${studentId}`;

export const isTaught = ({ status }: Teaching): boolean => status === 'active';

const decide = ({ type, data }: TeachingCommand, { status, notes }: Teaching): Decision<TeachingEvent, TeachingRejection> => {
  const { teacherId, studentId, at } = data;
  const pair = { teacherId, studentId };
  if (type === 'JoinTeacher') {
    if (teacherId === studentId) return reject('own-teacher');
    return status === 'active' || status === 'blocked' ? accept() : accept({ type: 'StudentJoined', data: { ...pair, joinedAt: at } });
  }
  if (status !== 'active' && status !== 'blocked') return reject('not-a-student-of-teacher');
  const block: TeachingEvent = { type: 'StudentBlocked', data: { ...pair, blockedAt: at } };
  const unblock: TeachingEvent = { type: 'StudentUnblocked', data: { ...pair, unblockedAt: at } };
  switch (type) {
    case 'BlockStudent':
      return status === 'blocked' ? accept() : accept(block);
    case 'UnblockStudent':
      return status === 'active' ? accept() : accept(unblock);
    case 'ToggleBlock':
      return accept(status === 'blocked' ? unblock : block);
    case 'RemoveStudent':
      return accept({ type: 'StudentRemoved', data: { ...pair, removedAt: at } });
    case 'ChangeNotes':
      return data.notes === notes ? accept() : accept({ type: 'StudentNotesChanged', data: { ...pair, notes: data.notes, changedAt: at } });
  }
};

const evolve = (teaching: Teaching, { type, data }: TeachingEvent): Teaching => {
  switch (type) {
    case 'StudentJoined':
    case 'StudentUnblocked':
      return { ...teaching, status: 'active' };
    case 'StudentBlocked':
      return { ...teaching, status: 'blocked' };
    case 'StudentRemoved':
      return { ...teaching, status: 'removed' };
    case 'StudentNotesChanged':
      return { ...teaching, notes: data.notes };
    default:
      return unknownEvent(type, teaching);
  }
};

export const teachingDecider: Decider<Teaching, TeachingCommand, TeachingEvent, TeachingRejection> = {
  initialState: () => ({ status: 'none', notes: '' }),
  decide,
  evolve,
};
