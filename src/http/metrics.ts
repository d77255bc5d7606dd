import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { HttpServices } from './http-services.js';

export interface MetricsOptions {
  /** Those of the process itself (memory, event loop, garbage collection); once per process. */
  readonly processMetrics: boolean;
}

const BUFFERED = 1_024;

/** Durations of one series: told to the histogram many at a time, because one at a time costs each request a microsecond. */
class Durations {
  readonly #observe: (seconds: number) => void;
  #seconds: number[] = [];

  constructor(observe: (seconds: number) => void) {
    this.#observe = observe;
  }

  add(seconds: number): void {
    this.#seconds.push(seconds);
    if (this.#seconds.length >= BUFFERED) this.flush();
  }

  flush(): void {
    for (const seconds of this.#seconds) this.#observe(seconds);
    this.#seconds = [];
  }
}

const observeRequests = (app: FastifyInstance, registry: Registry): void => {
  const series = new Map<string, Durations>();
  const duration = new Histogram({
    name: 'registrar_http_request_duration_seconds',
    help: 'Time to answer a request, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
    collect: () => {
      for (const durations of series.values()) durations.flush();
    },
  });
  const errors = new Counter({
    name: 'registrar_http_server_errors_total',
    help: 'Answers with status 5xx, by route',
    labelNames: ['method', 'route'],
    registers: [registry],
  });
  const seriesOf = (method: string, route: string, status: number): Durations => {
    const key = `${status} ${method} ${route}`;
    const known = series.get(key);
    if (known !== undefined) return known;
    const child = duration.labels({ method, route, status });
    const made = new Durations((seconds) => child.observe(seconds));
    series.set(key, made);
    return made;
  };
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    seriesOf(method, route, reply.statusCode).add(reply.elapsedTime / 1_000);
    if (reply.statusCode >= 500) errors.inc({ method, route });
    done();
  });
};

const watchTheLog = ({ progress, store, health }: HttpServices, registry: Registry): void => {
  new Gauge({
    name: 'registrar_projection_lag',
    help: 'How far the read models of a projection are behind the log (events, or bytes of the log)',
    labelNames: ['projection'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { projection, behind } of await progress.lag()) this.set({ projection }, Number(behind));
    },
  });
  new Gauge({
    name: 'registrar_event_log_head',
    help: 'Position of the last appended event (embedded: how many events there are)',
    registers: [registry],
    async collect() {
      this.set(Number(await store.head()));
    },
  });
  new Gauge({
    name: 'registrar_dead_letters',
    help: 'What waits for a person: mails given up, mails of unknown outcome, events that a consumer could not handle',
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      this.reset();
      const { deadLetters } = await health();
      for (const [kind, count] of Object.entries(deadLetters)) this.set({ kind }, count);
    },
  });
};

/** GET /metrics for Prometheus. */
export const useMetrics = (app: FastifyInstance, services: HttpServices, options: MetricsOptions): void => {
  const registry = new Registry();
  if (options.processMetrics) collectDefaultMetrics({ register: registry });
  observeRequests(app, registry);
  watchTheLog(services, registry);
  app.get('/metrics', { schema: { hide: true }, config: { access: 'public', rateLimit: false } }, async (_request, reply) => {
    void reply.type(registry.contentType);
    return registry.metrics();
  });
};
