import type { MailTemplateId } from '../../../domain/mail-template/events.js';
import { isTemplateId } from '../../../domain/mail-template/kinds.js';
import { Problem } from '../../shared/problem.js';

export const knownTemplate = (templateId: string): MailTemplateId => {
  if (!isTemplateId(templateId)) throw new Problem(404, 'template-not-found', 'Template not found');
  return templateId;
};
