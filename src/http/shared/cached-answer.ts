import type { FastifyReply } from 'fastify';

/**
 * Answers with a presented document. The bytes are made once for each version: read models give the same object until it changes,
 * and never change it in place.
 */
export const cachedAnswer = <Source extends object>(present: (source: Source) => object) => {
  const answers = new WeakMap<Source, Buffer>();
  return (reply: FastifyReply, source: Source): FastifyReply => {
    let answer = answers.get(source);
    if (answer === undefined) {
      answer = Buffer.from(String(reply.serialize(present(source))));
      answers.set(source, answer);
    }
    return reply.type('application/json; charset=utf-8').send(answer);
  };
};
