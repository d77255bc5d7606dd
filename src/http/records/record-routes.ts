import type { FastifyPluginAsync } from 'fastify';
import type { TSchema } from 'typebox';
import type { AnyResource } from '../../domain/record/resource.js';
import type { HttpServices } from '../http-services.js';
import { changeRoute, createRoute, deleteRoute, restoreRoute } from './record-changes.js';
import { recordContext } from './record-context.js';
import { getRoute, listRoute } from './record-reads.js';
import type { RecordSurface } from './record-surface.js';

/**
 * The routes of a resource on one surface: `export const levelRoutes = recordRoutes(level, { tag: 'Levels', ... })`.
 * What they take follows from the declaration, who may call them from its rules. Throws at the start where a list has no index.
 */
export const recordRoutes =
  <R extends AnyResource, Answer extends TSchema>(resource: R, surface: RecordSurface<R, Answer>) =>
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    const context = recordContext(services, resource, surface);
    if (surface.create !== undefined) createRoute(app, context, surface.create);
    if (surface.get !== undefined) getRoute(app, context, surface.get);
    if (surface.change !== undefined) changeRoute(app, context, surface.change);
    if (surface.delete !== undefined) deleteRoute(app, context, surface.delete);
    if (surface.restore !== undefined) restoreRoute(app, context, surface.restore);
    for (const list of surface.lists ?? []) listRoute(app, context, list);
  };
