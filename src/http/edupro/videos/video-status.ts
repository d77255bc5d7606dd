import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { VideoStatus } from '../../../ports/video-host.js';
import { lessonById } from '../../../projections/curricula/queries.js';
import type { HttpServices } from '../../http-services.js';
import { LiteralProblem } from '../../refusals/wording.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { notATeacher, teachersOnly } from '../callers.js';
import { lessonAccessReads, viewerOf } from '../lessons/lesson-access.js';
import { askVideoHost } from './host.js';

const QUESTIONS = { max: 120, windowMs: 60_000 };
const READY = 'video is ready';
const FAILED = 'Video processing failed. Please try uploading again.';

const sentenceOf = (status: VideoStatus): string => {
  switch (status.state) {
    case 'ready':
      return READY;
    case 'uploading':
      return 'video is uploading';
    case 'other':
      return `Video status: ${status.word}`;
    case 'failed':
      throw new LiteralProblem(400, 'video-failed', 'the host could not process the video', { message: FAILED });
  }
};

export const videoStatusRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/video/check-status/:lesson_id',
      {
        schema: {
          tags: ['EduPro: videos'],
          summary: 'Check video status (8.7)',
          description: 'Of a lesson of the teacher. A video that was sent as a file is ready.',
          params: Type.Object({ lesson_id: Type.String({ maxLength: 200 }) }),
          response: { 200: Type.Object({ message: Type.String() }), ...problems(400, 403, 404) },
        },
        config: { ...teachersOnly, reads: lessonAccessReads, asOf: false, rule: 'curriculum-keeper', limits: { requestsPerAccount: QUESTIONS }, refusals: notATeacher },
      },
      async (request) => {
        const lesson = await lessonById(services.readModels, request.params.lesson_id);
        const viewer = lesson && (await viewerOf(services, accountOf(request), lesson.courseId));
        if (lesson === undefined || viewer?.keeps !== true) throw notFound('lesson');
        const { videoId, videoFile } = lesson;
        if (videoFile !== null) return { message: READY };
        const status = videoId === null ? null : await askVideoHost(services, 'message', (host) => host.statusOf(videoId));
        if (status === null) throw notFound('video');
        return { message: sentenceOf(status) };
      },
    );
  };
