import t from 'tap';
import { pay, publishCourse, RunningApplication, signUp, text, typesOf } from './running-application.js';

t.test('one purchase, from sign-up to invoice and mail, read by an auditor', async (t) => {
  const app = await RunningApplication.start(t);
  const admin = await signUp(app, 'ada', 'admin');
  const teacher = await signUp(app, 'ivo', 'instructor');
  const student = await signUp(app, 'sam', 'student');
  const courseId = await publishCourse(app, teacher, 'Bookkeeping', { capacity: 2 });
  const coupon = await app.call({
    method: 'POST', url: '/discounts', token: teacher.token,
    payload: { code: 'save10', type: 'course_specific', courseId, value: 10, valueType: 'percentage', applicableOn: 'both', maxUses: 1 },
  });
  t.match(coupon, { status: 201, body: { code: 'SAVE10' } });
  t.match(await app.call({ method: 'POST', url: '/cart/items', token: student.token, payload: { courseId } }), { status: 201, body: { itemCount: 1 } });

  t.match(await pay(app, student, [courseId], { discountCode: 'SAVE10', amount: 40 }), { status: 422, body: { code: 'amount-mismatch', details: { amount: 36 } } });
  const paid = await pay(app, student, [courseId], { discountCode: 'save10', amount: 36 });
  t.match(paid, { status: 201, body: { status: 'completed', amount: 36, discount: 4, invoiceNumber: `INV-${new Date().getUTCFullYear()}-000001` } });
  const paymentId = text(paid.body.id);

  t.match(await app.call({ method: 'GET', url: '/cart', token: student.token }), { body: { itemCount: 0 } });
  t.match(await app.call({ method: 'GET', url: '/courses/user/purchased', token: student.token }), { body: { data: [{ id: courseId }] } });
  t.match(await app.call({ method: 'GET', url: `/invoices/${paymentId}`, token: student.token }), { status: 200, body: { amount: 36, discount: 4, paymentId } });
  t.match(await app.call({ method: 'GET', url: `/invoices/${paymentId}/pdf`, token: student.token }), { status: 200, headers: { 'content-type': 'application/pdf' } });
  t.match(await app.call({ method: 'GET', url: `/courses/${courseId}` }), { body: { seatsLeft: 1 } });
  t.match(await pay(app, await signUp(app, 'second', 'student'), [courseId], { discountCode: 'SAVE10', amount: 36 }), { status: 409, body: { code: 'coupon-exhausted' } });

  t.same(await typesOf(app, admin, `payment-${paymentId}`), ['PaymentOpened', 'PaymentCaptureRequested', 'PaymentCaptured']);
  t.same(await typesOf(app, admin, 'coupon-SAVE10'), ['CouponIssued', 'CouponReserved', 'CouponRedeemed']);
  t.same(await typesOf(app, admin, `invoice-${paymentId}`), ['InvoiceRequested', 'InvoiceIssued']);

  const mails = await app.until(async () => {
    const toStudent = (await app.mails()).filter((mail) => mail.includes(student.email));
    return toStudent.length >= 2 ? toStudent : undefined;
  });
  t.equal(mails.length, 2, 'a code and a receipt: no confirmation goes to an address that was never verified');

  const refund = await app.call({ method: 'PATCH', url: `/payments/${paymentId}`, token: admin.token, payload: { status: 'refunded' } });
  t.equal(refund.status, 200);
  await app.until(async () => (await typesOf(app, admin, 'coupon-SAVE10')).includes('CouponRedemptionReversed'));
  await app.until(async () => (await app.call({ method: 'GET', url: '/courses/user/purchased', token: student.token })).body.total === 0);
  t.match(await app.call({ method: 'GET', url: `/payments/${paymentId}`, token: student.token }), { body: { status: 'refunded', refundedAmount: 36 } });
});

t.test('pitfall 17: the same idempotency key 20 times at once, and again after a restart: one payment, charge, mail and invoice', async (t) => {
  const app = await RunningApplication.start(t);
  const admin = await signUp(app, 'ada', 'admin');
  const teacher = await signUp(app, 'ivo', 'instructor');
  const student = await signUp(app, 'sam', 'student');
  const courseId = await publishCourse(app, teacher, 'Bookkeeping');
  const headers = { 'idempotency-key': 'the-one-and-only-purchase' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => pay(app, student, [courseId], {}, headers)));
  const created = answers.filter(({ status }) => status === 201);
  t.equal(new Set(created.map(({ body }) => JSON.stringify(body))).size, 1, 'one answer, told to somebody');
  t.ok(answers.every(({ status }) => status === 201 || status === 409), 'the others are answered alike, or that it is under way');
  const first = created[0]?.body;
  t.match(await pay(app, student, [courseId], { amount: 39 }, headers), { status: 422 }, 'the same key with another body');

  await app.until(async () => (await app.mails()).filter((mail) => mail.includes(student.email)).length >= 2);
  await app.stop();
  await app.boot();
  const again = await pay(app, student, [courseId], {}, headers);
  t.match(again, { status: 201, headers: { 'idempotency-replayed': 'true' } });
  t.same(again.body, first);

  const payments = await app.call({ method: 'GET', url: '/payments', token: student.token });
  t.equal(payments.body.total, 1);
  const invoices = await app.call({ method: 'GET', url: '/invoices', token: student.token });
  t.equal(invoices.body.total, 1);
  t.same(await typesOf(app, admin, `payment-${text(first?.id)}`), ['PaymentOpened', 'PaymentCaptureRequested', 'PaymentCaptured']);
  t.equal((await app.mails()).filter((mail) => mail.includes(student.email)).length, 2);
});

t.test('a declined payment gives everything back, and says so', async (t) => {
  const app = await RunningApplication.start(t);
  const teacher = await signUp(app, 'ivo', 'instructor');
  const student = await signUp(app, 'sam', 'student');
  const courseId = await publishCourse(app, teacher, 'Bookkeeping', { capacity: 1 });
  const declined = await pay(app, student, [courseId], { paymentToken: 'sandbox-declined' });
  t.match(declined, { status: 201, body: { status: 'failed' } });
  await app.until(async () => (await app.call({ method: 'GET', url: `/courses/${courseId}` })).body.seatsLeft === 1);
  t.match(await pay(app, student, [courseId]), { status: 201, body: { status: 'completed' } }, 'the next try goes through');
});

t.test('cash stays pending until an admin records it; cancelled, it is no more to be paid', async (t) => {
  const app = await RunningApplication.start(t);
  const admin = await signUp(app, 'ada', 'admin');
  const teacher = await signUp(app, 'ivo', 'instructor');
  const student = await signUp(app, 'sam', 'student');
  const courses = [await publishCourse(app, teacher, 'One'), await publishCourse(app, teacher, 'Two')];
  const [first, second] = await Promise.all(courses.map((courseId) => pay(app, student, [courseId], { paymentMethod: 'cash' })));
  t.match(first, { status: 201, body: { status: 'pending' } });
  const patch = (id: unknown, payload: object, token: string) => app.call({ method: 'PATCH', url: `/payments/${text(id)}`, token, payload });
  t.equal((await patch(first?.body.id, { status: 'completed' }, student.token)).status, 403);
  t.match(await patch(first?.body.id, { status: 'completed' }, admin.token), { status: 200, body: { status: 'completed' } });
  t.match(await app.call({ method: 'DELETE', url: `/payments/${text(second?.body.id)}`, token: student.token }), { status: 200, body: { status: 'cancelled' } });
  t.equal((await patch(second?.body.id, { status: 'completed' }, admin.token)).status, 409);
});
