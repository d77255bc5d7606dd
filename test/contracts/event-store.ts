import type { Test } from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import type { EventStore } from '../../src/ports/event-store.js';
import { appendContract } from './event-store-append.js';
import { readContract } from './event-store-read.js';
import { subscriptionContract } from './event-store-subscribe.js';

export interface OpenEventStore {
  readonly store: EventStore<DomainEvent>;
  /** The same log, opened again after the first handle was closed. */
  readonly reopen?: () => Promise<EventStore<DomainEvent>>;
  readonly close: () => Promise<void>;
}

/** The contract of every EventStore (src/ports/event-store.ts). Assumes nothing about other streams or absolute positions. */
export const eventStoreContract = (t: Test, name: string, open: () => Promise<OpenEventStore>): void => {
  void t.test(`${name} as an EventStore`, async (t) => {
    appendContract(t, open);
    readContract(t, open);
    subscriptionContract(t, open);
  });
};
