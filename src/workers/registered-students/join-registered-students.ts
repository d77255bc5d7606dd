import { completeRegistration } from '../../commands/teaching/register-student.js';
import type { CommandServices } from '../../commands/services.js';
import type { DomainEvent } from '../../domain/events.js';
import type { Consumer } from '../../ports/event-bus.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';

export const JOIN_REGISTERED_STUDENTS = 'join-registered-students';

/** Students who signed up under a teacher belong to the teacher, also where the process died before it could say so. */
export const registeredStudentsConsumer = (services: Pick<CommandServices, 'handler' | 'clock'>): Consumer<DomainEvent> => ({
  name: JOIN_REGISTERED_STUDENTS,
  categories: ['account'],
  handle: async ({ id, metadata, ...event }) => {
    if (event.type !== 'AccountRegistered') return;
    const { teacherId, accountId: studentId } = event.data;
    if (teacherId === undefined) return;
    await completeRegistration(services, { teacherId, studentId }, {
      commandId: uuidV5('join-registered-student', id),
      actorId: null,
      correlationId: metadata.correlationId,
      causationId: id,
    });
  },
});
