import t from 'tap';
import { openShop } from '../fixtures/shop.js';
import { faultsOfTraces, tracedPurchases } from '../fixtures/traced-purchases.js';

const PURCHASES = 1_000;

t.setTimeout(180_000);

// As it is, so that the replay at its end is left out: others do that.
const shop = await openShop({ surfaces: ['marketplace', 'audit'], services: (services) => services });
t.teardown(() => shop.close());

t.test('a thousand purchases: every event that they caused is in its tree, once and below its cause', async (t) => {
  const purchases = await tracedPurchases(shop, PURCHASES);
  t.equal(purchases.length, PURCHASES);
  t.same(await faultsOfTraces(shop, purchases), []);
});
