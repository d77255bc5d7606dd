import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { HttpServices } from '../http-services.js';
import { notFound, problems } from '../shared/problem.js';
import { keptPicture } from '../uploads/picture-store.js';
import { contentTypeOf } from '../uploads/picture-content.js';
import { Line } from '../shared/text-schemas.js';

/** The picture of a user, in forms and in the file store. */
export const avatarField = { name: 'avatar', folder: 'avatars' } as const;

const NAME = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.(png|jpg|webp|gif)$';
const WEEK_SECONDS = 7 * 24 * 60 * 60;

/** Serves pictures, and nothing else of the file store, to anybody who has their URL. */
export const avatarFileRoutes =
  ({ files }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/files/avatars/:name',
      {
        schema: {
          tags: ['Users: profile'],
          summary: 'A picture of a user',
          params: Type.Object({ name: Line({ maxLength: 100 }) }),
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
      async ({ params: { name } }, reply) => {
        const contentType = contentTypeOf(name);
        const kept = contentType !== undefined && new RegExp(NAME).test(name) ? await keptPicture(files, `${avatarField.folder}/${name}`) : undefined;
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
