import { aggregates } from '../../domain/aggregates.js';
import { standingIn } from '../organizations/standing.js';
import { hasAccess } from '../../domain/enrollment/decider.js';
import type { CommandServices } from '../services.js';
import type { FactSource } from './record-rules.js';

export const streamFacts = (services: Pick<CommandServices, 'handler'>): FactSource => ({
  course: async (courseId) => {
    const { state: course } = await services.handler.load(aggregates.course, courseId);
    return course.status === 'none' || course.status === 'deleted' ? undefined : course;
  },
  standing: async (organizationId, accountId) => {
    const found = await standingIn(services, organizationId, { accountId });
    return found.ok ? found.standing : undefined;
  },
  enrollment: async (accountId, courseId) => hasAccess((await services.handler.load(aggregates.enrollment, `${accountId}.${courseId}`)).state),
});
