import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { defaultWords } from '../../../domain/mail-template/defaults.js';
import { templateIds, templateKinds, variablesOf } from '../../../domain/mail-template/kinds.js';
import { mailTemplateHistory, mailTemplatesByIds } from '../../../projections/mail-templates/queries.js';
import type { HttpServices } from '../../http-services.js';
import { problems } from '../../shared/problem.js';
import { Answer, answer } from '../answers.js';
import { adminsOnly } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { tellTotal } from '../paging.js';
import { knownTemplate } from './known-template.js';
import { HistoryQuery, Template, TemplateChange } from './schemas.js';

const tags = ['Academy: mails'];

export const templateRoutes =
  ({ readModels }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const reading = { ...adminsOnly, reads: ['mail-templates'], limits: { areas: [limits.email] } } as const;
    const params = inUrl('templateId');

    app.get(
      '/email/templates',
      { schema: { tags, summary: 'All templates (3.2.2)', response: { 200: Answer(Type.Array(Template)) } }, config: reading },
      async () => {
        const changed = await mailTemplatesByIds(readModels, templateIds);
        const templates = templateIds.map((id, index) => {
          const { subject } = changed[index] ?? defaultWords[id];
          return { id, name: templateKinds[id].name, subject, variables: [...variablesOf(id)] };
        });
        return answer(templates, 'Templates retrieved successfully');
      },
    );

    app.get(
      '/email/templates/:templateId/history',
      {
        schema: {
          tags,
          summary: 'The words that a template was given, newest first. An addition.',
          params,
          querystring: HistoryQuery,
          response: { 200: Answer(Type.Array(TemplateChange)), ...problems(404) },
        },
        config: reading,
      },
      async ({ params: { templateId }, query: { page = 1, limit = 10 } }, reply) => {
        const { found, total } = await mailTemplateHistory(readModels, knownTemplate(templateId), { skip: (page - 1) * limit, limit });
        tellTotal(reply, total);
        return answer(found.map(({ subject, htmlContent, changedBy, changedAt }) => ({ subject, htmlContent, changedBy, changedAt })));
      },
    );
  };
