import type { HttpServices } from '../../http-services.js';
import { notFound } from '../../shared/problem.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { removingAll } from '../../uploads/removed-file.js';
import { moduleById, type ModuleDocument } from '../../../projections/curricula/queries.js';
import type { CurriculumChange } from '../../../commands/curriculum/carry-out.js';
import { teachersAndAdmins } from '../callers.js';
import { formHooks, picture } from '../forms.js';
import { lessonAccessReads } from '../lessons/lesson-access.js';
import { moduleImage } from './module-input.js';
import { moduleTexts } from './schemas.js';

/** Routes that change modules or lessons: the use case asks whose they are. */
export const forKeepers = { ...teachersAndAdmins, rule: 'curriculum-keeper', reads: lessonAccessReads } as const;

export const moduleForm = (services: HttpServices, budget: UploadBudget) =>
  formHooks(services, { texts: moduleTexts, files: [picture(services, budget, moduleImage)] });

/** Removes what a change of modules or lessons put out of use. */
export const removingReplaced = ({ files }: Pick<HttpServices, 'files'>) => removingAll<CurriculumChange>(files, ({ replacedFiles }) => replacedFiles);

/** Throws 404 where there is none. */
export const moduleToChange = async ({ readModels }: Pick<HttpServices, 'readModels'>, moduleId: string): Promise<ModuleDocument> => {
  const module = await moduleById(readModels, moduleId);
  if (module === undefined) throw notFound('module');
  return module;
};
