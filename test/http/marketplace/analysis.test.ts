import t from 'tap';
import { openShop } from '../../fixtures/shop.js';

const shop = await openShop();
t.teardown(() => shop.close());
const { ada, admin, kim, sam, send } = shop;
const figures = async (account: Parameters<typeof send>[0], instructorId: string) => send(account, 'GET', `/analysis/instructor/${instructorId}/count`);

t.test('an instructor sees courses, students, enrollments and revenue, and so do admins', async (t) => {
  const fugues = await shop.course(12.5);
  const canons = await shop.course(10);
  const free = await shop.course(0, { title: 'Free' });
  await shop.course(9, { isPublished: false });
  t.match((await figures(ada, ada.id)).body, { instructorId: ada.id, courses: 4, publishedCourses: 3, students: 0, enrollments: 0, revenue: [] });

  const bought = await send(sam, 'POST', '/payments', shop.purchase([fugues, canons], { amount: 22.5 }));
  t.equal(bought.status, 201);
  await send(kim, 'POST', `/courses/${free}/enroll`);
  await send(sam, 'POST', `/courses/${free}/enroll`);
  await shop.settled();
  const revenue = [{ currency: 'USD', gross: '22.50', refunded: '0.00', net: '22.50' }];
  t.match((await figures(ada, ada.id)).body, { students: 2, enrollments: 4, revenue });

  const refund = await send(admin, 'PATCH', `/payments/${String(bought.body['id'])}`, { status: 'refunded', courseIds: [canons] });
  t.equal(refund.status, 200, JSON.stringify(refund.body));
  await shop.settled();
  const after = await figures(admin, ada.id);
  t.match(after, { status: 200, body: { students: 2, enrollments: 3, revenue: [{ gross: '22.50', refunded: '10.00', net: '12.50' }] } });
  t.same((await figures(ada, ada.id)).body, after.body);
});

t.test('nobody else sees them, or that there are any', async (t) => {
  t.equal((await figures(null, ada.id)).status, 401);
  t.equal((await figures(sam, ada.id)).status, 404);
  t.equal((await figures(await shop.signUp('instructor'), ada.id)).status, 404);
  t.equal((await figures(admin, 'nobody')).status, 404);
  t.match(await figures(admin, sam.id), { status: 200, body: { courses: 0, revenue: [] } });
});
