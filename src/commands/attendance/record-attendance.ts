import { aggregates } from '../../domain/aggregates.js';
import { hasAccess } from '../../domain/enrollment/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { keptRecord } from '../../domain/record/record-book.js';
import { streamIdOf } from '../../domain/record/record-place.js';
import type { FieldsOf } from '../../domain/record/resource.js';
import { attendance } from '../../domain/resources/attendance.js';
import { material } from '../../domain/resources/material.js';
import { managesAttendance } from '../access/organization-rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { loadMembership, permitted } from '../organizations/standing.js';
import type { Outcome } from '../outcome.js';
import { createRecord } from '../records/create-record.js';
import type { RecordUseRejection } from '../records/record-access.js';
import type { CommandServices } from '../services.js';
import { dayInZone } from './day-in-zone.js';

type Fields = FieldsOf<typeof attendance>;

export interface RecordAttendanceInput extends Omit<Fields, 'day'> {
  readonly actor: Actor;
  /** Absent: today. */
  readonly day?: string | undefined;
}

export type AttendanceRejection = 'attendance-course-elsewhere' | 'attendance-material-elsewhere' | 'attendance-not-attending' | 'attendance-in-future';

type Failure = AttendanceRejection | RecordUseRejection | 'organization-not-found' | 'organization-not-permitted';

/** The course is one of the organization, the material is one of the course, and the person belongs to one of both. */
const misplaced = async (services: CommandServices, { userId, courseId, materialId, organizationId }: RecordAttendanceInput): Promise<Refusal<AttendanceRejection> | undefined> => {
  const { handler } = services;
  const { state: course } = await handler.load(aggregates.course, courseId);
  const isThere = course.status !== 'none' && course.status !== 'deleted' && course.organizationId === organizationId;
  if (!isThere) return reject('attendance-course-elsewhere', { courseId });
  const { state: materials } = await handler.load(material, streamIdOf(materialId, courseId));
  if (keptRecord(materials, materialId) === undefined) return reject('attendance-material-elsewhere', { materialId });
  const membership = await loadMembership(services, organizationId, userId);
  if (membership.status === 'active') return undefined;
  const { state: enrollment } = await handler.load(aggregates.enrollment, `${userId}.${courseId}`);
  return hasAccess(enrollment) ? undefined : reject('attendance-not-attending', { userId });
};

/** Records whether somebody was there, once for a material and a day in the organization's time zone; later days are refused. */
export const recordAttendance =
  (services: CommandServices) =>
  async (input: RecordAttendanceInput, context: CommandContext): Promise<Outcome<{ readonly recordId: string }, Failure>> => {
    const { actor, day, ...facts } = input;
    const found = await permitted(services, facts.organizationId, actor, managesAttendance);
    if (!found.ok) return found;
    const wrong = await misplaced(services, input);
    if (wrong !== undefined) return wrong;
    const today = dayInZone(services.clock.now(), found.organization.settings['timeZone']);
    if (day !== undefined && day > today) return reject('attendance-in-future', { today });
    const fields: Fields = { ...facts, day: day ?? today };
    return createRecord(attendance)(services)({ actor, ownerId: facts.userId, fields }, context);
  };
