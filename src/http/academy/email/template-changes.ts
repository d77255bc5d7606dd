import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import { changeTemplate } from '../../../commands/mails/change-template.js';
import type { MailTemplateId } from '../../../domain/mail-template/events.js';
import { templateKinds } from '../../../domain/mail-template/kinds.js';
import { fillTemplate, readTemplate, type TemplateWords } from '../../../domain/mail-template/template.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { invalidField, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer } from '../answers.js';
import { adminsOnly } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { knownTemplate } from './known-template.js';
import { ChangedTemplate, Preview, Words } from './schemas.js';

const tags = ['Academy: mails'];
const params = inUrl('templateId');

/** With made-up values. Throws what is wrong with the words. */
const preview = (templateId: MailTemplateId, words: TemplateWords): Static<typeof Preview> => {
  const reading = readTemplate(templateId, words);
  if (!reading.ok) throw invalidField(reading.field, reading.problem);
  const { subject, html } = fillTemplate(reading.template, templateKinds[templateId].examples);
  return { subject, html };
};

export const templateChangeRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

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
        const templateId = knownTemplate(request.params.templateId);
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
      async ({ params: { templateId }, body }) => answer(preview(knownTemplate(templateId), body)),
    );
  };
