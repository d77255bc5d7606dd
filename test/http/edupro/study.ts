import { aggregates } from '../../../src/domain/aggregates.js';
import { contextFor } from '../../fixtures/command-services.js';
import type { EduproApp, Member } from './edupro-app.js';

const at = '2026-03-01T12:00:00.000Z';

type StandingChange = 'JoinTeacher' | 'BlockStudent' | 'UnblockStudent' | 'RemoveStudent';

/** What tests need beside the routes: students get courses and modules, and teachers shut them out. */
export const studyIn = ({ services: { commands }, caughtUp }: EduproApp) => ({
  /** By another grant each time, as a new purchase would. */
  enroll: async ({ accountId: studentId }: Member, courseId: string, moduleId: string | null = null): Promise<void> => {
    const data = { studentId, courseId, moduleId, grantId: contextFor().commandId, source: 'coupon', at } as const;
    await commands.handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'ClaimAccess', data }, contextFor());
    await caughtUp();
  },
  endEnrollment: async ({ accountId: studentId }: Member, courseId: string): Promise<void> => {
    const data = { studentId, courseId, reason: 'deleted', at };
    await commands.handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'EndAccess', data }, contextFor());
    await caughtUp();
  },
  changeStanding: async (type: StandingChange, teacher: Member, student: Member): Promise<void> => {
    const data = { teacherId: teacher.accountId, studentId: student.accountId, at };
    await commands.handler.handle(aggregates.teaching, `${teacher.accountId}.${student.accountId}`, { type, data }, contextFor());
    await caughtUp();
  },
});
