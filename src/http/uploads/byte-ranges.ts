import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FilePart, FileStore } from '../../ports/file-store.js';
import { Problem } from '../shared/problem.js';
import { answerWithoutFile, type FileHeaders } from './stored-answer.js';

/** What a player gets at once that asks for all the rest: it asks for more when it has played that. */
const MOST_OF_OPEN_RANGE = 8 * 1_048_576;

const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/** The range that a header asks for; null: all of it (also for several ranges, which nobody has to serve); undefined: it lies beyond the end. */
export const rangeOf = (header: string | undefined, size: number): FilePart | null | undefined => {
  const [, from = '', to = ''] = RANGE.exec(header ?? '') ?? [];
  if (from === '' && to === '') return null;
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? undefined : { first: size - length, last: size - 1 };
  }
  const first = Number(from);
  if (to !== '' && Number(to) < first) return null;
  if (first >= size) return undefined;
  const last = to === '' ? first + MOST_OF_OPEN_RANGE - 1 : Number(to);
  return { first, last: Math.min(last, size - 1) };
};

const unsatisfiable = (size: number): Problem => {
  const problem = new Problem(416, 'range-not-satisfiable', `The file has ${size} bytes.`);
  problem.headers['content-range'] = `bytes */${size}`;
  return problem;
};

/**
 * Heads the answer and gives what the handler is to answer: the part of the file that the request asks for in its Range header, 206,
 * or all of it, 200, or nothing where the client is to have it elsewhere; undefined: there is no such file. (A reply can't be given: whoever awaits it waits until it was sent.)
 */
export const answerRange = async (
  request: FastifyRequest,
  reply: FastifyReply,
  files: FileStore,
  key: string,
  headers: FileHeaders,
): Promise<Readable | undefined> => {
  const stored = await files.stat(key);
  if (stored === undefined) return undefined;
  const { size, etag } = stored;
  const instead = await answerWithoutFile(request, reply, files, stored, headers);
  if (instead !== undefined) return instead;
  // A client that has the beginning of other content gets all of this one.
  const isOfThis = [undefined, etag].includes(request.headers['if-range']?.toString());
  const range = isOfThis ? rangeOf(request.headers.range, size) : null;
  if (range === undefined) throw unsatisfiable(size);
  const length = range === null ? size : range.last - range.first + 1;
  // The content of an answer to HEAD would be read to its end and thrown away.
  const kept = request.method === 'HEAD' ? { content: Readable.from([]) } : await files.get(key, range ?? undefined);
  if (kept === undefined) return undefined;
  request.server.patience.forDownload(request.raw, length);
  void reply.headers({ ...headers, etag, 'accept-ranges': 'bytes', 'content-length': length });
  if (range !== null) void reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${size}`);
  return kept.content;
};
