import { Readable } from 'node:stream';
import { asUnavailable } from './failures.js';

const nextInTime = async (chunks: AsyncIterator<Buffer>, ms: number): Promise<IteratorResult<Buffer>> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no bytes within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([chunks.next(), late]);
  } finally {
    clearTimeout(timer);
  }
};

const patiently = async function* (what: string, body: AsyncIterable<Buffer>, idleMs: number): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]();
  try {
    for (let next = await nextInTime(chunks, idleMs); next.done !== true; next = await nextInTime(chunks, idleMs)) yield next.value;
  } catch (error) {
    throw asUnavailable(what, error);
  }
};

/**
 * The body of an answer as content: it fails where the bytes stop coming, and the connection ends with it. A reader may be as slow as
 * it likes, because time counts only while bytes are waited for.
 */
export const contentOf = (what: string, body: Readable, idleMs: number): Readable => {
  // The connection may break before anybody reads.
  body.on('error', () => undefined);
  const content = Readable.from(patiently(what, body, idleMs), { objectMode: false });
  content.once('close', () => body.destroy());
  return content;
};
