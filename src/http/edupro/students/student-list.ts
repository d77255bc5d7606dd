import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { personById } from '../../../projections/people/queries.js';
import { studentsOf, type StudentSearch } from '../../../projections/people/teaching-queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { teachersOnly } from '../callers.js';
import { answerPage, PageQuery } from '../pages.js';
import { presentRelations, RELATION_READS } from './relations.js';
import { StudentPage } from './schemas.js';

const NEWEST_FIRST: StudentSearch['order'] = { by: 'joinedAt', direction: -1 };

const orders: Readonly<Record<string, StudentSearch['order']>> = {
  enrollment_date: { by: 'joinedAt', direction: 1 },
  '-enrollment_date': NEWEST_FIRST,
  student__full_name: { by: 'sortKey', direction: 1 },
  '-student__full_name': { by: 'sortKey', direction: -1 },
};

/** Of several orders, the first that there is. */
const orderOf = (sent = ''): StudentSearch['order'] => {
  const known = sent.split(',').map((one) => one.trim()).find((one) => Object.hasOwn(orders, one));
  return (known === undefined ? undefined : orders[known]) ?? NEWEST_FIRST;
};

const activityOf = (sent = ''): Pick<StudentSearch, 'active'> => {
  const asked = sent.toLowerCase();
  return asked === 'true' || asked === 'false' ? { active: asked === 'true' } : {};
};

const filter = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }));

export const studentListRoutes =
  ({ readModels, config: { publicUrl } }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/teacher/get_students/',
      {
        schema: {
          tags: ['EduPro: students'],
          summary: 'Get students related to teacher (1.19, 1.20)',
          description: 'Blocked students too, the newest first where no order is asked for. `students` are the students of `results`.',
          querystring: Type.Object({
            ...PageQuery,
            is_active: filter('true or false: students who are not blocked, or who are'),
            search: filter('Words that each stand in the name, username or email'),
            ordering: filter(Object.keys(orders).join(', ')),
          }),
          response: { 200: StudentPage, ...problems(403, 404) },
        },
        config: { ...teachersOnly, reads: RELATION_READS },
      },
      async (request) => {
        const { accountId } = accountOf(request);
        const { query } = request;
        const teacher = await personById(readModels, accountId);
        if (teacher === undefined) throw notFound('teacher');
        const { search = '' } = query;
        const wanted = { ...activityOf(query.is_active), search, order: orderOf(query.ordering) };
        const page = await answerPage(
          request,
          query,
          (slice) => studentsOf(readModels, accountId, wanted, slice),
          ({ students }) => presentRelations(readModels, accountId, students, publicUrl),
        );
        const results = page.results.map((relation) => ({ ...relation, teacher: teacher.number }));
        return { ...page, results, students: results.map(({ student }) => student) };
      },
    );
  };
