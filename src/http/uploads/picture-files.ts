import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { HttpServices } from '../http-services.js';
import { notFound, problems } from '../shared/problem.js';
import { Line } from '../shared/text-schemas.js';
import { contentTypeOf } from './picture-content.js';
import { keptPicture } from './picture-store.js';

const NAME = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(png|jpg|webp|gif)$/;
const WEEK_SECONDS = 7 * 24 * 60 * 60;

/** Of files that everybody may have: a key is never used for another one. */
export const publicFileHeaders = {
  'x-content-type-options': 'nosniff',
  'cache-control': `public, max-age=${WEEK_SECONDS}, immutable`,
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
} as const;

export const FileParams = Type.Object({ name: Line({ maxLength: 100 }) });

export const fileContent = (types: readonly string[]) =>
  Object.fromEntries(types.map((type) => [type, { schema: Type.Unsafe<NodeJS.ReadableStream>({ type: 'string', format: 'binary' }) }]));

/** Serves the pictures of a folder of the file store, and nothing else of it, to anybody who has their URL: `/files/<folder>/<name>`. */
export const pictureFileRoutes =
  ({ files }: HttpServices, { folder, tag, summary }: { readonly folder: string; readonly tag: string; readonly summary: string }): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      `/files/${folder}/:name`,
      {
        schema: {
          tags: [tag],
          summary,
          params: FileParams,
          response: { 200: { description: 'The picture', content: fileContent(['image/png', 'image/jpeg', 'image/webp', 'image/gif']) }, ...problems(404) },
        },
        config: { access: 'public', reads: [] },
      },
      async ({ params: { name } }, reply) => {
        const contentType = contentTypeOf(name);
        const kept = contentType !== undefined && NAME.test(name) ? await keptPicture(files, `${folder}/${name}`) : undefined;
        if (contentType === undefined || kept === undefined) throw notFound('picture');
        return reply.headers({ ...publicFileHeaders, 'content-type': contentType, 'content-length': kept.size }).send(kept.content);
      },
    );
  };
