import { aggregates } from '../../domain/aggregates.js';
import { isTaught, teachingId, type Teaching } from '../../domain/teaching/decider.js';
import type { CommandServices } from '../services.js';

type Services = Pick<CommandServices, 'handler'>;

/** What the student is to the teacher, as the stream says it. */
export const loadTeaching = async ({ handler }: Services, teacherId: string, studentId: string): Promise<Teaching> =>
  (await handler.load(aggregates.teaching, teachingId(teacherId, studentId))).state;

/** Whether the student belongs to the teacher and is not blocked. */
export const belongsToTeacher = async (services: Services, teacherId: string, studentId: string): Promise<boolean> =>
  isTaught(await loadTeaching(services, teacherId, studentId));

/** Blocked or removed: nothing of the teacher is open to the student. Who never joined may have bought a course elsewhere. */
export const isShutOut = ({ status }: Teaching): boolean => status === 'blocked' || status === 'removed';
