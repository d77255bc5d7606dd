import t from 'tap';
import { createTestApp } from '../../fixtures/test-app.js';
import type { HttpConfig } from '../../../src/http/http-services.js';

const seenBy = async (trustProxy: HttpConfig['trustProxy'], remoteAddress: string, forwarded: string): Promise<string> => {
  const { app, close } = await createTestApp({
    surfaces: [],
    config: { trustProxy },
    routes: async (app) => {
      app.get('/address', { config: { access: 'public', reads: [] } }, async ({ ip }) => ip);
    },
  });
  const { body } = await app.inject({ url: '/address', remoteAddress, headers: { 'x-forwarded-for': forwarded } });
  await close();
  return body;
};

t.test('issue 9.5: a caller names no address of its own', async (t) => {
  t.equal(await seenBy(false, '203.0.113.9', '198.51.100.1'), '203.0.113.9');
  t.equal(await seenBy(['10.0.0.5'], '203.0.113.9', '198.51.100.1'), '203.0.113.9', 'who is no proxy says nothing that counts');
  t.equal(await seenBy(['10.0.0.5'], '10.0.0.5', '198.51.100.1, 203.0.113.9'), '203.0.113.9', 'the last one is the word of the proxy');
  t.equal(await seenBy(1, '172.18.0.1', '198.51.100.1, 203.0.113.9'), '203.0.113.9');
  t.equal(await seenBy(2, '172.18.0.1', '198.51.100.1, 203.0.113.9, 10.0.0.7'), '203.0.113.9');
});
