import type { MailTemplateId } from '../../domain/mail-template/events.js';
import type { ReadModels } from '../../ports/read-models.js';
import { findSlice, type FoundSlice, type Slice } from '../kernel/slice.js';
import { mailTemplateChanges, mailTemplates, type MailTemplateChangeDocument, type MailTemplateDocument } from './document.js';

export type { MailTemplateChangeDocument, MailTemplateDocument } from './document.js';

/** In the order of the ids; undefined where nobody has changed the words. */
export const mailTemplatesByIds = (readModels: ReadModels, ids: readonly MailTemplateId[]): Promise<readonly (MailTemplateDocument | undefined)[]> =>
  readModels.getMany(mailTemplates, ids);

/** The newest first. */
export const mailTemplateHistory = (readModels: ReadModels, templateId: MailTemplateId, slice: Slice): Promise<FoundSlice<MailTemplateChangeDocument>> =>
  findSlice(readModels, mailTemplateChanges, { filter: { templateId }, sort: { revision: -1 } }, slice);
