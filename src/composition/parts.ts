import type { DomainEvent } from '../domain/events.js';
import type { Checkpoints } from '../ports/checkpoints.js';
import type { Clock } from '../ports/clock.js';
import type { EventBus } from '../ports/event-bus.js';
import type { EventStore } from '../ports/event-store.js';
import type { FileStore } from '../ports/file-store.js';
import type { Mailer } from '../ports/mailer.js';
import type { PaymentGateway } from '../ports/payment-gateway.js';
import type { ReadModelStore } from '../ports/read-models.js';

/** The adapters that a process runs on, opened. */
export interface Parts {
  readonly store: EventStore<DomainEvent>;
  readonly checkpoints: Checkpoints;
  readonly readModels: ReadModelStore;
  readonly bus: EventBus<DomainEvent>;
  readonly mailer: Mailer;
  readonly files: FileStore;
  readonly gateway: PaymentGateway;
  readonly clock: Clock;
  /** Where mails and data go, for the person who started it. */
  readonly places: string;
  readonly close: () => Promise<void>;
}
