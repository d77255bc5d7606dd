import type { FastifyInstance } from 'fastify';
import { CommandHandler } from '../../commands/write-path/command-handler.js';
import { DeferredWork } from '../../commands/deferred-work.js';
import { EventCodec } from '../../domain/event-codec.js';
import type { DomainEvent } from '../../domain/events.js';
import type { HttpServices } from '../../http/http-services.js';
import type { Moment, PastAnswer, PastRequest } from '../../http/shared/past-answers.js';
import type { EventStore } from '../../ports/event-store.js';
import type { FileStore } from '../../ports/file-store.js';
import { ReadModelsUnavailable, type CollectionDefinition, type ReadModels } from '../../ports/read-models.js';
import { CacheBudget, CacheShare } from '../../primitives/cache-budget.js';
import type { Past } from './past.js';
import { PastLog } from './past-log.js';

export type BuildApp = (services: HttpServices) => Promise<FastifyInstance>;

/** What an app is looking at for the time of one request. */
interface View {
  readonly past: Past;
  readonly at: Date;
  readonly log: PastLog;
  /** With the erasures that came later: for use cases, which look for accounts that were deleted. */
  readonly folded: PastLog;
  readonly missed: Set<string>;
}

/** Of callers' tokens and the like; documents are kept with their read models. */
const CACHE_BYTES = 4 * 1_048_576;

const refuse = (): Promise<never> => Promise.reject(new Error('nothing is changed in what was'));

/** The log that `current` gives at each call. */
const logOf = (scale: EventStore['scale'], current: () => PastLog): EventStore<DomainEvent> => ({
  shared: false,
  scale,
  append: refuse,
  readStream: (...args) => current().readStream(...args),
  readAll: (...args) => current().readAll(...args),
  subscribe: (...args) => current().subscribe(...args),
  head: () => current().head(),
  close: async () => undefined,
});

/** A read model that the route does not say it reads may be read in some cases: it is noted, and the question is asked again. */
const readModelsOf = (view: () => View): ReadModels => {
  const of = ({ projection }: CollectionDefinition): ReadModels => {
    const { past, missed } = view();
    const found = past.readModelsOf(projection);
    if (found !== undefined) return found;
    missed.add(projection);
    throw new ReadModelsUnavailable(`${projection} was not made for this moment`);
  };
  return {
    get: async (collection, id) => of(collection).get(collection, id),
    getMany: async (collection, ids) => of(collection).getMany(collection, ids),
    find: async (collection, query) => of(collection).find(collection, query),
    count: async (collection, filter) => of(collection).count(collection, filter),
  };
};

const readOnly = (files: FileStore): FileStore => ({
  put: refuse,
  delete: refuse,
  get: (...args) => files.get(...args),
  stat: (...args) => files.stat(...args),
  list: (...args) => files.list(...args),
  check: () => files.check(),
});

const servicesOf = (present: HttpServices, view: () => View, at: () => Date | undefined): HttpServices => {
  const { commands, store, readModels, progress } = present;
  // While the app is built it looks at no moment.
  const clock = { now: () => at() ?? commands.clock.now(), until: commands.clock.until.bind(commands.clock), after: commands.clock.after.bind(commands.clock) };
  const handler = new CommandHandler({ store: logOf(store.scale, () => view().folded), codec: new EventCodec(), clock, cache: new CacheShare(0) });
  return {
    ...present,
    commands: { ...commands, clock, handler, tries: null, deferred: new DeferredWork() },
    readModels: readModelsOf(view),
    callers: { readModels, progress },
    store: logOf(store.scale, () => view().log),
    progress: { waitFor: async () => true, reached: () => view().past.position, unavailable: () => [], lag: async () => [] },
    files: readOnly(present.files),
    // Nothing is asked of anybody outside.
    gateway: null,
    videos: null,
    config: { ...present.config, rateLimit: false },
    caches: new CacheBudget(CACHE_BYTES),
    past: null,
  };
};

/** The whole app over one moment at a time. A request has it to itself. */
export class PastApp {
  readonly #present: HttpServices;
  #view: View | undefined;
  #app: Promise<FastifyInstance> | undefined;
  readonly #build: BuildApp;

  constructor(present: HttpServices, build: BuildApp) {
    this.#present = present;
    this.#build = build;
  }

  /** The answer, or the read models that it needs beside those that were made. */
  async answer(past: Past, { position: end, at }: Moment, { method, url, headers, remoteAddress }: PastRequest): Promise<PastAnswer | ReadonlySet<string>> {
    this.#app ??= this.#build(servicesOf(this.#present, () => this.#looking(), () => this.#view?.at));
    const app = await this.#app.catch((error: unknown) => {
      this.#app = undefined;
      throw error;
    });
    const { store } = this.#present;
    const missed = new Set<string>();
    this.#view = { past, at, missed, log: new PastLog({ store, end }), folded: new PastLog({ store, end, later: past.later }) };
    try {
      const answer = await app.inject({ method, url, headers: { ...headers }, remoteAddress });
      return missed.size > 0 ? missed : { kind: 'answered', status: answer.statusCode, headers: answer.headers, body: answer.rawPayload };
    } finally {
      this.#view = undefined;
    }
  }

  async close(): Promise<void> {
    await (await this.#app)?.close();
  }

  #looking(): View {
    if (this.#view === undefined) throw new Error('this app is asked for no moment now');
    return this.#view;
  }
}
