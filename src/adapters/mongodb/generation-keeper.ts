import type { Db } from 'mongodb';
import type { Position } from '../../ports/event-store.js';
import { GenerationConflict, type Generation, type GenerationFailure } from '../../ports/read-model-store.js';
import type { CollectionDefinition } from '../../ports/read-models.js';
import { CHANGES, documentsOf, generationId, type Control, type GenerationRecord } from './control.js';
import { generationRecords, type GenerationCache } from './generation-cache.js';
import { declareIndexes } from './indexes.js';
import { sweep, type SweepOptions } from './sweep.js';
import { currentFence } from './tenure.js';
import { rewriteWords } from './text-words.js';

const SWEEP_EVERY_MS = 30_000;

type Fence = bigint | undefined;

export class GenerationKeeper {
  readonly #database: Db;
  readonly #control: Control;
  readonly #cache: GenerationCache;
  readonly #options: SweepOptions;
  #sweeping: Promise<void> | undefined;
  #swept = -Infinity;

  constructor(database: Db, control: Control, cache: GenerationCache, options: SweepOptions) {
    this.#database = database;
    this.#control = control;
    this.#cache = cache;
    this.#options = options;
  }

  async create(projection: string, version: number, definitions: readonly CollectionDefinition[], now: Date, fence: Fence): Promise<GenerationRecord> {
    await this.assertOwned(fence);
    const counted = await this.#control.projections.findOneAndUpdate(
      { _id: projection },
      { $inc: { lastGeneration: 1 } },
      { upsert: true, returnDocument: 'after' },
    );
    const generation = counted?.lastGeneration ?? 1;
    const record: GenerationRecord = {
      _id: generationId({ projection, generation }),
      projection,
      version,
      generation,
      state: 'building',
      checkpoint: '0',
      fence: fence ?? 0n,
      collections: definitions.map(({ name, text = [] }) => ({ name, text })),
      createdAt: now.toISOString(),
      failure: null,
    };
    await this.#control.generations.insertOne(record);
    for (const definition of definitions) await declareIndexes(documentsOf(this.#database, record, definition.name), definition);
    await this.#changed();
    return record;
  }

  /** Serves first, the others go afterwards: at every moment there is one that serves. */
  async activate(generation: Generation, fence: Fence): Promise<void> {
    await this.#update(generation, fence, [{ $set: { state: 'serving' } }]);
    await this.#control.generations.updateMany(
      { projection: generation.projection, _id: { $ne: generationId(generation) }, state: { $ne: 'retired' } },
      [{ $set: { state: 'retired', retiredAt: '$$NOW' } }],
    );
    await this.#changed();
    await this.#sweep();
  }

  async drop(generation: Generation, fence: Fence): Promise<void> {
    await this.assertOwned(fence);
    if ((await this.#cache.get(generationId(generation))) === undefined) return;
    const isRead = { $eq: ['$state', 'serving'] };
    await this.#update(generation, fence, [{ $set: { state: 'retired', retiredAt: { $cond: [isRead, '$$NOW', new Date(0)] } } }]);
    await this.#changed();
    await this.#sweep();
  }

  async recordFailure(generation: Generation, failure: GenerationFailure | null, fence: Fence): Promise<void> {
    await this.#update(generation, fence, [{ $set: { failure: { $literal: failure } } }]);
    await this.#changed();
  }

  async ensureIndexes(generation: Generation, definitions: readonly CollectionDefinition[], fence: Fence): Promise<void> {
    await this.assertOwned(fence);
    const record = await this.#cache.get(generationId(generation));
    if (record === undefined) throw new GenerationConflict(`generation ${generation.generation} of ${generation.projection} is gone`);
    for (const definition of definitions) {
      const collection = documentsOf(this.#database, record, definition.name);
      const searched = record.collections.find(({ name }) => name === definition.name)?.text ?? [];
      const isSearchedAlike = searched.join() === (definition.text ?? []).join();
      await declareIndexes(collection, definition);
      if (!isSearchedAlike) await rewriteWords(collection, definition.text ?? []);
    }
    const collections = definitions.map(({ name, text = [] }) => ({ name, text }));
    await this.#update(generation, fence, [{ $set: { collections } }]);
  }

  /** Those that shared the checkpoint until now keep it first, so that a crash between the two steps loses nothing. */
  async share(generations: readonly Generation[], position: Position, fence: Fence): Promise<void> {
    const sharing = generations.map(generationId);
    const before = await this.#control.changes.findOne({ _id: CHANGES });
    const left = before?.sharing?.filter((id) => !sharing.includes(id)) ?? [];
    const owned = fence === undefined ? {} : { fence: { $lte: fence } };
    for (const { _id, checkpoint } of await generationRecords(this.#control)) {
      if (left.includes(_id)) await this.#control.generations.updateOne({ _id, ...owned }, { $set: { checkpoint } });
    }
    const change = { $set: { sharing, checkpoint: position.toString(), ...(fence === undefined ? {} : { fence }) }, $inc: { changes: 1n } };
    const guard = fence === undefined ? {} : { $nor: [{ fence: { $gt: fence } }] };
    const { matchedCount } = await this.#control.changes.updateOne({ _id: CHANGES, ...guard }, change);
    if (matchedCount === 0) throw ended(fence ?? 0n);
  }

  async assertOwned(fence: Fence): Promise<void> {
    if (fence !== undefined && (await currentFence(this.#control)) > fence) throw ended(fence);
  }

  /** In the background: who holds the lease looks after what is left over. */
  sweepNowAndThen(): void {
    if (performance.now() - this.#swept > SWEEP_EVERY_MS) void this.#sweep().catch(() => undefined);
  }

  async idle(): Promise<void> {
    await this.#sweeping?.catch(() => undefined);
  }

  async #update(generation: Generation, fence: Fence, change: object[]): Promise<void> {
    const owned = fence === undefined ? {} : { fence: { $lte: fence } };
    const { matchedCount } = await this.#control.generations.updateOne(
      { _id: generationId(generation), state: { $ne: 'retired' }, ...owned },
      change,
    );
    await this.#cache.read();
    if (matchedCount > 0) return;
    await this.assertOwned(fence);
    throw new GenerationConflict(`generation ${generation.generation} of ${generation.projection} is gone`);
  }

  async #changed(): Promise<void> {
    await this.#control.changes.updateOne({ _id: CHANGES }, { $inc: { changes: 1n } }, { upsert: true });
    await this.#cache.read();
  }

  async #sweep(): Promise<void> {
    this.#swept = performance.now();
    const before = this.#sweeping;
    const sweeping = Promise.resolve(before)
      .catch(() => undefined)
      .then(() => sweep(this.#database, this.#control, this.#options));
    this.#sweeping = sweeping;
    await sweeping;
  }
}

const ended = (fence: bigint): GenerationConflict => new GenerationConflict(`another projector works since tenure ${fence}`);
