import { aggregates } from '../../domain/aggregates.js';
import type { MailTemplateRejection } from '../../domain/mail-template/decider.js';
import type { MailTemplateId } from '../../domain/mail-template/events.js';
import type { TemplateWords } from '../../domain/mail-template/template.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface ChangeTemplateInput extends TemplateWords {
  readonly templateId: MailTemplateId;
  readonly changedBy: string;
}

export const changeTemplate =
  ({ handler, clock }: CommandServices) =>
  async (input: ChangeTemplateInput, context: CommandContext): Promise<Outcome<null, MailTemplateRejection>> => {
    const data = { ...input, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.mailTemplate, input.templateId, { type: 'ChangeMailTemplate', data }, context), null);
  };
