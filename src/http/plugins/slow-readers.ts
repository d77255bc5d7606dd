import type { FastifyInstance, FastifyRequest } from 'fastify';

/** How long a client may take to send and to be answered. */
export interface Timeouts {
  readonly headersMs: number;
  /** From the first byte of the request to its last. */
  readonly bodyMs: number;
  readonly answerMs: number;
}

export const TIMEOUTS: Timeouts = { headersMs: 10_000, bodyMs: 30_000, answerMs: 60_000 };

/** How often connections are looked at; a client has so much more time at most. */
export const lookEveryMs = ({ headersMs }: Timeouts): number => headersMs / 5;

interface Answering {
  readonly reply: { readonly raw: { destroy(): unknown } };
  readonly dueAt: number;
}

/** Ends connections whose client reads too slowly, or not at all: what is to be sent to it is kept until then. */
export class SlowReaders {
  readonly #answering = new Map<object, Answering>();

  constructor(readonly timeouts: Timeouts) {}

  begin(request: Pick<FastifyRequest, 'method'>, reply: Answering['reply'], now = performance.now()): void {
    const sends = request.method === 'GET' || request.method === 'HEAD' ? 0 : this.timeouts.bodyMs;
    this.#answering.set(request, { reply, dueAt: now + sends + this.timeouts.answerMs });
  }

  end(request: object): void {
    this.#answering.delete(request);
  }

  endLate(now = performance.now()): void {
    for (const [request, { reply, dueAt }] of this.#answering) {
      if (dueAt > now) continue;
      this.#answering.delete(request);
      reply.raw.destroy();
    }
  }
}

export const useSlowReaders = (app: FastifyInstance, timeouts: Timeouts): SlowReaders => {
  const readers = new SlowReaders(timeouts);
  const timer = setInterval(() => readers.endLate(), lookEveryMs(timeouts)).unref();
  app.addHook('onResponse', (request, _reply, done) => {
    readers.end(request);
    done();
  });
  app.addHook('onClose', async () => clearInterval(timer));
  return readers;
};
