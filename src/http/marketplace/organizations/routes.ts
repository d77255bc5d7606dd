import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { contextRoutes } from './context.js';
import { organizationCourseRoutes } from './courses.js';
import { levelRoutes } from './levels.js';
import { memberLists } from './members.js';
import { membershipRoutes } from './membership.js';
import { organizationResources } from './organizations.js';
import { ownOrganizations } from './own.js';
import { roleRoutes } from './roles.js';

export const organizationRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    for (const routes of [organizationResources, memberLists, membershipRoutes, roleRoutes, levelRoutes, organizationCourseRoutes, ownOrganizations, contextRoutes]) {
      await app.register(routes(services));
    }
  };
