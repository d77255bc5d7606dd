import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeRecord } from '../../../commands/records/change-record.js';
import { createRecord } from '../../../commands/records/create-record.js';
import { deleteRecord } from '../../../commands/records/delete-record.js';
import { courseMaterial, MOST_COURSE_MATERIALS } from '../../../domain/resources/course-material.js';
import { utcOfWib } from '../../../primitives/western-indonesia-time.js';
import { academyCourse } from '../../../projections/academy-courses/queries.js';
import type { HttpServices } from '../../http-services.js';
import type { Wordings } from '../../refusals/wording.js';
import { accountOf } from '../../shared/access.js';
import { Problem, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer, Gone, gone } from '../answers.js';
import { adminsOnly } from '../callers.js';
import { noSuchCourse } from '../courses/reads.js';
import { describedAs, inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { presentMaterial, type MaterialDocument } from './presenter.js';
import { materials, NO_SUCH_MATERIAL } from './reads.js';
import { Material, MaterialChanges, NewMaterial } from './schemas.js';

const tags = ['Academy: materials'];

const refusals: Wordings = {
  'validation-failed': 'Invalid material data',
  'record-not-found': [404, NO_SUCH_MATERIAL],
  'record-value-taken': [400, 'A material with this title already exists in this course'],
  'record-reference-missing': [404, 'Course not found'],
  'record-limit-reached': [400, `A course has at most ${MOST_COURSE_MATERIALS} materials`],
};

const stored = (unlockDate: string): string => {
  const utc = utcOfWib(unlockDate);
  if (utc === undefined) throw new Problem(400, 'unlock-date-invalid', 'Invalid unlock date format');
  return utc;
};

export const materialChangeRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;
    const config = { ...adminsOnly, reads: ['courseMaterial'], limits: { areas: [limits.browsing] }, refusals } as const;

    const known = async (id: string): Promise<MaterialDocument> => {
      const material = await materials.byId(readModels, id);
      if (material === undefined) throw new Problem(404, 'record-not-found', NO_SUCH_MATERIAL);
      return material;
    };

    app.post(
      '/materials',
      {
        schema: { tags, summary: 'Create a material (7)', body: NewMaterial, response: { 201: Answer(Material), ...problems(404) } },
        config: { ...config, reads: ['courseMaterial', 'academy-courses'] },
      },
      async (request, reply) => {
        const { unlockDate, description, ...others } = request.body;
        const fields = { ...others, ...describedAs(description).fields, unlockDate: stored(unlockDate) };
        if ((await academyCourse(readModels, others.courseId)) === undefined) throw noSuchCourse();
        const { recordId } = await run(request, reply, createRecord(courseMaterial), { actor: accountOf(request), fields });
        return reply.code(201).send(answer(presentMaterial(await known(recordId)), 'Material created successfully'));
      },
    );

    app.put(
      '/materials/:id',
      { schema: { tags, summary: 'Change a material (7)', params: inUrl('id'), body: MaterialChanges, response: { 200: Answer(Material), ...problems(404) } }, config },
      async (request, reply) => {
        const { courseId: _courseId, unlockDate, description, ...others } = request.body;
        const { id: recordId, fields: { courseId: scope } } = await known(request.params.id);
        const described = describedAs(description);
        const fields = { ...others, ...described.fields, ...(unlockDate === undefined ? {} : { unlockDate: stored(unlockDate) }) };
        await run(request, reply, changeRecord(courseMaterial), { actor: accountOf(request), recordId, scope, fields, cleared: described.cleared });
        return answer(presentMaterial(await known(recordId)), 'Material updated successfully');
      },
    );

    app.delete(
      '/materials/:id',
      { schema: { tags, summary: 'Delete a material (7)', params: inUrl('id'), response: { 200: Gone, ...problems(404) } }, config },
      async (request, reply) => {
        const { id: recordId, fields: { courseId: scope } } = await known(request.params.id);
        await run(request, reply, deleteRecord(courseMaterial), { actor: accountOf(request), recordId, scope });
        return gone('Material deleted successfully');
      },
    );
  };
