import type { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { HttpServices } from '../http-services.js';
import { notFound, problems } from '../shared/problem.js';
import { Line } from '../shared/text-schemas.js';
import { contentTypeOf } from './picture-content.js';
import { isPictureFolder } from './picture-folders.js';
import { isServedAsStored, keptPicture } from './picture-store.js';
import { answersWithoutFile, answerWithoutFile, type FileHeaders } from './stored-answer.js';

const NAME = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(png|jpg|webp|gif)$/;
const WEEK_SECONDS = 7 * 24 * 60 * 60;

const safely = {
  'x-content-type-options': 'nosniff',
  // A key is never used for another picture.
  'cache-control': `public, max-age=${WEEK_SECONDS}, immutable`,
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
};

/** Serves pictures, and nothing else of the file store, to anybody who has their URL. */
export const pictureFileRoutes =
  ({ files }: Pick<HttpServices, 'files'>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const keyOf = (folder: string, name: string): string | undefined => (isPictureFolder(folder) && NAME.test(name) ? `${folder}/${name}` : undefined);

    /** Looks at what is known of the picture first, where that may be all that is needed. */
    const answeredWithout = async (request: FastifyRequest, reply: FastifyReply, key: string, headers: FileHeaders): Promise<Readable | undefined> => {
      if (files.signedUrl === undefined && request.headers['if-none-match'] === undefined) return undefined;
      const stored = await files.stat(key);
      return stored !== undefined && isServedAsStored(stored) ? answerWithoutFile(request, reply, files, stored, headers) : undefined;
    };

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
            ...answersWithoutFile(files),
            ...problems(404),
          },
        },
        config: { access: 'public', reads: [], asOf: false },
      },
      async (request, reply) => {
        const { folder, name } = request.params;
        const contentType = contentTypeOf(name);
        const key = keyOf(folder, name);
        if (contentType === undefined || key === undefined) throw notFound('picture');
        const headers = { ...safely, 'content-type': contentType };
        const without = await answeredWithout(request, reply, key, headers);
        if (without !== undefined) return without;
        const kept = await keptPicture(files, key);
        if (kept === undefined) throw notFound('picture');
        const { size, etag, content } = kept;
        void reply.headers({ ...headers, 'content-length': size, ...(etag === undefined ? {} : { etag }) });
        return content;
      },
    );
  };
