import t from 'tap';
import { openShop, type Answer } from '../../fixtures/shop.js';

const shop = await openShop();
t.teardown(() => shop.close());
const { ada, admin, kim, sam, send } = shop;

const ids = ({ body }: Answer): readonly unknown[] => (body['data'] as readonly Record<string, unknown>[]).map(({ id }) => id);
const bought = async (courseId: string): Promise<string> => {
  const { body } = await send(sam, 'POST', '/payments', shop.purchase([courseId]));
  await shop.settled();
  return String(body['id']);
};
const material = async (courseId: string): Promise<string> => {
  const { body } = await send(ada, 'POST', '/materials', { courseId, title: 'Lesson', type: 'text', content: 'Two voices', isPublished: true });
  return String(body['id']);
};

t.test('a sold course that is deleted is off sale everywhere, and its buyer keeps it with its whole history', async (t) => {
  const courseId = await shop.course(12.5, { title: 'Rare pearls', category: 'jewels' });
  const lesson = await material(courseId);
  await send(kim, 'POST', '/cart/items', { courseId });
  const paymentId = await bought(courseId);
  const invoices = (await send(sam, 'GET', '/invoices')).body;
  const payment = (await send(sam, 'GET', `/payments/${paymentId}`)).body;
  t.match(payment, { status: 'completed' });
  t.match(await send(ada, 'DELETE', `/courses/${courseId}`), { status: 200, body: { deleted: true } });

  for (const url of ['/courses', '/courses?category=jewels', '/courses?search=pearls', `/courses/instructor/${ada.id}`]) t.notOk(ids(await send(null, 'GET', url)).includes(courseId), url);
  t.notOk(ids(await send(ada, 'GET', `/courses/instructor/${ada.id}`)).includes(courseId), 'its instructor does not see it either');
  t.match(await send(kim, 'GET', '/cart'), { body: { items: [{ courseId, isAvailable: false }] } });
  t.equal((await send(kim, 'POST', '/payments', shop.purchase([courseId], { userId: kim.id }))).status, 404);
  t.equal((await send(kim, 'POST', `/courses/${courseId}/enroll`)).status, 404);
  t.equal((await send(kim, 'GET', `/courses/${courseId}`)).status, 404);
  t.equal((await send(ada, 'PATCH', `/courses/${courseId}`, { title: 'Back' })).status, 404);
  t.equal((await send(ada, 'POST', `/courses/${courseId}/editors`, { editorId: kim.id })).status, 404);

  t.match(await send(sam, 'GET', '/courses/user/purchased'), { body: { data: [{ id: courseId, title: 'Rare pearls', isDeleted: true }], total: 1 } });
  t.match(await send(sam, 'GET', `/courses/${courseId}`), { status: 200, body: { title: 'Rare pearls' } });
  t.match(await send(sam, 'GET', `/materials/${lesson}`), { status: 200, body: { content: 'Two voices' } });
  t.same((await send(sam, 'GET', '/invoices')).body, invoices);
  t.same((await send(sam, 'GET', `/payments/${paymentId}`)).body, payment);
  t.match((await send(ada, 'GET', `/analysis/instructor/${ada.id}/count`)).body, { students: 1, revenue: [{ net: '12.50' }] });

  const refund = await send(admin, 'PATCH', `/payments/${paymentId}`, { status: 'refunded' });
  t.equal(refund.status, 200, 'what was paid can still be given back');
  await shop.settled();
  t.match(await send(sam, 'GET', '/courses/user/purchased'), { body: { data: [], total: 0 } });
  t.equal((await send(sam, 'GET', `/courses/${courseId}`)).status, 404);
  t.equal((await send(sam, 'GET', `/materials/${lesson}`)).status, 404);
});

t.test('a purchase that is under way when the course is deleted is either completed or refunded', async (t) => {
  const courseId = await shop.course();
  const [{ body }, deleted] = await Promise.all([send(sam, 'POST', '/payments', shop.purchase([courseId])), send(ada, 'DELETE', `/courses/${courseId}`)]);
  t.equal(deleted.status, 200);
  await shop.settled();
  const has = ids(await send(sam, 'GET', '/courses/user/purchased')).includes(courseId);
  const payment = body['id'] === undefined ? undefined : (await send(sam, 'GET', `/payments/${String(body['id'])}`)).body;
  t.equal(has, payment?.['status'] === 'completed', JSON.stringify(payment ?? body));
});

