import t from 'tap';
import { Books } from './books.js';
import type { Answer } from './client.js';
import { Customers, type Purchase } from './customers.js';
import { Deployment } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { eventsOf } from './ledger.js';
import { PayersBank } from './payers-bank.js';
import { LIMIT, PRICE, Shop, type Person } from './shop.js';

t.setTimeout(600_000);

const AT_ONCE = 20;
const many = <Value>(make: (number: number) => Promise<Value>, times = AT_ONCE): Promise<Value[]> =>
  Promise.all(Array.from({ length: times }, (_, number) => make(number)));
const withStatus = (answers: readonly Answer[], wanted: number): readonly Answer[] => answers.filter(({ status }) => status === wanted);
const codesOf = (answers: readonly Answer[]): readonly unknown[] => [...new Set(answers.map(({ body }) => body['code']))];

/** One code, written in many ways: each letter in either case. */
const spelt = (code: string, number: number): string =>
  [...code].map((letter, index) => ((number >> index % 5) % 2 === 0 ? letter : letter.toLowerCase())).join('');

t.test('races through several HTTP processes at once', async (t) => {
  const deployment = await Deployment.start(t);
  const books = await Books.open(t, deployment);
  const customers = new Customers(await Shop.open(deployment.urls), new PayersBank(deployment.provider));
  const { shop } = customers;
  const [first = '', second = '', third = '', fourth = ''] = shop.courses;
  const students = await many((number) => shop.signUp(`student-${number}`, 'student'));
  const on = (student: Person, answer: Answer, purchase: Omit<Purchase, 'paymentId' | 'studentId'>): void => {
    if (answer.status === 201) customers.purchases.push({ ...purchase, paymentId: String(answer.body['id']), studentId: student.id });
  };

  await t.test(`pitfalls 1 and 2: ${AT_ONCE} purchases at once with one code in ${AT_ONCE} spellings: as many as its limit says get it`, async (t) => {
    const answers = await Promise.all(students.map(async (student, number) => {
      const answer = await customers.pay(student, first, `scarce-${number}`, spelt(shop.scarce, number), 'card');
      on(student, answer, { key: `scarce-${number}`, courseId: first, coupon: shop.scarce, way: 'card' });
      return answer;
    }));
    const refused = answers.filter(({ status }) => status !== 201);
    t.equal(withStatus(answers, 201).length, LIMIT);
    t.same(codesOf(refused), ['coupon-exhausted']);
  });

  const [student] = students;
  if (student === undefined) throw new Error('nobody is there');

  await t.test(`pitfall 17: ${AT_ONCE} posts of one purchase at once, each to one HTTP process or the other: one payment, one answer to all`, async (t) => {
    const answers = await many(() => customers.pay(student, second, 'double-click', null, 'card'));
    t.equal(withStatus(answers, 201).length, AT_ONCE);
    t.equal(new Set(answers.map(({ body }) => body['id'])).size, 1);
    for (const answer of answers.slice(0, 1)) on(student, answer, { key: 'double-click', courseId: second, coupon: null, way: 'card' });
  });

  await t.test('pitfall 17: the same without a common key: one payment, the others name it', async (t) => {
    const answers = await many((number) => customers.pay(student, third, `click-${number}`, null, 'cash'));
    const opened = withStatus(answers, 201);
    t.equal(opened.length, 1);
    t.same(codesOf(answers.filter(({ status }) => status !== 201)), ['purchase-under-way']);
    for (const answer of opened) on(student, answer, { key: 'click', courseId: third, coupon: null, way: 'cash' });
    await customers.recordCash(String(opened[0]?.body['id']), 'click-cash');
  });

  await t.test(`pitfall 12: ${AT_ONCE} refunds at once: no more is given back than was paid`, async (t) => {
    const { paymentId } = await customers.buy(student, fourth, null, 'card');
    const part = 7;
    const answers = await many((number) => customers.refund(paymentId, part, `part-${number}`));
    t.equal(withStatus(answers, 200).length, Math.floor(PRICE / part));
    t.same(codesOf(answers.filter(({ status }) => status !== 200)), ['refund-exceeds-captured']);
  });

  await t.test(`pitfall 8: the same money is reported ${AT_ONCE} times at once, to one HTTP process or the other: it is taken once`, async (t) => {
    const [, buyer] = students;
    if (buyer === undefined) throw new Error('nobody is there');
    const { body } = await customers.pay(buyer, third, 'reported', null, 'cash');
    const paymentId = String(body['id']);
    customers.purchases.push({ key: 'reported', paymentId, studentId: buyer.id, courseId: third, coupon: null, way: 'cash' });
    const answers = await many((number) => customers.recordCash(paymentId, `report-${number}`));
    t.equal(withStatus(answers, 200).length, AT_ONCE);
    const captured = eventsOf(await books.log(), 'PaymentCaptured').filter(({ data }) => data.paymentId === paymentId);
    t.equal(captured.length, 1);
  });

  await t.test('pitfall 3: cash is recorded and the payment is cancelled at once: one of them stands, and the coupon follows it', async (t) => {
    const outcomes = await Promise.all(students.slice(1).map(async (buyer, number) => {
      const key = `contested-${number}`;
      const { body } = await customers.pay(buyer, second, key, shop.half, 'cash');
      const paymentId = String(body['id']);
      const [recorded, cancelled] = await Promise.all([
        customers.recordCash(paymentId, `${key}-cash`),
        customers.cancel(buyer, paymentId, `${key}-cancel`),
      ]);
      customers.purchases.push({ key, paymentId, studentId: buyer.id, courseId: second, coupon: shop.half, way: recorded.status === 200 ? 'cash' : 'cancelled' });
      return [recorded.status, cancelled.status];
    }));
    t.same(outcomes.filter(([recorded, cancelled]) => (recorded === 200) === (cancelled === 200)), [], 'never both, never none');
    t.comment(`${outcomes.filter(([recorded]) => recorded === 200).length} of ${outcomes.length} were paid`);
    const log = await books.settled();
    const uses = (type: 'CouponRedeemed' | 'CouponReleased') => eventsOf(log, type).filter(({ data: { code } }) => code === shop.half).length;
    t.equal(uses('CouponRedeemed') + uses('CouponReleased'), outcomes.length, 'each use was redeemed or released, never both');
  });

  await checkInvariants(t, deployment, books, customers);
});
