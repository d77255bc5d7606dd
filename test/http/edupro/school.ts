import { changeCourse } from '../../../src/commands/courses/change-course.js';
import { deleteCourse } from '../../../src/commands/courses/delete-course.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { TeachingCommand } from '../../../src/domain/teaching/decider.js';
import { contextFor } from '../../fixtures/command-services.js';
import { drawnUp } from '../../fixtures/courses.js';
import { createEduproApp, type Answer, type EduproApp, type Member } from './edupro-app.js';
import type { TestAppOptions } from '../../fixtures/test-app.js';

const at = '2026-03-01T12:00:00.000Z';

/** The app with what teachers do to courses, modules and lessons, and students get of them. */
export interface School extends EduproApp {
  course(of: Member, published?: boolean): Promise<string>;
  publish(of: Member, courseId: string, published: boolean): Promise<void>;
  removeCourse(of: Member, courseId: string): Promise<void>;
  /** Makes a published module at that order, and says its id. */
  module(of: Member, courseId: string, order: number, fields?: object): Promise<string>;
  /** Makes a published lesson at that order, and says its id. */
  lesson(of: Member, moduleId: string, order: number, fields?: object): Promise<string>;
  /** Gives the student the course, or one module of it. */
  open(student: Member, courseId: string, moduleId?: string): Promise<void>;
  /** Ends all that the student has of the course. */
  endAccess(student: Member, courseId: string): Promise<void>;
  teach(type: Extract<TeachingCommand['type'], 'BlockStudent' | 'UnblockStudent' | 'RemoveStudent'>, teacher: Member, student: Member): Promise<void>;
}

const idOf = ({ status, body }: Answer): string => {
  if (status !== 201) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return String(body['id']);
};

export const createSchool = async (options: TestAppOptions = {}): Promise<School> => {
  const app = await createEduproApp(options);
  const { commands } = app.services;
  const { handler } = commands;
  const done = async (outcome: Promise<{ readonly ok: boolean; readonly rejection?: string }>): Promise<void> => {
    const { ok, rejection } = await outcome;
    if (!ok) throw new Error(`refused: ${rejection}`);
    await app.caughtUp();
  };
  return {
    ...app,
    course: async ({ accountId }, published = true) => {
      const courseId = await drawnUp(commands, { actor: { accountId, role: 'instructor' }, published });
      await app.caughtUp();
      return courseId;
    },
    publish: ({ accountId }, courseId, published) =>
      done(changeCourse(commands)({ actor: { accountId, role: 'instructor' }, courseId, changes: { published } }, contextFor())),
    removeCourse: ({ accountId }, courseId) => done(deleteCourse(commands)({ actor: { accountId, role: 'instructor' }, courseId }, contextFor())),
    module: async (of, courseId, order, fields = {}) =>
      idOf(await app.send(of, 'POST', `/courses/${courseId}/modules/create/`, { title: `Module ${order}`, order, is_published: true, ...fields })),
    lesson: async (of, moduleId, order, fields = {}) =>
      idOf(await app.send(of, 'POST', `/modules/${moduleId}/lessons/create/`, { title: `Lesson ${order}`, order, is_published: true, duration: 60, ...fields })),
    open: ({ accountId: studentId }, courseId, moduleId) => {
      const data = { studentId, courseId, moduleId: moduleId ?? null, grantId: `grant ${moduleId ?? courseId}`, source: 'coupon', at } as const;
      return done(handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'ClaimAccess', data }, contextFor()));
    },
    endAccess: ({ accountId: studentId }, courseId) =>
      done(handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'EndAccess', data: { studentId, courseId, reason: 'ended', at } }, contextFor())),
    teach: (type, { accountId: teacherId }, { accountId: studentId }) =>
      done(handler.handle(aggregates.teaching, `${teacherId}.${studentId}`, { type, data: { teacherId, studentId, at } }, contextFor())),
  };
};
