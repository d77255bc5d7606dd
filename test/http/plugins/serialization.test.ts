import t from 'tap';
import { Type } from 'typebox';
import { createTestApp } from '../../fixtures/test-app.js';

t.test('every schema of every route compiles: compiled when it is used, a fault in one would be seen by a client', async (t) => {
  const { close } = await createTestApp({ compiled: 'at start' });
  await close();
  const faulty = createTestApp({
    surfaces: [],
    compiled: 'at start',
    routes: async (app) => void app.get('/faulty', { config: { access: 'public', reads: [] }, schema: { response: { 200: Type.Ref('Nowhere#') } } }, async () => ({})),
  });
  await t.rejects(faulty, /Nowhere/);
});
