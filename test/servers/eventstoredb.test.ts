import t from 'tap';
import { EventStoreDbStore } from '../../src/adapters/eventstoredb/event-store-db-store.js';
import { eventStoreContract, type OpenEventStore } from '../contracts/event-store.js';
import { openFront } from './eventstoredb-front/open-front.js';

const opener = (connectionString: string, inOrder = false) => (): Promise<OpenEventStore> => {
  const open = () => new EventStoreDbStore({ connectionString, inOrder });
  const store = open();
  return Promise.resolve({ store, reopen: () => Promise.resolve(open()), close: () => store.close() });
};

const front = await openFront(t);
eventStoreContract(t, 'EventStoreDB (front)', opener(front.connectionString));
eventStoreContract(t, 'EventStoreDB (front), appends in order', opener(front.connectionString, true));

// Any server of version 23.10 or later; every stream has a fresh name, so it may be shared.
const { EVENTSTORE_URL } = process.env;
if (EVENTSTORE_URL !== undefined) eventStoreContract(t, 'EventStoreDB (server)', opener(EVENTSTORE_URL));
