import { DerivedKeyStore } from '../../../src/adapters/embedded/key-store.js';
import { InProcessEventBus } from '../../../src/adapters/embedded/event-bus.js';
import { emailIdOf } from '../../../src/commands/accounts/identifiers/find-account.js';
import { EventCodec } from '../../../src/domain/event-codec.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { MailSurface, OtpPurpose } from '../../../src/domain/otp/events.js';
import type { DeadLetter } from '../../../src/ports/event-bus.js';
import type { EventStore, Position, RecordedEvent } from '../../../src/ports/event-store.js';
import type { Mailer } from '../../../src/ports/mailer.js';
import type { CollectionDefinition, Document, Query, ReadModels } from '../../../src/ports/read-models.js';
import { uuidV5 } from '../../../src/primitives/uuid-v5.js';
import { mailsProjection } from '../../../src/projections/mails/projection.js';
import type { MailContentServices } from '../../../src/workers/mails/content.js';
import { mailRequestConsumer } from '../../../src/workers/mails/mail-requests.js';
import { runMailSender } from '../../../src/workers/mails/mail-sender.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryCheckpoints } from '../../doubles/memory-checkpoints.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { handlerOver } from '../../fixtures/command-services.js';
import { quoteOf } from '../../fixtures/quotes.js';
import { courseCreated } from '../../projections/course-events.js';
import { registered } from '../../projections/account-events.js';
import { Projected } from '../../projections/projected.js';

const NAMESPACE = 'f0b7c0c0-7a54-4f7b-9a3e-0d6f1d1b2c33';
export const codec = new EventCodec();
export const keys = new DerivedKeyStore('a secret of tests that is long enough');

/** The test's events come from another process than the worker's. */
class SharedEventStore extends MemoryEventStore<DomainEvent> {
  override readonly shared = true;
}

/** The mails' read model, level with the log whenever it is asked. */
export class MailsOverLog extends Projected {
  readonly #store: EventStore<DomainEvent>;
  #position: Position = 0n;
  #caughtUp: Promise<void> = Promise.resolve();

  constructor(store: EventStore<DomainEvent>) {
    super(mailsProjection);
    this.#store = store;
  }

  async #catchUp(): Promise<void> {
    for await (const event of this.#store.readAll({ after: this.#position })) {
      this.publish([event]);
      this.#position = event.position;
    }
  }

  override async find<D extends Document>(collection: CollectionDefinition<D>, query: Query): Promise<readonly D[]> {
    this.#caughtUp = this.#caughtUp.then(() => this.#catchUp());
    await this.#caughtUp;
    return await super.find(collection, query);
  }
}

export const quote = quoteOf([['c1', '1299.00', '129.90', 'Sewing <b>& more</b>'], ['c2', '1.00', '0.10', 'Knots']], { couponCode: 'SPRING' });

