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
import type { VideoHost } from '../ports/video-host.js';
import type { CacheBudget } from '../primitives/cache-budget.js';

/** With the time that a start takes to notice its failure, less than ten seconds. */
const CLOSING_MS = 7_000;

export interface Adapters {
  readonly store: EventStore<DomainEvent>;
  readonly checkpoints: Checkpoints;
  readonly leases: Leases;
  readonly readModels: ReadModelStore;
  readonly bus: EventBus<DomainEvent>;
  readonly mailer: Mailer;
  readonly files: FileStore;
  readonly answers: RecordedAnswers;
  /** Null: there is none, and production has no sandbox: cash alone is taken. */
  readonly gateway: PaymentGateway | null;
  /** Null: there is none, and production has no sandbox. */
  readonly videos: VideoHost | null;
  readonly clock: Clock;
  readonly caches: CacheBudget;
  readonly places: string;
  readonly close: () => Promise<void>;
}

/** Everything that was opened, closed in the opposite order: also what was opened before a part that can't be closed. */
export class Opened {
  readonly #closers: (() => Promise<void> | void)[] = [];

  add<Part>(part: Part, close: (part: Part) => Promise<void> | void): Part {
    this.#closers.push(() => close(part));
    return part;
  }

  readonly close = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, 'several parts could not be closed');
  };

  /** After a start that failed, which must end soon whatever hangs; its own failure is the one to tell of. */
  async closeAfterFailure(clock: Clock): Promise<void> {
    const closed = new AbortController();
    const closing = this.close().catch(() => undefined).finally(() => closed.abort());
    await Promise.race([closing, clock.after(CLOSING_MS, closed.signal)]);
  }
}
