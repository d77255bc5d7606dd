import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True: the answer goes on until one side ends it, and lets go of slow readers by itself. */
    feed?: boolean;
  }
}

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

/** What a client's connection waits for. One record serves all its requests: an entry for each request costs a fifth of a cheap route's rate. */
class Answering {
  requests = 0;
  dueAt = Infinity;
}

interface Connection {
  once(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
}

/** Ends connections whose client reads too slowly, or not at all: what is to be sent to it is kept until then. */
export class SlowReaders {
  readonly #connections = new Map<Connection, Answering>();

  constructor(readonly timeouts: Timeouts) {}

  accept(connection: Connection): void {
    this.#connections.set(connection, new Answering());
    connection.once('close', () => this.#connections.delete(connection));
  }

  begin({ method, socket }: Pick<IncomingMessage, 'method'> & { readonly socket: Connection }, now = performance.now()): void {
    const answering = this.#connections.get(socket);
    if (answering === undefined) return;
    answering.requests += 1;
    if (answering.requests > 1) return;
    const sends = method === 'GET' || method === 'HEAD' ? 0 : this.timeouts.bodyMs;
    answering.dueAt = now + sends + this.timeouts.answerMs;
  }

  /** Requests that were sent before the answer to an earlier one have their time from there. */
  end({ socket }: { readonly socket: Connection }, now = performance.now()): void {
    const answering = this.#connections.get(socket);
    if (answering === undefined) return;
    answering.requests -= 1;
    answering.dueAt = answering.requests === 0 ? Infinity : now + this.timeouts.bodyMs + this.timeouts.answerMs;
  }

  endLate(now = performance.now()): void {
    for (const [connection, { dueAt }] of this.#connections) if (dueAt <= now) connection.destroy();
  }
}

export const useSlowReaders = (app: FastifyInstance, timeouts: Timeouts): SlowReaders => {
  const readers = new SlowReaders(timeouts);
  const timer = setInterval(() => readers.endLate(), lookEveryMs(timeouts)).unref();
  app.server.on('connection', (connection) => readers.accept(connection));
  app.addHook('onResponse', ({ raw, routeOptions }, _reply, done) => {
    if (routeOptions.config.feed !== true) readers.end(raw);
    done();
  });
  app.addHook('onClose', async () => clearInterval(timer));
  return readers;
};