/** A log with an account, and what happens to it. */
export const makeLog = async ({ shared = true, verified = true }: { readonly shared?: boolean; readonly verified?: boolean } = {}) => {
  const store = shared ? new SharedEventStore() : new MemoryEventStore<DomainEvent>();
  const clock = new FakeClock();
  const at = (): string => clock.now().toISOString();
  let recorded = 0;
  const record = async (stream: string, ...events: readonly DomainEvent[]): Promise<void> => {
    const prepared = events.map((event) => {
      codec.assertValid(event);
      recorded += 1;
      const id = uuidV5(String(recorded), NAMESPACE);
      const metadata = { actorId: null, correlationId: `request-${recorded}`, causationId: id, occurredAt: at(), schemaVersion: 1, commandId: id };
      return { ...event, id, metadata };
    });
    await store.append(stream, 'any', prepared);
  };
  const issueCode = (otpId: string, purpose: OtpPurpose = 'email_verification', email = 'ann@example.com', surface?: MailSurface): Promise<void> => {
    const expiresAt = new Date(clock.now().getTime() + 600_000).toISOString();
    const data = { otpId, accountId: 'ann', purpose, emailId: emailIdOf(email), credentialsVersion: 0, ...(surface === undefined ? {} : { surface }), expiresAt, issuedAt: at() };
    return record(`otp-${purpose}.ann`, { type: 'OtpIssued', data });
  };
  const capture = (paymentId: string, over: Partial<typeof quote> = {}): Promise<void> => {
    const paid = { ...quote, ...over };
    const opened = { paymentId, payerId: 'ann', method: 'card' as const, quote: paid, expiresAt: '2027-01-01T00:00:00.000Z', openedAt: at() };
    const captured = { paymentId, amount: paid.total, currency: paid.currency, reference: 'r', capturedAt: at() };
    return record(`payment-${paymentId}`, { type: 'PaymentOpened', data: opened }, { type: 'PaymentCaptured', data: captured });
  };
  const enroll = (courseId: string): Promise<void> =>
    record(`enrollment-ann.${courseId}`, { type: 'StudentEnrolled', data: { studentId: 'ann', courseId, enrolledAt: at() } });

  await record(...registered('ann', { name: 'Ann 123456 <i>Smith</i>', email: 'ann@example.com' }));
  if (verified) await record('account-ann', { type: 'AccountEmailVerified', data: { accountId: 'ann', email: 'ann@example.com', verifiedAt: at() } });
  await record(...courseCreated('c1', { title: 'Sewing <b>& more</b>' }));
  return { store, clock, checkpoints: new MemoryCheckpoints(), record, issueCode, capture, enroll, readModels: new MailsOverLog(store) };
};
export type Log = Awaited<ReturnType<typeof makeLog>>;

/** A process from its start, with nothing kept from an earlier one. */
export const live = (log: Log, mailer: Mailer, over: { store?: EventStore<DomainEvent>; readModels?: ReadModels; mailsPerHour?: number; classStarts?: MailContentServices['classStarts'] } = {}) => {
  const { store = log.store, readModels = log.readModels } = over;
  const { clock, checkpoints } = log;
  const controller = new AbortController();
  const failures: unknown[] = [];
  const letters: DeadLetter[] = [];
  const deadLetters = {
    record: async (letter: DeadLetter) => void letters.push(letter),
    list: async () => letters,
    requestReplay: async () => false,
    // Nobody asks for any, until the end.
    replays: async function* (_consumer: string, signal: AbortSignal): AsyncGenerator<DeadLetter, void, void> {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    },
    replayed: async () => undefined,
  };
  const bus = new InProcessEventBus({ store, checkpoints, deadLetters, clock });
  const services = {
    store,
    readModels,
    clock,
    keys,
    publicUrl: 'https://shop.example',
    academyUrl: 'https://academy.example',
    classStarts: over.classStarts ?? (async () => []),
    mailsPerHour: over.mailsPerHour ?? 20,
    mailer,
    handler: handlerOver(store, clock),
    progress: { waitFor: async () => true, reached: () => 0n, unavailable: () => [], lag: async () => [] },
    onFailure: (_worker: string, error: unknown) => failures.push(error),
  };
  const ended = Promise.all([
    bus.consume(mailRequestConsumer(services), controller.signal),
    runMailSender(services, controller.signal),
  ]).catch((error: unknown) => failures.push(error));
  const stop = async (): Promise<void> => {
    controller.abort();
    await ended;
  };
  return { stop, failures, letters };
};

/** Waits until the log holds so many events of a type. */
export const until = async (log: Log, type: DomainEvent['type'], count = 1): Promise<readonly RecordedEvent<DomainEvent>[]> => {
  const found: RecordedEvent<DomainEvent>[] = [];
  const { signal } = new AbortController();
  for await (const { events } of log.store.subscribe({ after: 0n, signal })) {
    found.push(...events.filter((event) => event.type === type));
    if (found.length >= count) break;
  }
  return found;
};

export const mailEvents = async (log: Log): Promise<readonly DomainEvent['type'][]> => {
  const types: DomainEvent['type'][] = [];
  for await (const { type } of log.store.readAll({ categories: ['mail'] })) types.push(type);
  return types;
};
