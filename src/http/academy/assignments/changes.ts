import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeAssignment, createAssignment, deleteAssignment } from '../../../commands/assignments/change-assignment.js';
import { assignmentById, type AssignmentDocument } from '../../../projections/assignments/queries.js';
import type { HttpServices } from '../../http-services.js';
import type { Wordings } from '../../refusals/wording.js';
import { Problem, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer, Gone, gone } from '../answers.js';
import { adminsOnly } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { presentAssignment, presentTimed, storedDueDate } from './presenter.js';
import { noSuchAssignment } from './reads.js';
import { Assignment, AssignmentChanges, NewAssignment, TimedAssignment } from './schemas.js';

const tags = ['Academy: assignments'];
const refusals: Wordings = { 'assignment-not-found': [404, 'Assignment not found'] };

const incomplete = (): Problem => new Problem(400, 'assignment-incomplete', 'Title, description, and course ID are required');

export const assignmentChangeRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels, commands: { clock } } = services;
    const config = { ...adminsOnly, reads: ['assignments'], limits: { areas: [limits.browsing] }, refusals } as const;
    const now = (): string => clock.now().toISOString();

    const known = async (id: string): Promise<AssignmentDocument> => {
      const assignment = await assignmentById(readModels, id);
      if (assignment === undefined) throw noSuchAssignment();
      return assignment;
    };

    app.post(
      '/assignments',
      { schema: { tags, summary: 'Create an assignment (7.3.1)', body: NewAssignment, response: { 201: Answer(Assignment), ...problems(404) } }, config },
      async (request, reply) => {
        const { title, description, courseId, dueDate, points = 100, resourceUrl = null } = request.body;
        if (title === undefined || description === undefined || courseId === undefined) throw incomplete();
        const input = { title, description, courseId, points, resourceUrl, dueDate: storedDueDate(dueDate) ?? null };
        const { assignmentId } = await run(request, reply, createAssignment, input);
        return reply.code(201).send(answer(presentAssignment(await known(assignmentId), now()), 'Assignment created successfully'));
      },
    );

    app.put(
      '/assignments/:id',
      { schema: { tags, summary: 'Change an assignment (7.3.1)', params: inUrl('id'), body: AssignmentChanges, response: { 200: Answer(TimedAssignment), ...problems(404) } }, config },
      async (request, reply) => {
        const { id: assignmentId } = request.params;
        const { dueDate, ...others } = request.body;
        const due = storedDueDate(dueDate);
        await run(request, reply, changeAssignment, { assignmentId, changes: { ...others, ...(due === undefined ? {} : { dueDate: due }) } });
        return answer(presentTimed(await known(assignmentId), now()), 'Assignment updated successfully');
      },
    );

    app.delete(
      '/assignments/:id',
      {
        schema: { tags, summary: 'Delete an assignment (7.3.1)', description: 'One that somebody has handed something in for stays, as DELETED.', params: inUrl('id'), response: { 200: Gone, ...problems(404) } },
        config,
      },
      async (request, reply) => {
        await run(request, reply, deleteAssignment, { assignmentId: request.params.id });
        return gone('Assignment deleted successfully');
      },
    );
  };
