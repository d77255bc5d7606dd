import t from 'tap';
import { FakeClock } from '../../doubles/fake-clock.js';
import { openShop } from '../../fixtures/shop.js';

const newCoupon = { code: ' spring-26 ', type: 'platform_wide', value: 20, valueType: 'percentage', applicableOn: 'both' };

t.test('a code is issued as it will be written', async (t) => {
  const shop = await openShop({ workers: false });
  t.teardown(shop.close);
  const { status, body } = await shop.send(shop.admin, 'POST', '/discounts', { ...newCoupon, maxUses: 5, expiresAt: '2026-12-31' });
  t.equal(status, 201);
  t.same(
    { ...body, id: '', createdAt: '', updatedAt: '' },
    {
      id: '',
      code: 'SPRING-26',
      type: 'platform_wide',
      value: 20,
      valueType: 'percentage',
      currency: null,
      applicableOn: 'both',
      maxUses: 5,
      usedCount: 0,
      reservedCount: 0,
      expiresAt: '2026-12-31T23:59:59.999Z',
      courseId: null,
      isActive: true,
      createdBy: shop.admin.id,
      createdAt: '',
      updatedAt: '',
    },
  );
  const id = String(body['id']);
  t.match(await shop.send(shop.admin, 'GET', `/discounts/${id}`), { status: 200, body: { id, code: 'SPRING-26' } });
  t.match(await shop.send(shop.admin, 'POST', '/discounts', { ...newCoupon, code: 'Spring-26' }), { status: 409, body: { code: 'coupon-code-taken' } });
});

