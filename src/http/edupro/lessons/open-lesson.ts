import type { FastifyRequest } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import type { Wordings } from '../../refusals/wording.js';
import { accountOf } from '../../shared/access.js';
import { forbidden, notFound } from '../../shared/problem.js';
import { knownLesson, type KnownLesson } from './lesson-access.js';

const NO_LESSON = "You don't have permission to access this lesson.";

/** Of routes that open a lesson. */
export const lessonAccessWords: Wordings = { forbidden: { message: NO_LESSON } };

/** The lesson, for who may open it. Throws 404 where the caller must not know of it, and 403 where it is no secret. */
export const openLesson = async (services: HttpServices, request: FastifyRequest, lessonId: string): Promise<KnownLesson> => {
  const found = await knownLesson(services, accountOf(request), lessonId);
  if (found === undefined) throw notFound('lesson');
  if (!found.isOpen) throw forbidden(NO_LESSON);
  return found;
};
