import { systemClock } from '../../adapters/embedded/system-clock.js';
import type { HttpServices } from '../../http/http-services.js';
import type { AskedMoment, Moment, PastAnswer, PastAnswers, PastRequest } from '../../http/shared/past-answers.js';
import { Problem } from '../../http/shared/problem.js';
import { recentHead, type Position } from '../../ports/event-store.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import { KeptPasts } from './kept-pasts.js';
import { Moments } from './moments.js';
import type { Past } from './past.js';
import { PastApp, type BuildApp } from './past-app.js';

export interface ReplayedAnswersOptions {
  readonly projections: readonly ProjectionDefinition[];
  /** Emptied at the start and the end. */
  readonly folder: string;
  /** Builds the app of the present over other services. */
  readonly build: BuildApp;
  /** How long a request waits for what has to be made (default 5 s). */
  readonly patienceMs?: number;
  /** Called where read models of a moment could not be made. */
  readonly onFailure?: (error: unknown) => void;
}

const PATIENCE_MS = 5_000;
const ERASED_MS = 2_000;
/** A request has an app to itself, for some milliseconds. */
const MOST_APPS = 2;

/** Answers as of a moment, made by replaying the log up to there into read models that are thrown away. */
export class ReplayedAnswers implements PastAnswers {
  readonly #present: Omit<HttpServices, 'past'>;
  readonly #options: ReplayedAnswersOptions;
  readonly #moments: Moments;
  readonly #pasts: KeptPasts;
  readonly #idle: PastApp[] = [];
  readonly #waiting: ((app: PastApp) => void)[] = [];
  #apps = 0;

  constructor(present: Omit<HttpServices, 'past'>, options: ReplayedAnswersOptions) {
    const { store, readModels, commands, progress } = present;
    this.#present = present;
    this.#options = options;
    this.#moments = new Moments(store, () => commands.clock.now());
    const erasuresReached = (): Position | Promise<Position> => progress.reached(['erasures']);
    this.#pasts = new KeptPasts({ store, readModels, erasuresReached, projections: options.projections, folder: options.folder });
  }

  momentOf(asked: AskedMoment): Promise<Moment | undefined> {
    return this.#moments.find(asked);
  }

  async answer(moment: Moment, request: PastRequest): Promise<PastAnswer> {
    const { progress, store } = this.#present;
    if (!(await progress.waitFor(await recentHead(store), ERASED_MS, ['erasures']))) {
      throw new Problem(503, 'read-model-unavailable', 'What was erased cannot be told now: erasures.');
    }
    const past = await this.#pasts.take(moment.position);
    try {
      const kept = past.answers.find(moment, request, systemClock.now());
      if (kept !== undefined) return kept;
      const answer = await this.#answer(past, moment, request);
      if (answer.kind === 'answered') past.answers.keep(moment, request, answer, systemClock.now());
      return answer;
    } finally {
      this.#pasts.letGo(past);
    }
  }

  async close(): Promise<void> {
    await this.#pasts.close();
    for (const app of this.#idle) await app.close();
  }

  async #answer(past: Past, moment: Moment, request: PastRequest): Promise<PastAnswer> {
    let reads: readonly string[] = request.reads;
    for (;;) {
      if (!(await this.#isThere(this.#pasts.complete(past, reads, request.caller)))) return { kind: 'building', percent: Math.floor(past.share * 100) };
      const app = await this.#borrow();
      try {
        const answer = await app.answer(past, moment, request);
        if ('kind' in answer) return answer;
        reads = [...answer];
        if (!reads.every((name) => this.#pasts.makes(name))) throw new Error(`there is no read model ${reads.join(', ')}`);
      } finally {
        this.#giveBack(app);
      }
    }
  }

  /** False: it takes longer than the request should wait, and goes on. */
  async #isThere(made: Promise<void>): Promise<boolean> {
    const { patienceMs = PATIENCE_MS, onFailure } = this.#options;
    const over = new AbortController();
    try {
      return await Promise.race([made.then(() => true), systemClock.after(patienceMs, over.signal).then(() => false)]);
    } catch (error) {
      if (error instanceof Problem) throw error;
      onFailure?.(error);
      throw new Problem(503, 'as-of-failed', 'The read models of that moment could not be made.');
    } finally {
      over.abort();
      made.catch(() => undefined);
    }
  }

  async #borrow(): Promise<PastApp> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#apps >= MOST_APPS) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#apps += 1;
    return new PastApp({ ...this.#present, past: null }, this.#options.build);
  }

  #giveBack(app: PastApp): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(app);
    else next(app);
  }
}
