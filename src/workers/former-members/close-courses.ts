import { closeCourse, grantOf, type MemberAccess } from '../../commands/enrollments/member-access.js';
import { loadMembership } from '../../commands/organizations/standing.js';
import type { CommandServices } from '../../commands/services.js';
import { aggregates } from '../../domain/aggregates.js';
import { isMemberGrant } from '../../domain/membership/decider.js';
import type { DomainEvent, EventOfType } from '../../domain/events.js';
import type { Consumer } from '../../ports/event-bus.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';

export type FormerMemberServices = Pick<CommandServices, 'handler' | 'clock'>;

export const CLOSE_COURSES_OF_FORMER_MEMBERS = 'close-courses-of-former-members';

/** Ends the access that a membership gave once it is over. A deletion of the organization ends no access. */
export const formerMembersConsumer = (services: FormerMemberServices): Consumer<DomainEvent> => ({
  name: CLOSE_COURSES_OF_FORMER_MEMBERS,
  categories: ['membership', 'enrollment'],
  handle: async (event) => {
    switch (event.type) {
      case 'MemberLeft':
      case 'MemberRemoved': {
        const { userId: studentId, opened } = event.data;
        for (const grant of opened) await close(services, { studentId, ...grant }, event);
        return;
      }
      case 'AccessGranted':
        if (event.data.source === 'organization') await closeIfLate(services, event.data, event);
        return;
      default:
        return;
    }
  },
});

/** A process that dies while it enrolls a member who leaves has granted what nothing ends any more. */
const closeIfLate = async (
  services: FormerMemberServices,
  { studentId, courseId, grantId }: EventOfType<'AccessGranted'>['data'],
  event: RecordedEvent,
): Promise<void> => {
  const { state: course } = await services.handler.load(aggregates.course, courseId);
  if (course.status === 'none' || course.organizationId === null) return;
  const { organizationId } = course;
  if (!isMemberGrant(grantId, organizationId)) return;
  const membership = await loadMembership(services, organizationId, studentId);
  if (grantOf(membership, courseId) !== grantId) await close(services, { studentId, courseId, grantId }, event);
};

const close = (services: FormerMemberServices, access: MemberAccess, { id, metadata }: RecordedEvent): Promise<void> =>
  closeCourse(services, access, {
    commandId: uuidV5('close-courses', id),
    actorId: null,
    correlationId: metadata.correlationId,
    causationId: id,
  });
