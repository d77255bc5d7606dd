import type { DomainRecord, ProjectionRule } from '../../projections/kernel/projection.js';
import type { Position } from '../../ports/event-store.js';
import type { DocumentWrite, GenerationCommit, ReadModelStore } from '../../ports/read-model-store.js';
import type { Document } from '../../ports/read-models.js';
import { Numbering } from './numbering.js';
import type { ProjectionRun, RunRule } from './projection-run.js';

interface Slot {
  readonly collection: string;
  readonly id: string;
  before: Document | undefined;
  now: Document | undefined;
  isLoaded: boolean;
  seen: Position;
  position: Position;
}

interface Step {
  readonly rule: ProjectionRule;
  readonly event: DomainRecord;
  /** The document of a rule that looks nothing up. */
  readonly slot: Slot | null;
  readonly lookedUp: readonly Slot[];
}

interface Failure {
  readonly event: DomainRecord;
  readonly reason: string;
}

export interface FoldedRun {
  readonly run: ProjectionRun;
  readonly commit: GenerationCommit;
  readonly failure: string | null;
  /** The last number of each numbered collection, once it is committed. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** What people are told of an event that could not be applied. */
export const reasonOf = ({ type, id, stream, revision }: DomainRecord, error: unknown): string =>
  `${type} ${id} (${stream}, revision ${revision}): ${error instanceof Error ? error.message : String(error)}`;

const failureOf = (event: DomainRecord, error: unknown): Failure => ({ event, reason: reasonOf(event, error) });

/**
 * The changes of one batch in one run: every document is loaded once, changed in memory in log order, and written once. Documents
 * that others name are known only while the batch is applied: it is applied anew once they are loaded.
 */
class RunBatch {
  readonly #run: ProjectionRun;
  readonly #slots = new Map<string, Map<string, Slot>>();
  readonly #numberings = new Map<string, Numbering>();
  readonly #writtenOnce: ReadonlySet<string>;
  #steps: Step[] = [];
  #failure: Failure | undefined;

  constructor(run: ProjectionRun) {
    this.#run = run;
    this.#writtenOnce = new Set(run.definition.collections.flatMap(({ name, writtenOnce }) => (writtenOnce === true ? [name] : [])));
    for (const { name, numbered } of run.definition.collections) if (numbered === true) this.#numberings.set(name, new Numbering(name));
  }

