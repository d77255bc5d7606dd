import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True: the answer goes on until one side ends it, and lets go of slow readers by itself. */
    feed?: boolean;
  }
  interface FastifyInstance {
    /** More time for files, which routes ask for once they know the caller. */
    readonly patience: Patience;
  }
}

export interface Patience {
  /** The body is a form with files. */
  forUpload(request: Pick<IncomingMessage, 'socket'>): void;
  /** The answer is a file, or a part of one, of so many bytes. */
  forDownload(request: Pick<IncomingMessage, 'socket'>, bytes: number): void;
}

/** How long a client may take to send and to be answered. */
export interface Timeouts {
  readonly headersMs: number;
  /** From the first byte of the request to its last. */
  readonly bodyMs: number;
  /** The same of a form with files. */
  readonly uploadMs: number;
  readonly answerMs: number;
}

export const TIMEOUTS: Timeouts = { headersMs: 10_000, bodyMs: 30_000, uploadMs: 600_000, answerMs: 60_000 };

/** How often connections are looked at; a client has so much more time at most. */
export const lookEveryMs = ({ headersMs }: Timeouts): number => headersMs / 5;

/** What a client's connection waits for. One record serves all its requests: an entry for each request costs a fifth of a cheap route's rate. */
class Answering {
  requests = 0;
  dueAt = Infinity;
  /** The request that is coming in, or was the last to. */
  receiving: Received | undefined;
  receivedBy = Infinity;
}

type Received = Pick<IncomingMessage, 'complete'>;
/** So slowly a file may be read. */
const BYTES_PER_MS = 128;

interface Connection {
  once(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
}

/** Ends connections whose client sends or reads too slowly, or not at all: what is to be sent to it is kept until then. */
export class SlowReaders implements Patience {
  readonly #connections = new Map<Connection, Answering>();
  #isClosing = false;

  constructor(
    readonly timeouts: Timeouts,
    /** Called with a connection whose request did not come in in time. */
    readonly onLateBody: (connection: Connection) => void = (connection) => void connection.destroy(),
  ) {}

  accept(connection: Connection): void {
    if (this.#isClosing) connection.destroy();
    this.#connections.set(connection, new Answering());
    connection.once('close', () => this.#connections.delete(connection));
  }

  /** Comes before begin, also for what has no route. */
  receive(request: Received & { readonly socket: Connection }, now = performance.now()): void {
    const answering = this.#connections.get(request.socket);
    if (answering === undefined) return;
    answering.receiving = request;
    answering.receivedBy = now + this.timeouts.bodyMs;
  }

  forUpload({ socket }: { readonly socket: Connection }, now = performance.now()): void {
    const answering = this.#connections.get(socket);
    if (answering === undefined) return;
    answering.receivedBy = now + this.timeouts.uploadMs;
    answering.dueAt = answering.receivedBy + this.timeouts.answerMs;
  }

  forDownload({ socket }: { readonly socket: Connection }, bytes: number, now = performance.now()): void {
    const answering = this.#connections.get(socket);
    if (answering !== undefined) answering.dueAt = now + this.timeouts.answerMs + bytes / BYTES_PER_MS;
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

  /** Call it when the server closes: Node waits for connections that were opened beforehand, as browsers do, and on which nothing was ever asked. */
  endSilent(): void {
    this.#isClosing = true;
    for (const [connection, { receiving }] of this.#connections) if (receiving === undefined) connection.destroy();
  }

  endLate(now = performance.now()): void {
    for (const [connection, { dueAt, receiving, receivedBy }] of this.#connections) {
      if (receivedBy <= now && receiving?.complete === false) this.onLateBody(connection);
      else if (dueAt <= now) connection.destroy();
    }
  }
}

/** As Node says it, whose own limit is that of uploads: it knows one for all requests. */
const tooLate = (): Error => Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });

export const useSlowReaders = (app: FastifyInstance, timeouts: Timeouts): SlowReaders => {
  const readers = new SlowReaders(timeouts, (connection) => void app.server.emit('clientError', tooLate(), connection));
  app.decorate('patience', readers);
  const timer = setInterval(() => readers.endLate(), lookEveryMs(timeouts)).unref();
  app.server.on('connection', (connection) => readers.accept(connection));
  app.server.prependListener('request', (request) => readers.receive(request));
  app.addHook('onResponse', ({ raw, routeOptions }, _reply, done) => {
    if (routeOptions.config.feed !== true) readers.end(raw);
    done();
  });
  app.addHook('preClose', async () => readers.endSilent());
  app.addHook('onClose', async () => clearInterval(timer));
  return readers;
};
