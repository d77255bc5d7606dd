import { teachingId } from '../../domain/teaching/decider.js';
import type { EventType } from '../../domain/events.js';
import { lookingUp, rule, where, type FanOutRule, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import { people } from './document.js';
import { sortKeyOf } from './sort-key.js';
import { teachings, type TeachingDocument } from './teaching-document.js';

const teachingOf = ({ data }: { readonly data: { readonly teacherId: string; readonly studentId: string } }): string => teachingId(data.teacherId, data.studentId);

const named = (name: string) => ({ name, sortKey: sortKeyOf(name) });

/** A change of a student whom the teacher has: a command that was under way when the student was deleted changes nothing. */
const changed =
  <E>(change: (event: E) => Partial<TeachingDocument>) =>
  (teaching: TeachingDocument | undefined, event: E): TeachingDocument | undefined =>
    teaching?.removed === false ? { ...teaching, ...change(event) } : teaching;

export const teachingRules: readonly ProjectionRule[] = [
  lookingUp(
    teachings,
    'StudentJoined',
    { collection: people, ids: ({ data }) => data.studentId },
    (event) => [teachingOf(event)],
    (known, { data }, [student], id, number) => {
      const { teacherId, studentId, joinedAt } = data;
      const { name = '', username = null, email = '', deleted = false } = student ?? {};
      const standing = { removed: deleted, active: !deleted, joinedAt, notes: known?.notes ?? '' };
      return { id, number, teacherId, studentId, ...standing, ...named(name), username: username ?? '', email };
    },
  ),
  rule(teachings, 'StudentBlocked', teachingOf, changed(() => ({ active: false }))),
  rule(teachings, 'StudentUnblocked', teachingOf, changed(() => ({ active: true }))),
  rule(teachings, 'StudentRemoved', teachingOf, changed(() => ({ active: false, removed: true }))),
  rule(teachings, 'StudentNotesChanged', teachingOf, changed(({ data }) => ({ notes: data.notes }))),
];

type OfAccount = Extract<EventType, 'AccountProfileChanged' | 'AccountUsernameChanged' | 'AccountEmailChanged' | 'AccountChangeUndone' | 'AccountDeleted'>;

const ofStudent = <Type extends OfAccount>(eventType: Type, change: (event: RecordOf<Type>) => Partial<TeachingDocument>): FanOutRule =>
  where(teachings, eventType, 'studentId', (event: RecordOf<OfAccount>) => event.data.accountId, (teaching, event) => ({ ...teaching, ...change(event) }));

export const teachingFanOuts: readonly FanOutRule[] = [
  ofStudent('AccountProfileChanged', ({ data: { name } }) => (name === undefined ? {} : named(name))),
  ofStudent('AccountUsernameChanged', ({ data }) => ({ username: data.username })),
  ofStudent('AccountEmailChanged', ({ data }) => ({ email: data.email })),
  ofStudent('AccountChangeUndone', ({ data }) => ({ email: data.email })),
  ofStudent('AccountDeleted', () => ({ active: false, removed: true, notes: '', ...named(''), username: '', email: '' })),
];
