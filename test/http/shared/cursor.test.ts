import t from 'tap';
import { openShop } from '../../fixtures/shop.js';
import type { SignedUp } from '../../fixtures/test-app.js';

interface PageJson {
  readonly data: readonly { readonly id: string }[];
  readonly total: number;
  readonly page: number;
  readonly nextCursor: string | null;
}

const shop = await openShop();
t.teardown(() => shop.close());
const { ada, admin, kim, sam, send } = shop;

const isPage = (body: object): body is PageJson => 'data' in body && Array.isArray(body.data) && 'nextCursor' in body;

const page = async (account: SignedUp | null, url: string, query: string): Promise<PageJson> => {
  const { status, body } = await send(account, 'GET', `${url}${url.includes('?') ? '&' : '?'}${query}`);
  if (status !== 200 || !isPage(body)) throw new Error(`${url} ${query}: ${status} ${JSON.stringify(body)}`);
  return body;
};

/** The ids of a list, cursor by cursor; `between` is called after each page. */
const walk = async (account: SignedUp | null, url: string, limit = 2, between: (ids: readonly string[]) => Promise<void> = () => Promise.resolve()): Promise<readonly string[]> => {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const { data, nextCursor }: PageJson = await page(account, url, `limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`);
    ids.push(...data.map(({ id }) => id));
    cursor = nextCursor;
    await between(ids);
  } while (cursor !== null && ids.length < 100);
  return ids;
};

const made: string[] = [];
for (let n = 0; n < 7; n += 1) {
  made.push(await shop.course(0, { title: `Rare pearls ${n}`, category: 'jewels' }));
  // Some are created at the same moment: then their ids decide.
  if (n % 3 === 0) shop.clock.advance(1_000);
}

t.test('every list can be walked through by cursors, and gives the same as its pages', async (t) => {
  const bought = await Promise.all([9, 10, 11].map((price) => shop.course(price)));
  for (const [n, courseId] of bought.entries()) {
    await send(sam, 'POST', '/payments', shop.purchase([courseId], { amount: 9 + n }));
    await shop.coupon({ code: `CODE${n}` });
    for (const order of [2, 1, 1]) await send(ada, 'POST', '/materials', { courseId: bought[0], title: 'Lesson', type: 'text', content: 'x', isPublished: true, order: order + n });
  }
  for (const courseId of made) await send(kim, 'POST', `/courses/${courseId}/enroll`);
  await send(ada, 'POST', '/materials', { courseId: bought[1], title: 'Lesson', type: 'text', content: 'x', isPublished: true });
  await shop.settled();
  const lists: readonly (readonly [SignedUp | null, string, number])[] = [
    [null, '/courses', 10], [null, '/courses?category=jewels', 7], [null, '/courses?search=pearls', 7], [null, `/courses/instructor/${ada.id}`, 10], [ada, `/courses/instructor/${ada.id}`, 10],
    [sam, '/courses/user/purchased', 3], [kim, '/courses/user/purchased', 7], [sam, '/payments', 3], [admin, '/payments', 3], [admin, '/payments?status=completed', 3],
    [sam, '/invoices', 3], [admin, '/discounts', 3], [admin, '/materials', 10], [ada, '/materials', 10], [sam, '/materials', 10], [sam, `/materials/course/${bought[0]}`, 9],
  ];
  for (const [account, url, count] of lists) {
    const whole = await page(account, url, 'limit=100');
    t.equal(whole.nextCursor, null, url);
    t.equal(whole.total, count, url);
    const ids = whole.data.map(({ id }) => id);
    for (const limit of [1, 2, count]) t.same(await walk(account, url, limit), ids, `${url} by ${limit}`);
  }
});

t.test('while rows are added and removed, each row that stays comes once, and the documented fields are as ever', async (t) => {
  for (const url of ['/courses?category=jewels', '/courses?search=pearls']) {
    const before = await walk(null, url, 100);
    const [seen = '', , , unseen = ''] = before;
    let turn = 0;
    const walked = await walk(null, url, 2, async (ids) => {
      turn += 1;
      shop.clock.advance(1_000);
      if (turn < 3) await shop.course(0, { title: 'More pearls', category: 'jewels' });
      if (turn === 1) for (const id of [seen, unseen, ids.at(-1) ?? '']) await send(ada, 'DELETE', `/courses/${id}`);
    });
    t.same(walked, before.filter((id) => id !== unseen), url);
  }
  const [first, second] = [await page(null, '/courses', 'limit=2'), await page(null, '/courses', 'limit=2&page=2')];
  t.same((await page(null, '/courses', `limit=2&cursor=${first.nextCursor}`)).data, second.data);
  t.match(await page(null, '/courses', `limit=2&cursor=${first.nextCursor}`), { page: 1, total: first.total });
});

t.test('what is no cursor of the list is refused by name', async (t) => {
  const { nextCursor } = await page(null, '/courses', 'limit=1');
  const encoded = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const [order, values, id] = JSON.parse(Buffer.from(nextCursor ?? '', 'base64url').toString()) as [string, string[], string];
  const wrong = ['x', 'null', '', 'a b', '%00', 'x'.repeat(4_001), encoded(null), encoded([]), encoded([order, values]), encoded([order, [{}], id]), encoded([order, [], id]), encoded([order, [...values, 1], id]), encoded(['title:1', values, id]), `${nextCursor}=`, `${nextCursor}AA`];
  for (const cursor of wrong) {
    const { status, body } = await send(null, 'GET', `/courses?cursor=${cursor}`);
    t.equal(status, 400, cursor.slice(0, 60));
    t.match(body, { errors: [{ field: 'cursor' }] });
  }
  t.equal((await send(ada, 'GET', `/materials?cursor=${nextCursor}`)).status, 400, 'of a list in another order');
  t.match(await send(null, 'GET', `/courses?page=2&cursor=${nextCursor}`), { status: 400, body: { errors: [{ field: 'cursor' }] } });
  for (const value of ['', '\u{1F600}', -1, 1e300, true, null]) {
    t.equal((await send(null, 'GET', `/courses?cursor=${encoded([order, [value], id])}`)).status, 200, `a made-up place (${String(value)}) is a place`);
  }
});
