import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import { eventStoreContract } from '../contracts/event-store.js';
import { MemoryEventStore } from './memory-event-store.js';

eventStoreContract(t, 'the log in memory', () => {
  const store = new MemoryEventStore<DomainEvent>();
  return Promise.resolve({ store, close: () => store.close() });
});
