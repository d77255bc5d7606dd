import type { MailTemplateId } from '../../domain/mail-template/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** The words as they are; none is there until somebody changes them. */
export interface MailTemplateDocument extends Document {
  readonly subject: string;
  readonly htmlContent: string;
  readonly changedAt: string;
}

export interface MailTemplateChangeDocument extends Document {
  readonly templateId: MailTemplateId;
  readonly subject: string;
  readonly htmlContent: string;
  readonly changedBy: string;
  readonly changedAt: string;
  /** Place in the stream, from 0. */
  readonly revision: number;
}

export const mailTemplates = collection<MailTemplateDocument>({ projection: 'mail-templates', name: 'mail-templates', indexes: [] });

export const mailTemplateChanges = collection<MailTemplateChangeDocument>({
  projection: 'mail-templates',
  name: 'mail-template-changes',
  indexes: [{ templateId: 1, revision: -1 }],
});
