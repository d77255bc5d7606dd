import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { FileStore } from '../../../ports/file-store.js';
import type { HttpServices } from '../../http-services.js';
import { notFound, problems } from '../../shared/problem.js';
import { answerRange } from '../../uploads/byte-ranges.js';
import { documentTypeOf, DOCUMENT_TYPES } from '../../uploads/document-store.js';
import { answersWithoutFile } from '../../uploads/stored-answer.js';
import { videoTypeOf, VIDEO_TYPES } from '../../uploads/video-store.js';
import { lessonAccessReads } from './lesson-access.js';
import { lessonAccessWords, openLesson } from './open-lesson.js';
import { LessonId } from './schemas.js';

const tags = ['EduPro: lessons'];

const content = (types: readonly string[], description: string) => ({
  description,
  content: Object.fromEntries(types.map((type) => [type, { schema: Type.Unsafe<NodeJS.ReadableStream>({ type: 'string', format: 'binary' }) }])),
});

const answers = (types: readonly string[], files: FileStore) => ({
  200: content(types, 'The file'),
  206: content(types, 'The part of it that Range asks for'),
  ...answersWithoutFile(files),
  ...problems(403, 404, 416),
});

/** What a lesson shows must not outlive the access to it in any cache, nor run as a page of ours. */
const safely = (contentType: string) => ({
  'content-type': contentType,
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
});

export const lessonFileRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const config = { access: 'account', reads: lessonAccessReads, rule: 'lesson-opener', refusals: lessonAccessWords, asOf: false } as const;

    const answerFile = async (request: FastifyRequest, reply: FastifyReply, key: string | null, contentType: string | undefined, headers = {}): Promise<Readable> => {
      const answered =
        key === null || contentType === undefined ? undefined : await answerRange(request, reply, services.files, key, { ...safely(contentType), ...headers });
      if (answered === undefined) throw notFound('file');
      return answered;
    };

    app.get(
      '/lessons/:id/video',
      {
        schema: {
          tags,
          summary: 'The video of a lesson',
          description: 'An addition to the document: what video_url leads to. Takes one byte range.',
          params: LessonId,
          response: answers(VIDEO_TYPES, services.files),
        },
        config,
      },
      async (request, reply) => {
        const { videoFile } = (await openLesson(services, request, request.params.id)).lesson;
        return answerFile(request, reply, videoFile, videoTypeOf(videoFile ?? ''));
      },
    );

    app.get(
      '/lessons/:id/document',
      {
        schema: {
          tags,
          summary: 'The document of a lesson',
          description: 'An addition to the document: what document_url leads to. Takes one byte range.',
          params: LessonId,
          response: answers(DOCUMENT_TYPES, services.files),
        },
        config,
      },
      async (request, reply) => {
        const { documentFile } = (await openLesson(services, request, request.params.id)).lesson;
        const extension = documentFile?.slice(documentFile.lastIndexOf('.')) ?? '';
        return answerFile(request, reply, documentFile, documentTypeOf(documentFile ?? ''), { 'content-disposition': `attachment; filename="document${extension}"` });
      },
    );
  };
