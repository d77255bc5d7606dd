import t from 'tap';
import { eventStoreContract } from '../../contracts/event-store.js';
import { addedToCart } from '../../contracts/event-store-samples.js';
import { openStore } from './open-log.js';

let folders = 0;
const root = t.testdir();

eventStoreContract(t, 'LMDB', async () => {
  folders += 1;
  const folder = `${root}/log-${folders}`;
  const store = await openStore(folder);
  return { store, reopen: () => openStore(folder), close: () => store.close() };
});

t.test('the end of a stream that is being appended to is never less than what was acknowledged', async (t) => {
  const store = await openStore(`${root}/busy`);
  const appends = 300;
  let acknowledged = -1;
  let appending = true;
  const append = async (): Promise<void> => {
    for (let count = 0; count < appends; count += 1) {
      const appended = await store.append('cart-busy', 'any', [addedToCart(`${count}`)]);
      if (appended.ok) acknowledged = appended.revision;
    }
    appending = false;
  };
  const appended = append();
  let tooLow = 0;
  while (appending) {
    const least = acknowledged;
    let last = -1;
    for await (const { revision } of store.readStream('cart-busy', { direction: 'backwards', limit: 1 })) last = revision;
    if (last < least) tooLow += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await appended;
  t.equal(tooLow, 0);
  t.equal(acknowledged, appends - 1);
  await store.close();
});