t.test('bad input is refused with the field that is wrong, and nothing is issued', async (t) => {
  const shop = await openShop({ workers: false });
  t.teardown(shop.close);
  const before = await shop.store.head();
  const wrong: readonly (readonly [object, string])[] = [
    [{ code: 'a b' }, 'code'],
    [{ code: 'ab' }, 'code'],
    [{ type: 'everywhere' }, 'type'],
    [{ value: 0 }, 'value'],
    [{ value: 100.1 }, 'value'],
    [{ value: '20' }, 'value'],
    [{ value: 1e-7, valueType: 'fixed' }, 'value'],
    [{ value: 2.505, valueType: 'fixed' }, 'value'],
    [{ valueType: 'gift' }, 'valueType'],
    [{ applicableOn: 'none' }, 'applicableOn'],
    [{ maxUses: 0 }, 'maxUses'],
    [{ maxUses: 1.5 }, 'maxUses'],
    [{ expiresAt: 'tomorrow' }, 'expiresAt'],
    [{ expiresAt: '2027-02-30' }, 'expiresAt'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    [{ type: 'course_specific' }, 'courseId'],
    [{ courseId: 'some' }, 'courseId'],
  ];
  for (const [fields, field] of wrong) {
    const { status, body } = await shop.send(shop.admin, 'POST', '/discounts', { ...newCoupon, ...fields });
    t.match({ status, body }, { status: 400, body: { errors: [{ field }] } }, JSON.stringify(fields));
  }
  t.equal(await shop.store.head(), before);
});

t.test('admins issue any code, instructors for their own courses, students none', async (t) => {
  const shop = await openShop({ workers: false });
  t.teardown(shop.close);
  const courseId = await shop.course();
  const onCourse = { ...newCoupon, type: 'course_specific', courseId };
  const bob = await shop.signUp('instructor');
  t.match(await shop.send(null, 'POST', '/discounts', newCoupon), { status: 401 });
  t.match(await shop.send(shop.sam, 'POST', '/discounts', newCoupon), { status: 403 });
  t.match(await shop.send(shop.ada, 'POST', '/discounts', newCoupon), { status: 403, body: { code: 'coupon-not-permitted' } });
  t.match(await shop.send(bob, 'POST', '/discounts', onCourse), { status: 403, body: { code: 'coupon-not-permitted' } });
  t.match(await shop.send(shop.ada, 'POST', '/discounts', { ...onCourse, courseId: 'none' }), { status: 404 });
  t.match(await shop.send(shop.ada, 'POST', '/discounts', onCourse), { status: 201, body: { courseId, createdBy: shop.ada.id } });
});

t.test('an instructor sees and changes his own codes, an admin all of them', async (t) => {
  const shop = await openShop({ workers: false });
  t.teardown(shop.close);
  const courseId = await shop.course();
  const general = await shop.coupon({ code: 'GENERAL' });
  const { body } = await shop.send(shop.ada, 'POST', '/discounts', { ...newCoupon, code: 'MINE', type: 'course_specific', courseId });
  const mine = String(body['id']);
  const codes = async (account: typeof shop.ada) => {
    const { body: page } = await shop.send(account, 'GET', '/discounts?limit=10');
    return [(page['data'] as readonly { code: string }[]).map(({ code }) => code).toSorted(), page['total']];
  };
  t.same(await codes(shop.admin), [['GENERAL', 'MINE'], 2]);
  t.same(await codes(shop.ada), [['MINE'], 1]);
  t.match(await shop.send(shop.sam, 'GET', '/discounts'), { status: 403 });
  for (const [method, payload] of [['GET'], ['PATCH', { value: 5 }], ['DELETE']] as const) {
    t.match(await shop.send(shop.ada, method, `/discounts/${general}`, payload), { status: 404 }, method);
    t.match(await shop.send(shop.admin, method, '/discounts/unknown', payload), { status: 404 }, method);
  }
  t.match(await shop.send(shop.ada, 'PATCH', `/discounts/${mine}`, { value: 5 }), { status: 200, body: { value: 5, applicableOn: 'both' } });
});

t.test('a shopper looks a code up, and sees no more than a shopper needs', async (t) => {
  const shop = await openShop({ workers: false });
  t.teardown(shop.close);
  await shop.coupon();
  t.match(await shop.send(null, 'GET', '/discounts/code/SPRING'), { status: 401 });
  const { status, body } = await shop.send(shop.sam, 'GET', '/discounts/code/spring');
  t.equal(status, 200);
  t.match(body, { code: 'SPRING', value: 20, valueType: 'percentage', isActive: true });
  t.notOk(['maxUses', 'usedCount', 'reservedCount', 'createdBy'].some((field) => field in body));
  t.match(await shop.send(shop.sam, 'GET', '/discounts/code/nothing'), { status: 404 });
});

t.test('what is sent changes, the code never', async (t) => {
  const shop = await openShop({ workers: false });
  t.teardown(shop.close);
  const id = await shop.coupon({ maxUses: 5, expiresAt: '2027-01-01T01:00:00+01:00' });
  const patch = (payload: object) => shop.send(shop.admin, 'PATCH', `/discounts/${id}`, payload);
  t.match(await patch({ code: 'spring', value: 30 }), { status: 200, body: { value: 30, maxUses: 5, expiresAt: '2027-01-01T00:00:00.000Z' } });
  t.match(await patch({ code: 'AUTUMN' }), { status: 422, body: { code: 'coupon-code-fixed', errors: [{ field: 'code' }] } });
  t.match(await patch({ maxUses: null, expiresAt: null }), { status: 200, body: { maxUses: null, expiresAt: null } });
  t.match(await patch({ value: 101 }), { status: 400, body: { errors: [{ field: 'value' }] } });
  t.match(await patch({}), { status: 200, body: { value: 30 } });
});

t.test('a withdrawn code stays in the books, and nobody can use it', async (t) => {
  const shop = await openShop({ workers: false });
  t.teardown(shop.close);
  const id = await shop.coupon();
  t.match(await shop.send(shop.admin, 'DELETE', `/discounts/${id}`), { status: 200, body: { id, isActive: false } });
  t.match(await shop.send(shop.sam, 'GET', '/discounts/code/SPRING'), { status: 200, body: { isActive: false } });
  t.match(await shop.send(shop.admin, 'POST', '/discounts', { ...newCoupon, code: 'SPRING' }), { status: 409 });
  const purchase = shop.purchase([await shop.course()], { amount: 10, discountCode: 'SPRING' });
  t.match(await shop.send(shop.sam, 'POST', '/payments', purchase), { status: 422, body: { code: 'coupon-withdrawn' } });
});

t.test('issue 9.16: a date is its whole day in UTC, also the day of today', async (t) => {
  const clock = new FakeClock();
  const shop = await openShop({ workers: false, clock });
  t.teardown(shop.close);
  const today = clock.now().toISOString().slice(0, 10);
  const id = await shop.coupon({ expiresAt: today });
  t.match(await shop.send(shop.admin, 'GET', `/discounts/${id}`), { body: { expiresAt: `${today}T23:59:59.999Z`, isActive: true } });
  const yesterday = new Date(clock.now().getTime() - 86_400_000).toISOString().slice(0, 10);
  const refused = { status: 400, body: { errors: [{ field: 'expiresAt' }] } };
  t.match(await shop.send(shop.admin, 'POST', '/discounts', { ...newCoupon, expiresAt: yesterday }), refused);
  t.match(await shop.send(shop.admin, 'PATCH', `/discounts/${id}`, { expiresAt: yesterday }), refused);
  const noted = async (expiresAt: string) => (await shop.send(shop.admin, 'PATCH', `/discounts/${id}`, { expiresAt })).body['expiresAt'];
  t.equal(await noted('2027-12-31T18:00'), '2027-12-31T18:00:00.000Z');
  t.equal(await noted('2027-12-31T18:00:00+0100'), '2027-12-31T17:00:00.000Z');
  t.equal(await noted('2027-12-31'), '2027-12-31T23:59:59.999Z');
});

t.test('issue 9.16: a form that is sent back as it came changes nothing and is never refused', async (t) => {
  const clock = new FakeClock();
  const shop = await openShop({ workers: false, clock });
  t.teardown(shop.close);
  const courseId = await shop.course();
  const { body: issued } = await shop.send(shop.ada, 'POST', '/discounts', {
    ...newCoupon,
    type: 'course_specific',
    courseId,
    valueType: 'fixed',
    value: 2.5,
    expiresAt: '2026-12-31',
  });
  const url = `/discounts/${String(issued['id'])}`;
  const sentBack = async (account: typeof shop.ada) => {
    const { body: form } = await shop.send(account, 'GET', url);
    const before = await shop.store.head();
    t.match(await shop.send(account, 'PATCH', url, form), { status: 200, body: form });
    t.equal(await shop.store.head(), before, 'nothing was recorded');
    return form;
  };
  await sentBack(shop.ada);
  clock.advance(400 * 86_400_000);
  t.match(await sentBack(shop.ada), { isActive: false }, 'it has expired');
  t.match(await shop.send(shop.ada, 'PATCH', url, { value: 3 }), { status: 200, body: { value: 3, isActive: false } }, 'other fields change');
  await shop.send(shop.ada, 'DELETE', `/courses/${courseId}`);
  await sentBack(shop.ada);
  await shop.send(shop.ada, 'DELETE', url);
  await sentBack(shop.ada);
});
