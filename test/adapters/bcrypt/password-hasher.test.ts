import { createHash, createHmac } from 'node:crypto';
import bcrypt from 'bcrypt';
import t from 'tap';
import { BcryptPasswordHasher } from '../../../src/adapters/bcrypt/password-hasher.js';

const hasher = new BcryptPasswordHasher({ cost: 4 });

t.test('a password is known again by its hash', async (t) => {
  const hash = await hasher.hash('correct horse');
  t.match(hash, /^\$2b\$04\$/);
  t.equal(await hasher.verify('correct horse', hash), true);
  t.equal(await hasher.verify('correct horses', hash), false);
  t.not(await hasher.hash('correct horse'), hash, 'salted');
});

t.test('nobody has a password where there is no hash', async (t) => {
  t.equal(await hasher.verify('', null), false);
  t.equal(await hasher.verify('correct horse', null), false);
});

t.test('long passwords count whole, and so do those with a zero byte', async (t) => {
  const long = 'x'.repeat(72);
  const hash = await hasher.hash(`${long}1`);
  t.equal(await hasher.verify(`${long}1`, hash), true);
  t.equal(await hasher.verify(`${long}2`, hash), false);
  t.equal(await hasher.verify(long, hash), false);
  t.equal(await hasher.verify('a\0c', await hasher.hash('a\0b')), false);
});

t.test('issue 9.28: no digest of a long password logs in', async (t) => {
  const long = 'x'.repeat(80);
  const hash = await hasher.hash(long);
  for (const key of [undefined, 'registrar/password']) {
    const digest = (key === undefined ? createHash('sha256') : createHmac('sha256', key)).update(long).digest('base64');
    t.equal(await hasher.verify(digest, hash), false);
  }
  t.equal(hasher.isOutdated(hash, long), false);
});

t.test('issue 9.28: long passwords of earlier builds log in, and are then hashed anew', async (t) => {
  const long = 'x'.repeat(80);
  const earlier = await bcrypt.hash(createHash('sha256').update(long).digest('base64'), 4);
  t.equal(await hasher.verify(long, earlier), true);
  t.equal(await hasher.verify(`${long}x`, earlier), false);
  t.equal(hasher.isOutdated(earlier, long), true);
});

t.test('a hash of a lower cost is outdated', async (t) => {
  const hash = await hasher.hash('correct horse');
  t.equal(hasher.isOutdated(hash, 'correct horse'), false);
  t.equal(new BcryptPasswordHasher({ cost: 5 }).isOutdated(hash, 'correct horse'), true);
});

t.test('a check without a hash costs as much processor time as a real one', async (t) => {
  const slow = new BcryptPasswordHasher({ cost: 9 });
  const hash = await slow.hash('correct horse');
  const leastOf = async (candidate: string | null): Promise<number> => {
    const costs: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const before = process.cpuUsage();
      await slow.verify('battery staple', candidate);
      costs.push(process.cpuUsage(before).user);
    }
    return Math.min(...costs);
  };
  const ratio = (await leastOf(null)) / (await leastOf(hash));
  t.ok(ratio > 0.5 && ratio < 2, `ratio ${ratio.toFixed(2)}`);
});
