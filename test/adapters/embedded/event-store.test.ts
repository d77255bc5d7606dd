import t from 'tap';
import { eventStoreContract } from '../../contracts/event-store.js';
import { openStore } from './open-log.js';

let folders = 0;
const root = t.testdir();

eventStoreContract(t, 'LMDB', async () => {
  folders += 1;
  const folder = `${root}/log-${folders}`;
  const store = await openStore(folder);
  return { store, reopen: () => openStore(folder), close: () => store.close() };
});
