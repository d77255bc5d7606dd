import t from 'tap';
import { openShop } from '../../fixtures/shop.js';

const shop = await openShop({ workers: false, config: { rateLimit: true } });
t.teardown(shop.close);
await shop.coupon({ code: 'SPRING' });
const course = await shop.course();

const lookUp = (code: string, headers: object, from: string) =>
  shop.inject({ url: `/discounts/code/${code}`, headers: { ...headers }, remoteAddress: from });
const buy = (discountCode: string | undefined, headers: object, from: string) => {
  const payload = shop.purchase([course], discountCode === undefined ? { amount: 1 } : { discountCode, amount: 1 });
  return shop.inject({ method: 'POST', url: '/payments', payload, headers: { ...headers }, remoteAddress: from });
};

t.test('issue 9.34: codes can not be guessed: misses are few for each account, whichever route says so', async (t) => {
  const { headers } = shop.sam;
  for (let hits = 0; hits < 20; hits += 1) t.equal((await lookUp('SPRING', headers, '10.0.0.1')).statusCode, 200);
  for (let misses = 0; misses < 5; misses += 1) {
    t.equal((await lookUp(`GUESS-${misses}`, headers, '10.0.0.1')).statusCode, 404);
    t.match((await buy(`GUESS-${misses}`, headers, '10.0.0.1')).json(), { code: 'coupon-not-issued' });
  }
  const refused = await lookUp('SPRING', headers, '10.0.0.2');
  t.equal(refused.statusCode, 429, 'also a good code is not told any more, and from elsewhere');
  t.match(refused.headers, { 'retry-after': /^\d+$/ });
  t.equal((await buy('SPRING', headers, '10.0.0.2')).statusCode, 429);
  t.match((await buy(undefined, headers, '10.0.0.2')).json(), { code: 'amount-mismatch' }, 'a purchase without a code is no guess');
  shop.clock.advance(60_000);
  t.equal((await lookUp('SPRING', headers, '10.0.0.2')).statusCode, 200);
});

t.test('issue 9.34: accounts that share a network share its misses, in IPv6 those of a /64', async (t) => {
  const guessers = [await shop.signUp(), await shop.signUp(), await shop.signUp()];
  for (const [index, { headers }] of guessers.entries()) {
    for (let misses = 0; misses < 10; misses += 1) {
      t.equal((await lookUp(`GUESS-${misses}`, headers, `2001:db8:1:2::${index + 1}`)).statusCode, 404);
    }
  }
  const { headers } = await shop.signUp();
  t.equal((await lookUp('SPRING', headers, '2001:db8:1:2:ffff::9')).statusCode, 429);
  t.equal((await lookUp('SPRING', headers, '2001:db8:1:3::9')).statusCode, 200);
});
