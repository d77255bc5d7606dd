import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { HttpServices } from '../http-services.js';
import type { CacheUsage } from '../../primitives/cache-budget.js';
import { judged, type PartHealth } from './health-report.js';
import { operatorsOnly } from './operators-only.js';

export interface MetricsOptions {
  /** Metrics of the process itself (memory, event loop, garbage collection); once per process. */
  readonly processMetrics: boolean;
  /** The projections that must be shown, as soon as all routes are known. */
  readonly vitalReads: () => ReadonlySet<string>;
  readonly droppedLogLines: () => number;
}

const DURATION_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

const observeRequests = (app: FastifyInstance, registry: Registry): void => {
  const durations = new Histogram({
    name: 'registrar_http_request_duration_seconds',
    help: 'Time to answer a request, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers: [registry],
  });
  const errors = new Counter({
    name: 'registrar_http_server_errors_total',
    help: 'Answers with status 5xx, by route',
    labelNames: ['method', 'route'],
    registers: [registry],
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    // A feed is answered when it begins; how long it goes on is no time to answer.
    if (request.routeOptions.config.feed !== true) durations.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
    if (reply.statusCode >= 500) errors.inc({ method, route });
    done();
  });
};

/** The projector works for all projections but one, files are there or not. */
const isWorking = (part: string, status: PartHealth['status']): boolean => status === 'up' || (status === 'degraded' && part === 'projector');

/** Called for each scrape. Figures that can't be had are left out; the parts that are down say why. */
const watchTheParts = ({ store, health }: HttpServices, registry: Registry, vitalReads: MetricsOptions['vitalReads']): (() => Promise<void>) => {
  const registers = [registry];
  const up = new Gauge({ name: 'registrar_part_up', help: '1 when the part that this process uses works (or is degraded), else 0', labelNames: ['part'], registers });
  const lag = new Gauge({
    name: 'registrar_projection_lag',
    help: 'How far the read models of a projection are behind the log: events (embedded) or bytes of the log (EventStoreDB), as the label unit says',
    labelNames: ['projection', 'unit'],
    registers,
  });
  const age = new Gauge({
    name: 'registrar_projection_lag_seconds',
    help: 'Age of the oldest event that the read models of a projection do not show; 0 when there is none',
    labelNames: ['projection'],
    registers,
  });
  const shown = new Gauge({
    name: 'registrar_projection_up',
    help: '1 when what the projection makes can be read, 0 while it has failed or is being built (label state)',
    labelNames: ['projection', 'state'],
    registers,
  });
  const work = new Gauge({
    name: 'registrar_worker_lag_seconds',
    help: 'How long the oldest of what a worker has to do has been waiting, whichever process it runs in',
    labelNames: ['worker'],
    registers,
  });
  const head = new Gauge({
    name: 'registrar_event_log_head',
    help: 'How far the log goes: events (embedded) or bytes (EventStoreDB), as the label unit says',
    labelNames: ['unit'],
    registers,
  });
  const deadLetters = new Gauge({
    name: 'registrar_dead_letters',
    help: 'What waits for a person: mails given up, mails of unknown outcome, events that a consumer could not handle',
    labelNames: ['kind'],
    registers,
  });
  return async () => {
    const report = judged(await health(), vitalReads());
    const isAway = report.parts['eventStore']?.status === 'down';
    const last = isAway ? undefined : await store.head().catch(() => undefined);
    for (const gauge of [up, lag, age, shown, work, head, deadLetters]) gauge.reset();
    for (const [part, { status }] of Object.entries(report.parts)) up.set({ part }, isWorking(part, status) ? 1 : 0);
    for (const { projection, behind, unit, secondsBehind, unavailable } of report.projections) {
      lag.set({ projection, unit }, Number(behind));
      age.set({ projection }, secondsBehind);
      shown.set({ projection, state: unavailable?.state ?? 'serving' }, unavailable === null ? 1 : 0);
    }
    for (const { worker, secondsBehind } of report.workers) work.set({ worker }, secondsBehind);
    if (last !== undefined) head.set({ unit: store.scale.unit }, Number(store.scale.measure(last)));
    for (const [kind, count] of Object.entries(report.deadLetters)) deadLetters.set({ kind }, count);
  };
};

const watchCaches = ({ caches }: HttpServices, registry: Registry): void => {
  const taken = { name: 'registrar_cache_bytes', help: 'About how much memory each kind of cache takes', valueOf: ({ bytes }: CacheUsage) => bytes };
  const limit = { name: 'registrar_cache_limit_bytes', help: 'How much memory each kind of cache may take', valueOf: (usage: CacheUsage) => usage.limit };
  for (const { name, help, valueOf } of [taken, limit]) {
    const gauge = new Gauge({
      name,
      help,
      labelNames: ['cache'],
      registers: [registry],
      collect: () => {
        for (const usage of caches.usage()) gauge.set({ cache: usage.cache }, valueOf(usage));
      },
    });
  }
};

const watchTheLog = (registry: Registry, { droppedLogLines }: MetricsOptions): void => {
  const dropped = new Counter({
    name: 'registrar_log_lines_dropped_total',
    help: 'Lines of the log that could not be written: nobody read standard error in time, or at all',
    registers: [registry],
    collect: () => {
      dropped.reset();
      dropped.inc(droppedLogLines());
    },
  });
};

export const useMetrics = (app: FastifyInstance, services: HttpServices, options: MetricsOptions): void => {
  const registry = new Registry();
  if (options.processMetrics) collectDefaultMetrics({ register: registry });
  observeRequests(app, registry);
  watchCaches(services, registry);
  watchTheLog(registry, options);
  const look = watchTheParts(services, registry, options.vitalReads);
  const config = { access: 'public', rateLimit: false, reads: [] } as const;
  app.get('/metrics', { schema: { hide: true }, config, onRequest: operatorsOnly(services.config) }, async (_request, reply) => {
    await look();
    void reply.type(registry.contentType);
    return registry.metrics();
  });
};
