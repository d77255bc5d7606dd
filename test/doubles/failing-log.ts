import type { DomainEvent } from '../../src/domain/events.js';
import { EventStoreUnavailable } from '../../src/ports/event-store.js';
import { MemoryEventStore } from './memory-event-store.js';

/** A log that several nodes share. It fails at the appends that it is told to, before they are made or after. */
export class FailingLog extends MemoryEventStore<DomainEvent> {
  override readonly shared = true;
  appends = 0;
  failure: (append: number) => 'before' | 'after' | null = () => null;
  /** How many turns an append waits for. */
  turns: (append: number) => number = () => 0;

  override async append(...given: Parameters<MemoryEventStore<DomainEvent>['append']>): ReturnType<MemoryEventStore<DomainEvent>['append']> {
    this.appends += 1;
    const [turns, failure] = [this.turns(this.appends), this.failure(this.appends)];
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    if (failure === 'before') throw new EventStoreUnavailable('died before the append');
    const appended = await super.append(...given);
    if (failure === 'after') throw new EventStoreUnavailable('died after the append');
    return appended;
  }
}
