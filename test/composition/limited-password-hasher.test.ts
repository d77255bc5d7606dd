import t from 'tap';
import { limitedPasswordHasher } from '../../src/composition/limited-password-hasher.js';
import type { PasswordHasher } from '../../src/ports/password-hasher.js';

t.test('a wave of logins leaves threads for the event log, and everybody gets an answer', async (t) => {
  let underWay = 0;
  let most = 0;
  const work = async <Result>(result: Result): Promise<Result> => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return result;
  };
  const slow: PasswordHasher = {
    hash: (password) => work(`hash of ${password}`),
    verify: (password, hash) => work(hash === `hash of ${password}`),
    isOutdated: (hash) => hash === 'old',
  };
  const limited = limitedPasswordHasher(slow, 2);
  const hashes = await Promise.all(Array.from({ length: 20 }, (_, n) => limited.hash(String(n))));
  const verified = await Promise.all(hashes.map((hash, n) => limited.verify(String(n), hash)));
  t.same(verified, hashes.map(() => true));
  t.equal(await limited.verify('a', null), false);
  t.equal(most, 2);
  t.equal(limited.isOutdated('old'), true);
});

t.test('one that fails lets the next one in', async (t) => {
  const failing: PasswordHasher = { hash: () => Promise.reject(new Error('no')), verify: async () => true, isOutdated: () => false };
  const limited = limitedPasswordHasher(failing, 1);
  await t.rejects(limited.hash('a'), { message: 'no' });
  t.equal(await limited.verify('a', 'b'), true);
});
