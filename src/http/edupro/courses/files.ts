import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { HttpServices } from '../../http-services.js';
import { notFound, problems } from '../../shared/problem.js';
import { Line } from '../../shared/text-schemas.js';
import { answerRange } from '../../uploads/byte-ranges.js';
import type { PictureField } from '../../uploads/picture-store.js';
import { answersWithoutFile } from '../../uploads/stored-answer.js';
import { videoTypeOf, VIDEO_TYPES, type VideoField } from '../../uploads/video-store.js';

const picture = {
  extensions: ['jpg', 'png'],
  mostBytes: 2 * 1_048_576,
  sentences: { kind: 'The image must be JPG or PNG.', size: 'Image size must be less than 2MB.' },
} as const;

export const iconField: PictureField = { name: 'icon', folder: 'icons', ...picture };
export const thumbnailField: PictureField = { name: 'thumbnail', folder: 'thumbnails', ...picture };
export const trailerField: VideoField = {
  name: 'trailer_video',
  folder: 'trailers',
  sentences: { kind: 'Unsupported extensions', size: 'Video size must be less than 100MB.' },
};

const NAME = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[a-z0-9]{3,4}$/;
const WEEK_SECONDS = 7 * 24 * 60 * 60;

const videoContent = Object.fromEntries(
  VIDEO_TYPES.map((type) => [type, { schema: Type.Unsafe<NodeJS.ReadableStream>({ type: 'string', format: 'binary' }) }]),
);

/** Serves trailers, and nothing else of the file store, to anybody who has their URL. */
export const trailerFileRoutes =
  ({ files }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      `/files/${trailerField.folder}/:name`,
      {
        schema: {
          tags: ['Files'],
          summary: 'The trailer of a course, or the part of it that the header Range asks for',
          params: Type.Object({ name: Line({ maxLength: 100 }) }),
          response: { 200: { description: 'The video', content: videoContent }, 206: { description: 'A part of it', content: videoContent }, ...answersWithoutFile(files), ...problems(404, 416) },
        },
        config: { access: 'public', reads: [], asOf: false },
      },
      async (request, reply) => {
        const { name } = request.params;
        const contentType = videoTypeOf(name);
        const headers = {
          'x-content-type-options': 'nosniff',
          // A key is never used for another video.
          'cache-control': `public, max-age=${WEEK_SECONDS}, immutable`,
          'content-security-policy': "default-src 'none'; sandbox",
          'cross-origin-resource-policy': 'cross-origin',
        };
        const answered =
          contentType !== undefined && NAME.test(name)
            ? await answerRange(request, reply, files, `${trailerField.folder}/${name}`, { ...headers, 'content-type': contentType })
            : undefined;
        if (answered === undefined) throw notFound('video');
        return answered;
      },
    );
  };
