import t from 'tap';
import { openShop } from '../../fixtures/shop.js';

t.test('an account tries thirty purchases a minute, whatever cards it has; others go on', async (t) => {
  const shop = await openShop({ config: { rateLimit: true } });
  t.teardown(() => shop.close());
  const { sam, kim, send, purchase, clock } = shop;
  const wish = purchase(['unknown']);
  for (let number = 0; number < 30; number += 1) t.equal((await send(sam, 'POST', '/payments', wish)).status, 404);
  const refused = await shop.inject({ method: 'POST', url: '/payments', headers: sam.headers, payload: wish });
  t.equal(refused.statusCode, 429);
  t.match(refused.headers['retry-after'], /^\d+$/);
  t.equal((await send(kim, 'POST', '/payments', { ...wish, userId: kim.id })).status, 404);
  clock.advance(60_000);
  t.equal((await send(sam, 'POST', '/payments', wish)).status, 404);
});