/** An organization of Ada's. */
const school = async (): Promise<string> => String((await send(ada, 'POST', '/organizations', { name: 'A school' })).body['id']);

t.test('editors change what the course says, and neither sell, hide nor delete it, nor appoint others', async (t) => {
  const courseId = await shop.course(12.5, { organizationId: await school() });
  const eve = await shop.signUp('student');
  await send(ada, 'POST', `/courses/${courseId}/editors`, { editorId: eve.id });
  const details = { title: 'By Eve', description: 'All of it', thumbnailUrl: 'https://img.example/x.png', level: 'beginner', category: 'song', tags: ['new'] };
  t.match(await send(eve, 'PATCH', `/courses/${courseId}`, details), { status: 200, body: details });
  const whole = (await send(eve, 'GET', `/courses/${courseId}`)).body;
  t.match(await send(eve, 'PATCH', `/courses/${courseId}`, { ...whole, title: 'The whole form' }), { status: 200, body: { title: 'The whole form', price: 12.5 } });
  for (const forbidden of [{ price: 1 }, { isPublished: false }, { isOrgPrivate: true }, { capacity: 3 }, { title: 'With a price', price: 1 }]) {
    t.equal((await send(eve, 'PATCH', `/courses/${courseId}`, forbidden)).status, 403, JSON.stringify(forbidden));
  }
  t.equal((await send(eve, 'DELETE', `/courses/${courseId}`)).status, 403);
  t.equal((await send(eve, 'POST', `/courses/${courseId}/editors`, { editorId: kim.id })).status, 403);
  t.equal((await send(eve, 'DELETE', `/courses/${courseId}/editors/${eve.id}`)).status, 403);
  t.match((await send(ada, 'GET', `/courses/${courseId}`)).body, { title: 'The whole form', price: 12.5, isPublished: true, isOrgPrivate: false, capacity: null, editors: [eve.id] });
  await send(ada, 'DELETE', `/courses/${courseId}/editors/${eve.id}`);
  t.equal((await send(eve, 'PATCH', `/courses/${courseId}`, { title: 'Once more' })).status, 403);
});

t.test('a course that becomes private to its organization leaves every list and is not sold; who has it keeps it', async (t) => {
  const organizationId = await school();
  const courseId = await shop.course(12.5, { title: 'Hidden pearls', organizationId });
  await bought(courseId);
  await send(kim, 'DELETE', '/cart');
  await send(kim, 'POST', '/cart/items', { courseId });
  t.match(await send(ada, 'PATCH', `/courses/${courseId}`, { isOrgPrivate: true }), { status: 200, body: { isOrgPrivate: true, organizationId } });
  for (const url of ['/courses?search=hidden', `/courses/instructor/${ada.id}`]) t.notOk(ids(await send(kim, 'GET', url)).includes(courseId), url);
  t.ok(ids(await send(ada, 'GET', `/courses/instructor/${ada.id}`)).includes(courseId));
  const seen = [];
  for (const account of [null, kim, sam, ada, admin]) seen.push((await send(account, 'GET', `/courses/${courseId}`)).status);
  t.same(seen, [404, 404, 200, 200, 200]);
  t.match(await send(kim, 'GET', '/cart'), { body: { items: [{ courseId, isAvailable: false }] } });
  t.equal((await send(kim, 'POST', '/payments', shop.purchase([courseId], { userId: kim.id }))).status, 404);
  t.ok(ids(await send(sam, 'GET', '/courses/user/purchased')).includes(courseId));
  await send(ada, 'PATCH', `/courses/${courseId}`, { isOrgPrivate: false });
  t.ok(ids(await send(null, 'GET', '/courses?search=hidden')).includes(courseId), 'and comes back');
  t.equal((await send(ada, 'POST', '/courses', { title: 'x', description: 'x', level: 'advanced', category: 'x', price: 0, isOrgPrivate: true })).status, 400, 'private to no organization');
});
