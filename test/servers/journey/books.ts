import type { Test } from 'tap';
import { connect } from 'nats';
import { systemClock } from '../../../src/adapters/embedded/system-clock.js';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { EventStoreDbStore } from '../../../src/adapters/eventstoredb/event-store-db-store.js';
import { MongoReadModels } from '../../../src/adapters/mongodb/read-models.js';
import { allProjections } from '../../../src/projections/index.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { RecordedEvent } from '../../../src/ports/event-store.js';
import type { ReadModels } from '../../../src/ports/read-models.js';
import { Projector } from '../../../src/workers/projector/projector.js';
import { StoredProjectionProgress } from '../../../src/workers/projector/stored-progress.js';
import { replayStanding } from '../../fixtures/replay-standing.js';
import { eventually } from './client.js';
import type { Deployment } from './deployment.js';
import { openWork } from './open-work.js';

export type Recorded = RecordedEvent<DomainEvent>;

const everyProjection = allProjections.map(({ name }) => name);
const LONG_MS = 180_000;

const documentsOf = async (readModels: ReadModels): Promise<ReadonlyMap<string, object>> => {
  const documents = new Map<string, object>();
  for (const { collections } of allProjections) {
    for (const collection of collections) {
      for (const document of await readModels.find(collection, {})) {
        documents.set(`${collection.projection}/${collection.name}/${document.id}`, document);
      }
    }
  }
  return documents;
};

/** An auditor's view: log, read models and bus, read past the program. */
export class Books {
  readonly store: EventStoreDbStore;
  readonly readModels: MongoReadModels;
  readonly #deployment: Deployment;
  /** Events of other programs on a shared server. */
  readonly before: readonly Recorded[];
  readonly #log: Recorded[] = [];

  private constructor(deployment: Deployment, store: EventStoreDbStore, readModels: MongoReadModels, before: readonly Recorded[]) {
    this.#deployment = deployment;
    this.store = store;
    this.readModels = readModels;
    this.before = before;
  }

  static async open(t: Test, deployment: Deployment): Promise<Books> {
    const { mongod, eventStoreUrl } = deployment.servers;
    const store = new EventStoreDbStore({ connectionString: eventStoreUrl });
    const readModels = await MongoReadModels.open({ url: mongod.url() });
    t.teardown(async () => {
      await store.close();
      await readModels.close();
    });
    const before: Recorded[] = [];
    for await (const event of store.readAll()) before.push(event);
    return new Books(deployment, store, readModels, before);
  }

  /** The log from the opening of the books up to now. */
  async log(): Promise<readonly Recorded[]> {
    const after = (this.#log.at(-1) ?? this.before.at(-1))?.position ?? 0n;
    for await (const event of this.store.readAll({ after })) this.#log.push(event);
    return this.#log;
  }

  /** Nothing is under way any more: no mail, no invoice, no hold, and the log does not grow while the read models are level. */
  async settled(): Promise<readonly Recorded[]> {
    const progress = new StoredProjectionProgress({ store: this.store, readModels: this.readModels, projections: allProjections, clock: systemClock });
    let open: readonly string[] = [];
    const look = async (): Promise<readonly Recorded[] | undefined> => {
      const before = (await this.log()).length;
      await this.#completeRefunds();
      open = openWork(this.#log);
      if (open.length > 0) return undefined;
      const isLevel = await progress.waitFor(await this.store.head(), 10_000, everyProjection);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return isLevel && (await this.log()).length === before ? this.#log : undefined;
    };
    return eventually('everything settled', look, LONG_MS).catch((error: unknown) => {
      throw new Error(`still open: ${open.slice(0, 20).join(', ')}`, { cause: error });
    });
  }

  /** The banks come to the end of the refunds that they took their time for. */
  async #completeRefunds(): Promise<void> {
    const { provider } = this.#deployment;
    for (const refund of await provider.call('pendingRefunds')) await provider.call('settleRefund', refund, 'succeed');
  }

  served(): Promise<ReadonlyMap<string, object>> {
    return documentsOf(this.readModels);
  }

  /** The documents of read models that were never disturbed. */
  async replayed(t: Test): Promise<ReadonlyMap<string, object>> {
    const readModels = await LmdbReadModels.open({ folder: t.testdir(), scanLimit: Number.MAX_SAFE_INTEGER });
    const failures: unknown[] = [];
    const projector = new Projector({ store: this.store, readModels, projections: allProjections, clock: systemClock, onError: (error) => failures.push(error) });
    await projector.start();
    const head = await this.store.head();
    const isLevel = await projector.waitFor(head, LONG_MS, everyProjection);
    if (!isLevel) throw new Error(`the replay did not come to its end: ${await replayStanding(projector, failures)}`);
    const documents = await documentsOf(readModels);
    await projector.stop();
    await readModels.close();
    return documents;
  }

  /** The ids of the events on the bus, each once, in order. */
  async published(): Promise<readonly string[]> {
    const connection = await connect({ servers: this.#deployment.servers.nats.url });
    try {
      const { streams } = await connection.jetstreamManager();
      const { state } = await streams.info('REGISTRAR_EVENTS');
      const ids = new Set<string>();
      for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
        const message = await streams.getMessage('REGISTRAR_EVENTS', { seq });
        ids.add(message.header.get('Registrar-Event-Id'));
      }
      return [...ids];
    } finally {
      await connection.close();
    }
  }
}
