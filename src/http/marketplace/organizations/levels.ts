import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { isAdmin } from '../../../commands/access/rules.js';
import { belongsToOrganization } from '../../../commands/access/organization-rules.js';
import { level } from '../../../domain/resources/level.js';
import { term } from '../../../domain/resources/term.js';
import { recordQueries } from '../../../projections/kernel/record-queries.js';
import { joinedOrganizations } from '../../../projections/organizations/queries.js';
import type { HttpServices } from '../../http-services.js';
import { recordRoutes } from '../../records/record-routes.js';
import { usualRoutes, type RecordSurface } from '../../records/record-surface.js';
import { accountOf, type RequestAccount } from '../../shared/access.js';
import { activeOrganization } from '../../shared/organization-standing.js';
import { answerPage, Page, PageQuery, type PageRequest } from '../../shared/pagination.js';

const recorded = { createdAt: Type.String(), updatedAt: Type.String() };
const Level = Type.Object({ id: Type.String(), ...level.schema.properties, ...recorded });
const Term = Type.Object({ id: Type.String(), ...term.schema.properties, ...recorded });

const { create, get, change, delete: deletion } = usualRoutes('/levels');

const levelSurface: RecordSurface<typeof level, typeof Level> = {
  tag: 'Level',
  noun: 'level',
  answer: Level,
  present: ({ id, fields, createdAt, changedAt }) => ({ id, ...fields, createdAt, updatedAt: changedAt }),
  create,
  get,
  change,
  delete: deletion,
  lists: [{ url: '/levels/organization/:organizationId' }],
};

/** An addition to the document, which names terms and has no routes for them. */
const termSurface: RecordSurface<typeof term, typeof Term> = {
  tag: 'Term',
  noun: 'term',
  answer: Term,
  present: ({ id, fields, createdAt, changedAt }) => ({ id, ...fields, createdAt, updatedAt: changedAt }),
  create: { url: '/organizations/:organizationId/terms', status: 201 },
  get: { url: '/terms/:id' },
  change: { url: '/terms/:id' },
  delete: { url: '/terms/:id' },
  lists: [{ url: '/organizations/:organizationId/terms' }],
};

const MOST_ORGANIZATIONS = 100;
const levels = recordQueries(level);

/** Levels of the active organization; without one, of those that the caller belongs to; for admins without one, all. */
const allLevels = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const { readModels } = services;

  const visibleTo = async (account: RequestAccount) => {
    const active = await activeOrganization(readModels, account);
    if (active !== null) return { organizationId: active };
    return isAdmin(account) ? {} : { organizationId: await joinedOrganizations(readModels, account.accountId, MOST_ORGANIZATIONS) };
  };

  app.get(
    '/levels',
    {
      schema: {
        tags: ['Level'],
        summary: 'Levels of the active organization, or of those that the caller belongs to',
        description: `Of the ${MOST_ORGANIZATIONS} that the caller joined last. Admins without an active organization see all levels.`,
        querystring: PageQuery,
        response: { 200: Page(Level) },
      },
      config: { access: 'account', reads: ['level', 'organizations'], rule: belongsToOrganization.ruleName },
    },
    async (request) => {
      const where = await visibleTo(accountOf(request));
      const find = (page: PageRequest) => levels.page(readModels, { ...page, where });
      return answerPage(request.query, find, ({ records }) => records.map(levelSurface.present));
    },
  );
};

export const levelRoutes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  await app.register(allLevels(services));
  await app.register(recordRoutes(level, levelSurface)(services));
  await app.register(recordRoutes(term, termSurface)(services));
};
