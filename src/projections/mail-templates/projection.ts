import { projection, rule } from '../kernel/projection.js';
import { mailTemplateChanges, mailTemplates } from './document.js';

export const mailTemplatesProjection = projection({
  name: 'mail-templates',
  version: 1,
  collections: [mailTemplates, mailTemplateChanges],
  rules: [
    rule(mailTemplates, 'MailTemplateChanged', ({ data }) => data.templateId, (_, { data: { subject, htmlContent, changedAt } }, id) => ({ id, subject, htmlContent, changedAt })),
    rule(mailTemplateChanges, 'MailTemplateChanged', ({ id }) => id, (_, { data, revision }, id) => ({ id, ...data, revision })),
  ],
});
