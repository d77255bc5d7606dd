import { accept, reject, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { defaultWords } from './defaults.js';
import type { MailTemplateEvent, MailTemplateId } from './events.js';
import { readTemplate, type ReadTemplate, type TemplateWords } from './template.js';

export type MailTemplateCommand = Message<'ChangeMailTemplate', TemplateWords & { templateId: MailTemplateId; changedBy: string; at: string }>;

export type MailTemplateRejection = 'mail-template-invalid';

/** Null: nobody has changed them. */
export interface MailTemplate {
  readonly words: TemplateWords | null;
}

export const wordsOf = (templateId: MailTemplateId, { words }: MailTemplate): TemplateWords => words ?? defaultWords[templateId];

/** A stored template that is allowed no more leaves its place to the first words. */
export const usableTemplate = (templateId: MailTemplateId, state: MailTemplate): ReadTemplate => {
  for (const words of [wordsOf(templateId, state), defaultWords[templateId]]) {
    const reading = readTemplate(templateId, words);
    if (reading.ok) return reading.template;
  }
  throw new Error(`the first words of ${templateId} are not allowed`);
};

const decide = (
  { data: { templateId, subject, htmlContent, changedBy, at } }: MailTemplateCommand,
  state: MailTemplate,
): Decision<MailTemplateEvent, MailTemplateRejection> => {
  const reading = readTemplate(templateId, { subject, htmlContent });
  if (!reading.ok) return reject('mail-template-invalid', { field: reading.field, problem: reading.problem });
  const now = wordsOf(templateId, state);
  if (now.subject === subject && now.htmlContent === htmlContent) return accept();
  return accept({ type: 'MailTemplateChanged', data: { templateId, subject, htmlContent, changedBy, changedAt: at } });
};

const evolve = (state: MailTemplate, { type, data: { subject, htmlContent } }: MailTemplateEvent): MailTemplate =>
  type === 'MailTemplateChanged' ? { words: { subject, htmlContent } } : state;

export const mailTemplateDecider: Decider<MailTemplate, MailTemplateCommand, MailTemplateEvent, MailTemplateRejection> = {
  initialState: () => ({ words: null }),
  decide,
  evolve,
  isAtRest: () => true,
};
