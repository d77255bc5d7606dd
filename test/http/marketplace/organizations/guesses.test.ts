import t from 'tap';
import { createTestApp } from '../../../fixtures/test-app.js';
import { organizationClient } from './organization-client.js';

const app = await createTestApp({ surfaces: ['marketplace'], config: { rateLimit: true } });
t.teardown(() => app.close());
const { send, found, invite } = organizationClient(app);

t.test('who tries addresses may miss ten a minute, over both routes', async (t) => {
  const [ada, ben] = [await app.signUp(), await app.signUp()];
  const id = await found(ada.headers);
  const search = (email: string) => send('POST', '/organizations/search-user', ada.headers, { email });
  for (let miss = 0; miss < 5; miss += 1) t.equal((await search(`nobody.${miss}@example.org`)).statusCode, 200);
  for (let hit = 0; hit < 20; hit += 1) t.equal((await search(ben.email)).statusCode, 200, 'hits do not count');
  for (let miss = 0; miss < 5; miss += 1) t.equal((await invite(id, ada.headers, { email: `no.${miss}@example.org`, roleId: 'student' })).statusCode, 404);
  t.equal((await search(ben.email)).statusCode, 429);
  t.equal((await invite(id, ada.headers, { email: ben.email, roleId: 'student' })).statusCode, 429);
  t.equal((await invite(id, ada.headers, { userId: ben.id, roleId: 'student' })).statusCode, 201, 'an id is no guess');
});

t.test('nobody fills the list of organizations', async (t) => {
  const { headers } = await app.signUp();
  const statuses: number[] = [];
  for (let one = 0; one < 31; one += 1) statuses.push((await send('POST', '/organizations', headers, { name: `School ${one}` })).statusCode);
  t.same(statuses, [...Array<number>(30).fill(201), 429]);
});
