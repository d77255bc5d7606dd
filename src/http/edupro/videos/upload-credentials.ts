import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { HttpServices } from '../../http-services.js';
import { LiteralProblem } from '../../refusals/wording.js';
import { contextOf } from '../../shared/command-context.js';
import { problems } from '../../shared/problem.js';
import { notATeacher, teachersOnly } from '../callers.js';
import { BlankCharField, Clearable } from '../fields.js';
import { askVideoHost } from './host.js';

const LONGEST_TITLE = 255;
const UPLOADS = { max: 60, windowMs: 3_600_000 };
const TITLE_REQUIRED = { error: 'Title is required.' };
const TITLE_WRONG = { error: `The title is one line of at most ${LONGEST_TITLE} characters.` };

const Credentials = Type.Object({
  status: Type.Literal('success'),
  data: Type.Object({
    upload_url: Type.String(),
    upload_id: Type.String({ description: 'What the host calls the file' }),
    vdo_cipher_video_id: Type.String({ description: 'Send it with the lesson, under this name' }),
    fields: Type.Record(Type.String(), Type.String(), {
      description: 'An addition to the document: the fields of the form that is posted to upload_url, with the file as its last field, "file"',
    }),
  }),
});

export const uploadCredentialRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post(
      '/course/create-vdocipher-upload-credentials/',
      {
        schema: {
          tags: ['EduPro: videos'],
          summary: 'Get VdoCipher upload credentials (9.1)',
          description: `A teacher gets ${UPLOADS.max} of them an hour.`,
          body: Type.Object({ title: Clearable(BlankCharField(LONGEST_TITLE)) }),
          response: { 200: Credentials, ...problems(400, 403) },
        },
        // The answer holds credentials.
        config: {
          ...teachersOnly,
          reads: [],
          idempotent: false,
          limits: { requestsPerAccount: UPLOADS },
          refusals: { ...notATeacher, 'validation-failed': [400, TITLE_WRONG] },
        },
      },
      async (request) => {
        const { title } = request.body;
        if (title === undefined || title === null || title === '') throw new LiteralProblem(400, 'title-missing', 'no title', TITLE_REQUIRED);
        const { commandId: key } = contextOf(request);
        const upload = await askVideoHost(services, 'error', (host) => host.createUpload({ title, key }));
        return {
          status: 'success' as const,
          data: { upload_url: upload.uploadUrl, upload_id: upload.uploadId, vdo_cipher_video_id: upload.videoId, fields: { ...upload.fields } },
        };
      },
    );
  };
