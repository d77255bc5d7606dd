import type { DocumentWrite, FanOutPlace, ReadModelStore } from '../../ports/read-model-store.js';
import type { Scalar } from '../../ports/read-models.js';
import type { DomainRecord, FanOutRule } from '../../projections/kernel/projection.js';
import { foldBatch, reasonOf } from './fold-batch.js';
import { rulesByType, type ProjectionRun } from './projection-run.js';
import type { Turn } from './run-group.js';

const DOCUMENTS_AT_ONCE = 500;

/** What an event without other rules does. */
const NOTHING = { failure: null, commit: { writes: [] }, numbers: null };

/** A rule threw: the projection stops, the store is sound. */
class RuleFailed extends Error {
  override readonly name = 'RuleFailed';
}

/** One event that changes all documents which an index finds. */
class FanOut {
  readonly #readModels: ReadModelStore;
  readonly #run: ProjectionRun;
  readonly #event: DomainRecord;

  constructor(readModels: ReadModelStore, run: ProjectionRun, event: DomainRecord) {
    this.#readModels = readModels;
    this.#run = run;
    this.#event = event;
  }

  async apply(turn: Turn): Promise<void> {
    if (this.#run.generation.fanOut === null) await turn(() => this.#begin());
    for (const [place, rule] of (this.#run.definition.fanOuts ?? []).entries()) {
      const value = rule.eventType === this.#event.type ? this.#attempt(() => rule.value(this.#event)) : undefined;
      while (value !== undefined && (await turn(() => this.#slice(rule, value, place))));
    }
    await turn(() => this.#commit([], null));
    this.#run.position = this.#event.position;
  }

  /** The other rules of the event, in one commit with the mark that they are done. */
  async #begin(): Promise<void> {
    const [{ failure, commit, numbers } = NOTHING] = await foldBatch(this.#readModels, rulesByType([this.#run]), [this.#event], this.#event.position);
    if (failure !== null) throw new RuleFailed(failure);
    await this.#commit(commit.writes, { position: this.#event.position, rule: 0, after: '' });
    if (numbers !== null) this.#run.numbers = numbers;
  }

  /** The next documents in the order of their ids. False: there are none left for this rule. */
  async #slice(rule: FanOutRule, value: Scalar, place: number): Promise<boolean> {
    const { generation } = this.#run;
    const { rule: reached = 0, after = '' } = generation.fanOut ?? {};
    if (place < reached) return false;
    const filter = { [rule.field]: value, id: { $gt: place === reached ? after : '' } };
    const found = await this.#readModels.findIn(generation, rule.collection, { filter, sort: { id: 1 }, limit: DOCUMENTS_AT_ONCE });
    const last = found.at(-1);
    if (last === undefined) return false;
    const kept = await this.#readModels.load(generation, rule.collection, found.map(({ id }) => id));
    const { position } = this.#event;
    const writes = kept.flatMap(({ document, position: seen }): readonly DocumentWrite[] => {
      // Without transactions a crash may have left documents that are done already.
      if (document === undefined || seen >= position) return [];
      const changed = this.#attempt(() => rule.apply(document, this.#event));
      return changed === document ? [] : [{ collection: rule.collection, id: document.id, document: changed, position }];
    });
    await this.#commit(writes, { position, rule: place, after: last.id });
    return true;
  }

  async #commit(writes: readonly DocumentWrite[], fanOut: FanOutPlace | null): Promise<void> {
    const checkpoint = fanOut === null ? this.#event.position : this.#run.position;
    const { generation } = this.#run;
    await this.#readModels.commit([{ generation, writes, checkpoint, fanOut }]);
    this.#run.generation = { ...generation, checkpoint, fanOut };
  }

  #attempt<Result>(rule: () => Result): Result {
    try {
      return rule();
    } catch (error) {
      throw new RuleFailed(reasonOf(this.#event, error));
    }
  }
}

/**
 * Changes every document that an index finds, a slice at a time, each within a turn. A slice is committed with the place
 * that it came to, so that a crash changes no document twice; the checkpoint follows last.
 */
export const fanOut = async (readModels: ReadModelStore, run: ProjectionRun, event: DomainRecord, turn: Turn): Promise<void> => {
  try {
    await new FanOut(readModels, run, event).apply(turn);
  } catch (error) {
    if (!(error instanceof RuleFailed)) throw error;
    run.failure = error.message;
  }
};
