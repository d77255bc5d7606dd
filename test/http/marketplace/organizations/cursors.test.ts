import t from 'tap';
import { createTestApp } from '../../../fixtures/test-app.js';
import { organizationClient, type Headers } from './organization-client.js';

const app = await createTestApp({ surfaces: ['marketplace'] });
t.teardown(() => app.close());
const { send, found, invite, join, level, term } = organizationClient(app);

interface PageJson {
  readonly data: readonly object[];
  readonly total: number;
  readonly nextCursor: string | null;
}

const page = async (url: string, query: string, headers: Headers): Promise<PageJson> => (await send('GET', `${url}${url.includes('?') ? '&' : '?'}${query}`, headers)).json();

/** The rows of a list, cursor by cursor. */
const walked = async (url: string, headers: Headers): Promise<readonly object[]> => {
  const rows: object[] = [];
  let cursor: string | null = null;
  do {
    const { data, nextCursor }: PageJson = await page(url, `limit=2${cursor === null ? '' : `&cursor=${cursor}`}`, headers);
    rows.push(...data);
    cursor = nextCursor;
  } while (cursor !== null && rows.length < 50);
  return rows;
};

t.test('every list of organizations can be walked through by cursors, and gives the same as its page', async (t) => {
  const ada = await app.signUp();
  const id = await found(ada.headers);
  const other = await found(ada.headers, 'Other');
  for (let index = 0; index < 5; index += 1) {
    const member = await app.signUp();
    await join(id, ada.headers, member);
    await invite(other, ada.headers, { userId: member.id, roleId: 'student' });
    await invite(await found(member.headers, `School ${index}`), member.headers, { userId: ada.id, roleId: 'student' });
    // Some have an order and some have none, in two organizations.
    await send('POST', '/levels', ada.headers, { organizationId: id, name: `Level ${index}`, ...(index % 2 === 0 ? {} : { order: index }) });
    await level(other, ada.headers, `Level ${index}`);
    await term(id, ada.headers, `Term ${index}`);
    if (index % 2 === 0) app.clock.advance(1_000);
  }
  const lists = [
    ['/organizations', 7],
    ['/organizations?search=school', 6],
    [`/organizations/${id}/members`, 6],
    [`/organizations/${other}/members?status=invited`, 5],
    [`/organizations/${id}/users?roleId=student`, 5],
    ['/users/organizations', 2],
    ['/users/organizations?status=invited', 5],
    [`/levels/organization/${id}`, 5],
    ['/levels', 10],
    [`/organizations/${id}/terms`, 5],
  ] as const;
  for (const [url, total] of lists) {
    const whole = await page(url, 'limit=100', ada.headers);
    t.equal(whole.data.length, total, url);
    t.equal(whole.total, total, url);
    t.same(await walked(url, ada.headers), whole.data, url);
  }
});

t.test('who joins or leaves meanwhile neither repeats nor hides anybody', async (t) => {
  const ada = await app.signUp();
  const id = await found(ada.headers);
  const members = [];
  for (let index = 0; index < 4; index += 1) {
    const member = await app.signUp();
    app.clock.advance(1_000);
    await join(id, ada.headers, member);
    members.push(member);
  }
  const idsIn = ({ data }: PageJson) => data.map((row) => (row as { user: { id: string } }).user.id);
  const [first, second, third, last] = members.map((member) => member.id);
  const start = await page(`/organizations/${id}/members`, 'limit=2', ada.headers);
  t.same(idsIn(start), [last, third]);
  await send('DELETE', `/organizations/${id}/members/${third}`, ada.headers);
  await join(id, ada.headers, await app.signUp());
  t.same(idsIn(await page(`/organizations/${id}/members`, `limit=2&cursor=${start.nextCursor}`, ada.headers)), [second, first]);
});
