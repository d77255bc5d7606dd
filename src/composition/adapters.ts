import type { DomainEvent } from '../domain/events.js';
import type { Checkpoints } from '../ports/checkpoints.js';
import type { Clock } from '../ports/clock.js';
import type { EventBus } from '../ports/event-bus.js';
import type { EventStore } from '../ports/event-store.js';
import type { FileStore } from '../ports/file-store.js';
import type { Leases } from '../ports/leases.js';
import type { Mailer } from '../ports/mailer.js';
import type { PaymentGateway } from '../ports/payment-gateway.js';
import type { ReadModelStore } from '../ports/read-model-store.js';
import type { RecordedAnswers } from '../ports/recorded-answers.js';
import type { CacheBudget } from '../primitives/cache-budget.js';

export interface Adapters {
  readonly store: EventStore<DomainEvent>;
  readonly checkpoints: Checkpoints;
  readonly leases: Leases;
  readonly readModels: ReadModelStore;
  readonly bus: EventBus<DomainEvent>;
  readonly mailer: Mailer;
  readonly files: FileStore;
  readonly answers: RecordedAnswers;
  readonly gateway: PaymentGateway;
  readonly clock: Clock;
  readonly caches: CacheBudget;
  readonly places: string;
  readonly close: () => Promise<void>;
}

/** Everything that was opened, closed in the opposite order. */
export class Opened {
  readonly #closers: (() => Promise<void> | void)[] = [];

  add<Part>(part: Part, close: (part: Part) => Promise<void> | void): Part {
    this.#closers.push(() => close(part));
    return part;
  }

  readonly close = async (): Promise<void> => {
    for (const close of this.#closers.splice(0).reverse()) await close();
  };
}