  add(rule: ProjectionRule, event: DomainRecord): void {
    if (this.#failure !== undefined) return;
    try {
      if (rule.lookup !== undefined) {
        const { collection, ids } = rule.lookup;
        this.#steps.push({ rule, event, slot: null, lookedUp: ids(event).map((id) => this.#slot(collection, id)) });
        return;
      }
      for (const id of rule.ids(event, [])) this.#steps.push({ rule, event, slot: this.#slot(rule.collection, id), lookedUp: [] });
    } catch (error) {
      this.#failure = failureOf(event, error);
    }
  }

  async load(readModels: ReadModelStore): Promise<void> {
    await Promise.all(
      [...this.#slots].map(async ([collection, all]) => {
        const slots = [...all.values()].filter(({ isLoaded }) => !isLoaded);
        if (slots.length === 0) return;
        const ids = slots.map(({ id }) => id);
        await this.#numberings.get(collection)?.load(readModels, this.#run, ids);
        const documents = await readModels.load(this.#run.generation, collection, ids);
        for (const [place, slot] of slots.entries()) {
          slot.isLoaded = true;
          slot.before = slot.now = documents[place]?.document;
          slot.seen = documents[place]?.position ?? 0n;
        }
      }),
    );
  }

  async fold(readModels: ReadModelStore, events: readonly DomainRecord[], position: Position): Promise<FoldedRun> {
    this.#truncate();
    for (let outcome = this.#apply(); outcome !== 'applied'; outcome = this.#apply()) {
      if (outcome === 'lacking') await this.load(readModels);
      else this.#truncate();
      this.#reset();
    }
    const failure = this.#failure;
    const checkpoint = failure === undefined ? position : this.#positionBefore(failure.event, events);
    const commit = { generation: this.#run.generation, writes: this.#writes(), checkpoint };
    const numbers = new Map([...this.#run.numbers, ...this.#newNumbers()]);
    return { run: this.#run, commit, failure: failure?.reason ?? null, numbers };
  }

  #slot(collection: string, id: string): Slot {
    let slots = this.#slots.get(collection);
    if (slots === undefined) this.#slots.set(collection, (slots = new Map<string, Slot>()));
    let slot = slots.get(id);
    if (slot === undefined) slots.set(id, (slot = { collection, id, before: undefined, now: undefined, isLoaded: this.#writtenOnce.has(collection), seen: 0n, position: 0n }));
    return slot;
  }

  /** lacking: documents that looked up ones name are not loaded yet. */
  #apply(): 'applied' | 'failed' | 'lacking' {
    let isLacking = false;
    for (const step of this.#steps) {
      try {
        const found = step.lookedUp.flatMap(({ now }) => now ?? []);
        const slots = step.slot === null ? step.rule.ids(step.event, found).map((id) => this.#slot(step.rule.collection, id)) : [step.slot];
        for (const slot of slots) {
          if (slot.isLoaded) this.#change(slot, step, found);
          else isLacking = true;
        }
      } catch (error) {
        // A rule may fail because a document is lacking.
        if (isLacking) break;
        this.#failure = failureOf(step.event, error);
        return 'failed';
      }
    }
    return isLacking ? 'lacking' : 'applied';
  }

  #change(slot: Slot, { rule, event }: Step, found: readonly Document[]): void {
    if (event.position <= slot.seen) return;
    const numbering = this.#numberings.get(slot.collection);
    const document = rule.apply(slot.now, event, slot.id, numbering?.numberOf(slot.id) ?? 0, found);
    if (document !== undefined && document.id !== slot.id) throw new Error(`document ${document.id} for the id ${slot.id}`);
    if (document !== undefined) numbering?.give(slot.id, event.position);
    slot.now = document;
    slot.position = event.position;
  }

  // Drops all changes of the event that failed, also those of its first rules.
  #truncate(): void {
    const failed = this.#failure?.event.position;
    if (failed === undefined) return;
    this.#steps = this.#steps.filter(({ event }) => event.position < failed);
  }

  #reset(): void {
    for (const slots of this.#slots.values()) for (const slot of slots.values()) slot.now = slot.before;
    for (const numbering of this.#numberings.values()) numbering.forgetGiven();
  }

  #positionBefore(event: DomainRecord, events: readonly DomainRecord[]): Position {
    const before = events[events.indexOf(event) - 1]?.position ?? 0n;
    const { position } = this.#run;
    return before > position ? before : position;
  }

  /** Only of collections whose numbers were looked up. */
  *#newNumbers(): Generator<[string, number]> {
    for (const [collection, numbering] of this.#numberings) if (this.#slots.has(collection)) yield [collection, numbering.last];
  }

  /** Numbers first: without transactions a document without its number could not be told from an old one. Then as declared. */
  #writes(): readonly DocumentWrite[] {
    const writes: DocumentWrite[] = [...this.#numberings.values()].flatMap((numbering) => numbering.writes());
    for (const { name } of this.#run.definition.collections) {
      for (const { collection, id, before, now, position } of this.#slots.get(name)?.values() ?? []) {
        if (now !== before) writes.push({ collection, id, document: now, position, writtenOnce: this.#writtenOnce.has(name) });
      }
    }
    return writes;
  }
}

/** Applies a stretch of the log in memory to the runs that it concerns; each skips the events that it has. Writes nothing. */
export const foldBatch = async (
  readModels: ReadModelStore,
  rules: ReadonlyMap<string, readonly RunRule[]>,
  events: readonly DomainRecord[],
  position: Position,
): Promise<readonly FoldedRun[]> => {
  const batches = new Map<ProjectionRun, RunBatch>();
  for (const event of events) {
    for (const { run, rule } of rules.get(event.type) ?? []) {
      if (event.position <= run.position) continue;
      let batch = batches.get(run);
      if (batch === undefined) batches.set(run, (batch = new RunBatch(run)));
      batch.add(rule, event);
    }
  }
  await Promise.all([...batches.values()].map((batch) => batch.load(readModels)));
  return Promise.all([...batches.values()].map((batch) => batch.fold(readModels, events, position)));
};
