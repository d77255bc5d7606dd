import t from 'tap';
import { DerivedKeyStore } from '../../../src/adapters/embedded/key-store.js';

const keys = new DerivedKeyStore('a secret');

t.test('a message is signed alike each time, after a restart as well', async (t) => {
  const signature = keys.sign('refresh-token', 'message');
  t.equal(signature.length, 32);
  t.same(new DerivedKeyStore('a secret').sign('refresh-token', 'message'), signature);
});

t.test('another purpose, message or secret is another signature', async (t) => {
  const signature = keys.sign('refresh-token', 'message');
  t.notSame(keys.sign('one-time-code', 'message'), signature);
  t.notSame(keys.sign('refresh-token', 'messages'), signature);
  t.notSame(new DerivedKeyStore('another secret').sign('refresh-token', 'message'), signature);
});
