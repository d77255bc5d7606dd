import { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FileStore, StoredFile } from '../../ports/file-store.js';

/** Heads of the answer with the whole file. */
export interface FileHeaders extends Readonly<Record<string, string>> {
  readonly 'content-type': string;
  readonly 'cache-control': string;
}

/** Asked for once, at the beginning of a download. */
const SIGNED_FOR_SECONDS = 300;
/** Of the bytes, and not of what is known about them. */
const OF_CONTENT: ReadonlySet<string> = new Set(['content-type', 'content-disposition']);

const isNamedIn = (header: string | undefined, etag: string): boolean =>
  header !== undefined && (header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag));

/**
 * Heads an answer without the file, and gives its empty body: 304 where the client has the file, 302 where readers are sent to the
 * place of the file. Undefined: the file itself is to be answered.
 */
export const answerWithoutFile = async (
  request: FastifyRequest,
  reply: FastifyReply,
  files: FileStore,
  { key, etag }: StoredFile,
  headers: FileHeaders,
): Promise<Readable | undefined> => {
  if (isNamedIn(request.headers['if-none-match'], etag)) {
    const kept = Object.entries(headers).filter(([name]) => !OF_CONTENT.has(name));
    void reply.code(304).headers({ ...Object.fromEntries(kept), etag });
    return Readable.from([]);
  }
  // A signature is for GET alone.
  if (files.signedUrl === undefined || request.method !== 'GET') return undefined;
  const disposition = headers['content-disposition'];
  const location = await files.signedUrl(key, {
    expiresInSeconds: SIGNED_FOR_SECONDS,
    contentType: headers['content-type'],
    ...(disposition === undefined ? {} : { disposition }),
    cacheControl: headers['cache-control'],
  });
  void reply.code(302).headers({ location, 'cache-control': 'private, no-store', 'content-length': '0' });
  return Readable.from([]);
};

/** What a route with files may answer in their place. */
export const answersWithoutFile = ({ signedUrl }: FileStore) => ({
  304: Type.Unsafe<NodeJS.ReadableStream>({ type: 'null', description: 'The client has the file that If-None-Match names' }),
  ...(signedUrl === undefined ? {} : { 302: Type.Unsafe<NodeJS.ReadableStream>({ type: 'null', description: 'The file is at the address in Location, for a few minutes' }) }),
});
