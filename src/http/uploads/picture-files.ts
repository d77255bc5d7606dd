import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { HttpServices } from '../http-services.js';
import { notFound, problems } from '../shared/problem.js';
import { Line } from '../shared/text-schemas.js';
import { contentTypeOf } from './picture-content.js';
import { isPictureFolder } from './picture-folders.js';
import { keptPicture, type ServedPicture } from './picture-store.js';

const NAME = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(png|jpg|webp|gif)$/;
const WEEK_SECONDS = 7 * 24 * 60 * 60;

/** Serves pictures, and nothing else of the file store, to anybody who has their URL. */
export const pictureFileRoutes =
  ({ files }: Pick<HttpServices, 'files'>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const pictureAt = async (folder: string, name: string): Promise<ServedPicture | undefined> =>
      isPictureFolder(folder) && NAME.test(name) ? keptPicture(files, `${folder}/${name}`) : undefined;

    app.get(
      '/files/:folder/:name',
      {
        schema: {
          tags: ['Files'],
          summary: 'A picture that was uploaded',
          params: Type.Object({ folder: Line({ maxLength: 100 }), name: Line({ maxLength: 100 }) }),
          response: {
            200: {
              description: 'The picture',
              content: Object.fromEntries(
                ['image/png', 'image/jpeg', 'image/webp', 'image/gif'].map((type) => [
                  type,
                  { schema: Type.Unsafe<NodeJS.ReadableStream>({ type: 'string', format: 'binary' }) },
                ]),
              ),
            },
            ...problems(404),
          },
        },
        config: { access: 'public', reads: [] },
      },
      async ({ params: { folder, name } }, reply) => {
        const contentType = contentTypeOf(name);
        const kept = await pictureAt(folder, name);
        if (contentType === undefined || kept === undefined) throw notFound('picture');
        return reply
          .headers({
            'content-type': contentType,
            'content-length': kept.size,
            'x-content-type-options': 'nosniff',
            // A key is never used for another picture.
            'cache-control': `public, max-age=${WEEK_SECONDS}, immutable`,
            'content-security-policy': "default-src 'none'; sandbox",
            'cross-origin-resource-policy': 'cross-origin',
          })
          .send(kept.content);
      },
    );
  };
