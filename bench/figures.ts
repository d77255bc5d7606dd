import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { LmdbReadModels } from '../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../src/adapters/embedded/system-clock.js';
import type { DomainEvent } from '../src/domain/events.js';
import { jsonOrCsv, Series } from '../src/http/analytics/schemas.js';
import { seriesRoutes } from '../src/http/analytics/series.js';
import { ProblemDetails } from '../src/http/shared/problem.js';
import type { RecordedEvent } from '../src/ports/event-store.js';
import type { DocumentWrite } from '../src/ports/read-model-store.js';
import { withChange } from '../src/projections/analytics/cells.js';
import type { FigureDay } from '../src/projections/analytics/document.js';
import { analyticsProjection } from '../src/projections/analytics/projection.js';
import { storedCollections } from '../src/projections/kernel/stored-collections.js';
import { MOST_AT_ONCE } from '../src/workers/projector/level-runs.js';
import { Projector } from '../src/workers/projector/projector.js';
import { MemoryEventStore } from '../test/doubles/memory-event-store.js';
import { openShop } from '../test/fixtures/shop.js';
import type { BenchRow } from './bench-row.js';
import { compareLoads } from './compare-loads.js';
import { medianOf } from './median.js';
import { rawGet } from './raw-request.js';

const EVENTS = 1_000_000;
const INSTRUCTORS = 100;
const DAYS = 365;
const QUARTERS_MS = 900_000;
const first = Date.parse('2025-01-01T00:00:00.000Z');

/** The days of one instructor, as the projection would leave them. */
const daysOf = (instructor: number): readonly FigureDay[] => {
  const days = new Map<string, FigureDay>();
  const each = EVENTS / INSTRUCTORS;
  for (let n = 0; n < each; n += 1) {
    // Spread over the year, at changing times of the day.
    const at = new Date(first + Math.floor((n * DAYS * 96) / each) * QUARTERS_MS).toISOString();
    const place = { dimension: 'instructor', key: `instructor-${instructor}`, instructorId: null, organizationId: null } as const;
    const change = n % 3 === 0 ? { counts: { opened: 1 } } : n % 3 === 1 ? { counts: { captured: 1 }, money: { currency: 'USD', amounts: { gross: '12.50', discounts: '2.50' } } } : { counts: { enrolled: 1 } };
    days.set(at.slice(0, 10), withChange(days.get(at.slice(0, 10)), place, at, change));
  }
  return [...days.values()];
};

const request = (path: string) => (): string => rawGet(path);
const listening = async (app: FastifyInstance): Promise<string> => app.listen({ host: '127.0.0.1', port: 0 });

/** Both sides without the check of a token, which costs both the same. */
const yearOfDays = async (): Promise<BenchRow> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  const readModels = await LmdbReadModels.open({ folder, exclusive: true });
  const [bare, app] = [Fastify(), Fastify()];
  try {
    const generation = await readModels.createGeneration('analytics', analyticsProjection.version, storedCollections(analyticsProjection), new Date());
    for (let instructor = 0; instructor < INSTRUCTORS; instructor += 1) {
      const writes: DocumentWrite[] = daysOf(instructor).map((document) => ({ collection: 'figureDays', id: document.id, document, position: 1n }));
      await readModels.commit([{ generation: { ...generation, checkpoint: BigInt(instructor) }, writes, checkpoint: BigInt(instructor + 1) }]);
    }
    await readModels.activate({ ...generation, checkpoint: BigInt(INSTRUCTORS) });
    const account = { accountId: 'admin', role: 'admin', studentType: null, sessionId: null, organizationId: null } as const;
    app.addSchema(ProblemDetails);
    app.decorateRequest('account', null);
    app.addHook('onRequest', async (asked) => void (asked.account = account));
    await app.register(seriesRoutes({ readModels, commands: { clock: systemClock } }));
    const path = '/analytics/series?instructor=instructor-7&from=2025-01-01&to=2025-12-31&zone=Asia/Kathmandu';
    const { statusCode, body } = await app.inject(path);
    if (statusCode !== 200) throw new Error(body);
    const answer: unknown = JSON.parse(body);
    bare.get('/analytics/series', { schema: { response: { 200: jsonOrCsv(Series) } } }, async () => answer);
    const [baseline, measured] = [await listening(bare), await listening(app)];
    return await compareLoads({
      name: `a year of days of one instructor among ${EVENTS} events (${body.length} bytes), vs a bare GET of the same bytes`,
      target: 0.2,
      baseline: { url: baseline, request: request('/analytics/series') },
      measured: { url: measured, request: request(path) },
    });
  } finally {
    await Promise.all([bare.close(), app.close()]);
    await readModels.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const COURSES = 60;
/** As the program does at full speed; of one purchase alone it makes two steps. */
const BATCH = Number(process.env['FIGURES_BATCH'] ?? MOST_AT_ONCE);
const ROUNDS = 5;

const cpuMsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1_000;
};

/** What it costs to follow the log at all, which other read models do anyway. */
const withoutRules: typeof analyticsProjection = { ...analyticsProjection, rules: [] };

const projected = async (events: readonly RecordedEvent<DomainEvent>[], projection: typeof analyticsProjection): Promise<number> => {
  const store = new MemoryEventStore<DomainEvent>();
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  const readModels = await LmdbReadModels.open({ folder, exclusive: true });
  const projector = new Projector({ store, readModels, projections: [projection], clock: systemClock, batchSize: BATCH });
  try {
    await projector.start();
    if (!(await projector.waitFor(0n, 60_000, [projection.name]))) throw new Error('not level');
    return await cpuMsOf(async () => {
      for (const { stream, position: _place, revision: _revision, ...event } of events) await store.append(stream, 'any', [event]);
      if (!(await projector.waitFor(await store.head(), 60_000, [projection.name]))) throw new Error('not projected');
    });
  } finally {
    await projector.stop();
    await readModels.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Processor time; the log is in memory, so that a purchase costs less than it does on a disk. */
const shareOfPurchases = async (): Promise<BenchRow> => {
  const shop = await openShop();
  try {
    const courses: string[] = [];
    for (let n = 0; n < COURSES; n += 1) courses.push(await shop.course());
    await shop.coupon();
    await shop.settled();
    const before = await shop.store.head();
    const buy = async (by: typeof shop.sam, some: readonly string[]): Promise<void> => {
      for (const course of some) {
        const { status, body } = await shop.send(by, 'POST', '/payments', { ...shop.purchase([course]), userId: by.id, amount: 10, discountCode: 'SPRING' });
        if (status !== 201) throw new Error(JSON.stringify(body));
        await shop.settled();
      }
    };
    await buy(shop.kim, courses);
    const baseline = await cpuMsOf(() => buy(shop.sam, courses));
    const events: RecordedEvent<DomainEvent>[] = [];
    for await (const event of shop.store.readAll({ after: before })) events.push(event);
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push((await projected(events, analyticsProjection)) - (await projected(events, withoutRules)));
    // Two accounts bought all courses.
    const [measured, whole] = [medianOf(rounds) / (2 * COURSES), baseline / COURSES];
    return { name: 'processor time of the figures of a purchase, vs the whole purchase', measured, baseline: whole, unit: 'ms', ratio: measured / whole, target: 0.05, atMost: true };
  } finally {
    await shop.close();
  }
};

export const benchFigures = async (): Promise<readonly BenchRow[]> => [await yearOfDays(), await shareOfPurchases()];
