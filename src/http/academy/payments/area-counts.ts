import type { FastifyInstance } from 'fastify';

const TOO_MANY = 429;

/** Requests to the area that this process answered, and those of them that went beyond a limit. */
export class AreaCounts {
  readonly since: Date;
  #requests = 0;
  #limited = 0;

  constructor(since: Date) {
    this.since = since;
  }

  /** Counts the requests to the routes of `app`. */
  watch(app: FastifyInstance): void {
    app.addHook('onResponse', (_request, { statusCode }, done) => {
      this.#requests += 1;
      if (statusCode === TOO_MANY) this.#limited += 1;
      done();
    });
  }

  get requests(): number {
    return this.#requests;
  }

  get limited(): number {
    return this.#limited;
  }

  reset(): void {
    this.#requests = 0;
    this.#limited = 0;
  }
}
