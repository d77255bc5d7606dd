import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { changeTemplate } from '../../../commands/mails/change-template.js';
import { defaultWords } from '../../../domain/mail-template/defaults.js';
import type { MailTemplateId } from '../../../domain/mail-template/events.js';
import { isTemplateId, templateIds, templateKinds, variablesOf } from '../../../domain/mail-template/kinds.js';
import { fillTemplate, readTemplate, type TemplateWords } from '../../../domain/mail-template/template.js';
import { mailTemplateHistory, mailTemplatesByIds } from '../../../projections/mail-templates/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { invalidField, Problem, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer } from '../answers.js';
import { adminsOnly } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { tellTotal } from '../paging.js';
import { ChangedTemplate, HistoryQuery, Preview, Template, TemplateChange, Words } from './schemas.js';

const tags = ['Academy: mails'];

const known = (templateId: string): MailTemplateId => {
  if (!isTemplateId(templateId)) throw new Problem(404, 'template-not-found', 'Template not found');
  return templateId;
};

/** With made-up values. Throws what is wrong with the words. */
const preview = (templateId: MailTemplateId, words: TemplateWords): Static<typeof Preview> => {
  const reading = readTemplate(templateId, words);
  if (!reading.ok) throw invalidField(reading.field, reading.problem);
  const { subject, html } = fillTemplate(reading.template, templateKinds[templateId].examples);
  return { subject, html };
};

export const templateRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;
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

    app.put(
      '/email/templates/:templateId',
      {
        schema: {
          tags,
          summary: 'Change the words of a template (3.2.2)',
          description: 'Refused unless mails can be sent like this. Earlier words stay in the history.',
          params,
          body: Words,
          response: { 200: Answer(ChangedTemplate), ...problems(404) },
        },
        config: { ...adminsOnly, reads: [], shows: ['mail-templates'], limits: { areas: [limits.email] } },
      },
      async (request, reply) => {
        const templateId = known(request.params.templateId);
        const { subject, htmlContent } = request.body;
        const shown = preview(templateId, { subject, htmlContent });
        await run(request, reply, changeTemplate, { templateId, subject, htmlContent, changedBy: accountOf(request).accountId });
        return answer({ id: templateId, name: templateKinds[templateId].name, subject, preview: shown }, 'Template updated successfully');
      },
    );

    app.post(
      '/email/templates/:templateId/preview',
      {
        schema: { tags, summary: 'How mails with these words would look. An addition.', params, body: Words, response: { 200: Answer(Preview), ...problems(404) } },
        config: { ...adminsOnly, reads: [], limits: { areas: [limits.email] } },
      },
      async ({ params: { templateId }, body }) => answer(preview(known(templateId), body)),
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
        const { found, total } = await mailTemplateHistory(readModels, known(templateId), { skip: (page - 1) * limit, limit });
        tellTotal(reply, total);
        return answer(found.map(({ subject, htmlContent, changedBy, changedAt }) => ({ subject, htmlContent, changedBy, changedAt })));
      },
    );
  };
