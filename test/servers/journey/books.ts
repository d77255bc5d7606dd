import type { Test } from 'tap';
import { connect } from 'nats';
import { systemClock } from '../../../src/adapters/embedded/system-clock.js';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { EventStoreDbStore } from '../../../src/adapters/eventstoredb/event-store-db-store.js';
import { MongoReadModels } from '../../../src/adapters/mongodb/read-models.js';
import { allProjections } from '../../../src/composition/projections.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { RecordedEvent } from '../../../src/ports/event-store.js';
import type { ReadModels } from '../../../src/ports/read-models.js';
import { Projector } from '../../../src/workers/projector.js';
import { StoredProjectionProgress } from '../../../src/workers/projector/stored-progress.js';
import { eventually } from './client.js';
import type { Deployment } from './deployment.js';

export type Recorded = RecordedEvent<DomainEvent>;

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

/** What an auditor looks at: the log, the read models and the bus, past the program. */
export class Books {
  readonly store: EventStoreDbStore;
  readonly readModels: MongoReadModels;
  readonly #deployment: Deployment;
  readonly #log: Recorded[] = [];

  private constructor(deployment: Deployment, store: EventStoreDbStore, readModels: MongoReadModels) {
    this.#deployment = deployment;
    this.store = store;
    this.readModels = readModels;
  }

  static async open(t: Test, deployment: Deployment): Promise<Books> {
    const { mongod, eventStoreUrl } = deployment.servers;
    const store = new EventStoreDbStore({ connectionString: eventStoreUrl });
    const readModels = await MongoReadModels.open({ url: mongod.url() });
    t.teardown(async () => {
      await store.close();
      await readModels.close();
    });
    return new Books(deployment, store, readModels);
  }

  /** The log up to now. */
  async log(): Promise<readonly Recorded[]> {
    for await (const event of this.store.readAll({ after: this.#log.at(-1)?.position ?? 0n })) this.#log.push(event);
    return this.#log;
  }

  /** Nothing is under way any more: no mail, no invoice, no hold, and the log does not grow while the read models are level. */
  async settled(): Promise<readonly Recorded[]> {
    const progress = new StoredProjectionProgress({ store: this.store, readModels: this.readModels, projections: allProjections, clock: systemClock });
    let open: readonly string[] = [];
    const look = async (): Promise<readonly Recorded[] | undefined> => {
      const before = (await this.log()).length;
      open = whatIsOpen(this.#log);
      if (open.length > 0) return undefined;
      const isLevel = await progress.waitFor(await this.store.head(), 10_000);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return isLevel && (await this.log()).length === before ? this.#log : undefined;
    };
    return eventually('everything settled', look, LONG_MS).catch((error: unknown) => {
      throw new Error(`still open: ${open.slice(0, 20).join(', ')}`, { cause: error });
    });
  }

  served(): Promise<ReadonlyMap<string, object>> {
    return documentsOf(this.readModels);
  }

  /** The documents of read models that were never disturbed. */
  async replayed(t: Test): Promise<ReadonlyMap<string, object>> {
    const readModels = await LmdbReadModels.open({ folder: t.testdir(), scanLimit: Number.MAX_SAFE_INTEGER });
    const projector = new Projector({ store: this.store, readModels, projections: allProjections, clock: systemClock });
    await projector.start();
    const head = await this.store.head();
    const isLevel = await projector.waitFor(head, LONG_MS);
    if (!isLevel) throw new Error('the replay did not come to its end');
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

/** What was begun in the log and is not ended there. */
const whatIsOpen = (log: readonly Recorded[]): readonly string[] => {
  const open = new Set<string>();
  for (const { type, data } of log) {
    switch (type) {
      case 'OtpIssued':
        open.add(`code mail of ${data.otpId}`);
        break;
      case 'StudentEnrolled':
        open.add(`confirmation of ${data.studentId} ${data.courseId}`);
        break;
      case 'MailRequested':
        open.add(`mail ${data.mailId}`);
        if (data.template === 'payment-receipt') open.delete(`receipt of ${data.references['paymentId']}`);
        else if (data.template === 'enrollment-confirmation') open.delete(`confirmation of ${data.accountId} ${data.references['courseId']}`);
        else open.delete(`code mail of ${data.references['otpId']}`);
        break;
      case 'MailSent':
      case 'MailAbandoned':
      case 'MailWithdrawn':
        open.delete(`mail ${data.mailId}`);
        break;
      case 'EnrollmentHeld':
        open.add(`hold of ${data.paymentId}`);
        break;
      case 'EnrollmentHoldReleased':
        open.delete(`hold of ${data.paymentId}`);
        break;
      case 'AccessGranted':
        open.delete(`hold of ${data.grantId}`);
        break;
      case 'CourseSeatReserved':
        open.add(`seat of ${data.holdId}`);
        break;
      case 'CourseSeatTaken':
      case 'CourseSeatReleased':
        open.delete(`seat of ${data.holdId}`);
        break;
      case 'CouponReserved':
        open.add(`coupon of ${data.paymentId}`);
        break;
      case 'CouponRedeemed':
      case 'CouponReleased':
        open.delete(`coupon of ${data.paymentId}`);
        break;
      case 'PaymentOpened':
        open.add(`outcome of ${data.paymentId}`);
        break;
      case 'PaymentExpired':
      case 'PaymentDeclined':
        open.delete(`outcome of ${data.paymentId}`);
        break;
      case 'PaymentCaptured':
        open.delete(`outcome of ${data.paymentId}`);
        open.add(`invoice of ${data.paymentId}`);
        open.add(`receipt of ${data.paymentId}`);
        break;
      case 'InvoiceIssued':
        open.delete(`invoice of ${data.invoiceId}`);
        break;
      default:
    }
  }
  return [...open];
};
