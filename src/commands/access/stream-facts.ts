import { aggregates } from '../../domain/aggregates.js';
import { hasAccess } from '../../domain/enrollment/decider.js';
import type { CommandServices } from '../services.js';
import type { FactSource } from './record-rules.js';

export const streamFacts = ({ handler }: Pick<CommandServices, 'handler'>): FactSource => ({
  course: async (courseId) => {
    const { state: course } = await handler.load(aggregates.course, courseId);
    return course.status === 'none' || course.status === 'deleted' ? undefined : course;
  },
  enrollment: async (accountId, courseId) => hasAccess((await handler.load(aggregates.enrollment, `${accountId}.${courseId}`)).state),
});
