import type { MailTemplateRejection } from '../../domain/mail-template/decider.js';
import type { Answer } from './answer.js';

export const mailTemplateRefusals = {
  'mail-template-invalid': ['invalid', 'The template can not be sent like this.'],
} satisfies Record<MailTemplateRejection, Answer>;
