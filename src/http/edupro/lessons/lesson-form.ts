import type { Static } from 'typebox';
import { lessonById, type LessonDocument } from '../../../projections/curricula/queries.js';
import type { HttpServices } from '../../http-services.js';
import { notFound } from '../../shared/problem.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { document, formHooks, MOST_BYTES_OF_VIDEO_FORM, picture, video } from '../forms.js';
import { moduleToChange } from '../modules/module-form.js';
import { lessonDocument, lessonThumbnail, lessonVideo } from './lesson-input.js';
import { presentLesson } from './presenter.js';
import { lessonTexts, type Lesson } from './schemas.js';

export const lessonForm = (services: HttpServices, budget: UploadBudget) =>
  formHooks(services, {
    texts: lessonTexts,
    files: [video(services, budget, lessonVideo), document(services, budget, lessonDocument), picture(services, budget, lessonThumbnail)],
    mostBytes: MOST_BYTES_OF_VIDEO_FORM,
  });

/** Throws 404 where there is none. */
export const lessonToChange = async ({ readModels }: Pick<HttpServices, 'readModels'>, lessonId: string): Promise<LessonDocument> => {
  const lesson = await lessonById(readModels, lessonId);
  if (lesson === undefined) throw notFound('lesson');
  return lesson;
};

/** As who has just changed it sees it. */
export const changedLesson = async (services: HttpServices, lessonId: string): Promise<Static<typeof Lesson>> => {
  const lesson = await lessonToChange(services, lessonId);
  return presentLesson(lesson, await moduleToChange(services, lesson.moduleId), true, services.config.publicUrl);
};
