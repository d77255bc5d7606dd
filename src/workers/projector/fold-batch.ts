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
  seen: Position;
  position: Position;
}

interface Step {
  readonly rule: ProjectionRule;
  readonly event: DomainRecord;
  readonly slot: Slot;
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

/** The changes of one batch in one run: every document is loaded once, changed in memory in log order, and written once. */
class RunBatch {
  readonly #run: ProjectionRun;
  readonly #slots = new Map<string, Map<string, Slot>>();
  readonly #numberings = new Map<string, Numbering>();
  #steps: Step[] = [];
  #failure: Failure | undefined;

  constructor(run: ProjectionRun) {
    this.#run = run;
    for (const { name, numbered } of run.definition.collections) if (numbered === true) this.#numberings.set(name, new Numbering(name));
  }

  add(rule: ProjectionRule, event: DomainRecord): void {
    if (this.#failure !== undefined) return;
    try {
      for (const id of rule.ids(event)) this.#steps.push({ rule, event, slot: this.#slot(rule.collection, id) });
    } catch (error) {
      this.#failure = failureOf(event, error);
    }
  }

  async load(readModels: ReadModelStore): Promise<void> {
    await Promise.all(
      [...this.#slots].map(async ([collection, slots]) => {
        const ids = [...slots.keys()];
        await this.#numberings.get(collection)?.load(readModels, this.#run, ids);
        const documents = await readModels.load(this.#run.generation, collection, ids);
        let place = 0;
        for (const slot of slots.values()) {
          slot.before = slot.now = documents[place]?.document;
          slot.seen = documents[place]?.position ?? 0n;
          place += 1;
        }
      }),
    );
  }

  fold(events: readonly DomainRecord[], position: Position): FoldedRun {
    this.#truncate();
    while (!this.#apply()) this.#truncate();
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
    if (slot === undefined) slots.set(id, (slot = { collection, id, before: undefined, now: undefined, seen: 0n, position: 0n }));
    return slot;
  }

  #apply(): boolean {
    for (const { rule, event, slot } of this.#steps) {
      if (event.position <= slot.seen) continue;
      try {
        const numbering = this.#numberings.get(slot.collection);
        const document = rule.apply(slot.now, event, slot.id, numbering?.numberOf(slot.id) ?? 0);
        if (document !== undefined && document.id !== slot.id) throw new Error(`document ${document.id} for the id ${slot.id}`);
        if (document !== undefined) numbering?.give(slot.id, event.position);
        slot.now = document;
        slot.position = event.position;
      } catch (error) {
        this.#failure = failureOf(event, error);
        return false;
      }
    }
    return true;
  }

  // Drops all changes of the event that failed, also those of its first rules.
  #truncate(): void {
    const failed = this.#failure?.event.position;
    if (failed === undefined) return;
    this.#steps = this.#steps.filter(({ event }) => event.position < failed);
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

  /** Numbers first: where there are no transactions a document without its number could not be told from an old one. */
  #writes(): readonly DocumentWrite[] {
    const writes: DocumentWrite[] = [...this.#numberings.values()].flatMap((numbering) => numbering.writes());
    for (const slots of this.#slots.values()) {
      for (const { collection, id, before, now, position } of slots.values()) {
        if (now !== before) writes.push({ collection, id, document: now, position });
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
  return [...batches.values()].map((batch) => batch.fold(events, position));
};
