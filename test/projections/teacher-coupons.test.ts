import { Decimal } from 'decimal.js';
import t from 'tap';
import type { AccessTerms, DiscountTerms } from '../../src/domain/coupon/events.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { couponsProjection } from '../../src/projections/coupons/projection.js';
import { couponByCode, listCoupons } from '../../src/projections/coupons/queries.js';
import { teacherCouponsProjection } from '../../src/projections/teacher-coupons/projection.js';
import { couponByNumber, couponsOfTeacher, latestUses, revenueOf } from '../../src/projections/teacher-coupons/queries.js';
import { endEnrollment } from '../../src/commands/enrollments/end-enrollment.js';
import { enrollInCourse, enrollInModule } from '../../src/commands/enrollments/enroll-with-teacher.js';
import { changeSoldCoupon, withdrawSoldCoupon } from '../../src/commands/coupons/change-sold-coupon.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../fixtures/command-services.js';
import { ada, bob, drawnUp } from '../fixtures/courses.js';
import { dataOf, eventsIn, moduleIn, sold, taughtBy } from '../fixtures/sold-coupons.js';
import { Projected, recorded, type Published } from './projected.js';
import { fc } from '../fixtures/properties.js';

const at = '2026-03-01T12:00:00.000Z';
const slice = { skip: 0, limit: 10 };
const terms: AccessTerms = {
  kind: 'teacher',
  benefit: { type: 'access', price: '9.50', currency: 'USD' },
  status: 'available',
  isActive: true,
  maxUses: 3,
  expiresAt: '2027-03-01T12:00:00.000Z',
};
const discount: DiscountTerms = { kind: 'platform_wide', courseId: null, benefit: { type: 'percentage', percent: '10' }, applicableOn: 'both', maxUses: 2, expiresAt: null };

const issued = (code: string, issuedBy = 'ada'): Published => [`coupon-${code}`, { type: 'CouponIssued', data: { couponId: code, code, terms, issuedBy, issuedAt: at } }];
const use = (code: string, useId: string, price = '9.50', currency = 'USD') => ({
  couponId: code, code, useId, accountId: 'sam', teacherId: 'ada', courseId: 'course', moduleId: null, price, currency,
});
const used = (code: string, useId: string, price?: string, currency?: string): Published => [
  `coupon-${code}`,
  { type: 'CouponUsedForAccess', data: { ...use(code, useId, price, currency), usedAt: at } },
];
const reversed = (code: string, useId: string): Published => [
  `coupon-${code}`,
  { type: 'CouponUseForAccessReversed', data: { ...use(code, useId), reason: 'already-enrolled', reversedAt: at } },
];

t.test('coupons of a teacher, numbered in the order of the log, the newest first', async (t) => {
  const readModels = new Projected(teacherCouponsProjection, recorded([issued('A'), issued('B', 'bob'), issued('C')]));
  t.match(await couponsOfTeacher(readModels, 'ada', slice), { total: 2, found: [{ code: 'C', number: 3 }, { code: 'A', number: 1 }] });
  t.match(await couponByNumber(readModels, 2), { code: 'B', teacherId: 'bob', uses: 0, terms });
  t.equal(await couponByNumber(readModels, 4), undefined);
});

t.test('uses count while they stand', async (t) => {
  const readModels = new Projected(teacherCouponsProjection, recorded([issued('A'), used('A', 'u1'), used('A', 'u2'), reversed('A', 'u1')]));
  t.match(await couponByNumber(readModels, 1), { uses: 1 });
  t.match(await latestUses(readModels, 'ada', 10), [{ id: 'u2', number: 2, studentId: 'sam', price: '9.50' }]);
  t.same([await revenueOf(readModels, 'ada', 'USD'), await revenueOf(readModels, 'bob', 'USD')], ['9.50', '0.00']);
});

t.test('a coupon that was withdrawn is in no list; its uses stay', async (t) => {
  const withdrawn: Published = ['coupon-A', { type: 'CouponWithdrawn', data: { couponId: 'A', code: 'A', withdrawnAt: at } }];
  const readModels = new Projected(teacherCouponsProjection, recorded([issued('A'), used('A', 'u1'), withdrawn]));
  t.match(await couponsOfTeacher(readModels, 'ada', slice), { total: 0, found: [] });
  t.equal(await couponByNumber(readModels, 1), undefined);
  t.equal((await latestUses(readModels, 'ada', 10)).length, 1);
  t.equal(await revenueOf(readModels, 'ada', 'USD'), '9.50');
});

t.test('currencies are not added up', async (t) => {
  const readModels = new Projected(teacherCouponsProjection, recorded([issued('A'), used('A', 'u1'), used('A', 'u2', '1.25', 'EUR'), used('A', 'u3', '0.75', 'EUR')]));
  t.same([await revenueOf(readModels, 'ada', 'USD'), await revenueOf(readModels, 'ada', 'EUR')], ['9.50', '2.00']);
});

t.test('neither read model knows the coupons of the other', async (t) => {
  const ofDiscount: DomainEvent = { type: 'CouponIssued', data: { couponId: 'D', code: 'D', terms: discount, issuedBy: 'ada', issuedAt: at } };
  const changed: DomainEvent = { type: 'CouponTermsChanged', data: { couponId: 'A', code: 'A', terms: { ...terms, maxUses: 5 }, changedAt: at } };
  const log = recorded([issued('A'), ['coupon-D', ofDiscount], ['coupon-A', changed], used('A', 'u1')]);
  const discounts = new Projected(couponsProjection, log);
  t.match(await listCoupons(discounts, slice), { total: 1, discounts: [{ code: 'D' }] });
  t.equal(await couponByCode(discounts, 'A'), undefined);
  const teachers = new Projected(teacherCouponsProjection, log);
  t.match(await couponsOfTeacher(teachers, 'ada', slice), { total: 1, found: [{ code: 'A', terms: { maxUses: 5 } }] });
});

interface Step {
  readonly what: 'course' | 'module' | 'end' | 'price' | 'withdraw';
  readonly studentId: string;
  readonly code: number;
  readonly cents: number;
}

t.test('the revenue is what a recount of the log says, after whatever was done', async (t) => {
  const step = fc.record<Step>({
    what: fc.constantFrom('course', 'course', 'module', 'module', 'end', 'price', 'withdraw'),
    studentId: fc.constantFrom('sam', 'tom', 'una'),
    code: fc.integer({ min: 0, max: 4 }),
    cents: fc.integer({ min: 0, max: 99_999 }),
  });
  let positive = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), async (groups) => {
      const store = new MemoryEventStore<DomainEvent>();
      const services = servicesOver(store);
      const courseId = await drawnUp(services);
      const moduleId = await moduleIn(services, courseId);
      for (const studentId of ['sam', 'tom', 'una']) await taughtBy(services, studentId);
      const codes = [...(await sold(services, store, { maxUses: 2 }, 4)), ...(await sold(services, store, {}, 1, bob.accountId))];
      const carryOut = ({ what, studentId, code: index, cents }: Step): Promise<unknown> => {
        const code = codes[index] ?? '';
        switch (what) {
          case 'course':
            return enrollInCourse(services)({ studentId, courseId, code }, contextFor());
          case 'module':
            return enrollInModule(services)({ studentId, courseId, moduleId, code }, contextFor());
          case 'end':
            return endEnrollment(services)({ studentId, courseId }, contextFor());
          case 'price':
            return changeSoldCoupon(services)({ actor: ada, code, changes: { price: new Decimal(cents).div(100).toFixed(2) } }, contextFor());
          case 'withdraw':
            return withdrawSoldCoupon(services)({ actor: ada, code }, contextFor());
        }
      };
      for (const group of groups) await Promise.all(group.map(carryOut));
      const reversals = new Set((await dataOf(store, 'CouponUseForAccessReversed')).map(({ useId }) => useId));
      const standing = (await dataOf(store, 'CouponUsedForAccess')).filter(({ useId, teacherId }) => !reversals.has(useId) && teacherId === 'ada');
      const recount = standing.reduce((sum, { price }) => sum.add(String(price)), new Decimal(0)).toFixed(2);
      if (standing.length > 0) positive += 1;
      const events = (await eventsIn(store)).map((event): Published => ['any', event]);
      const readModels = new Projected(teacherCouponsProjection, recorded(events));
      return (await revenueOf(readModels, 'ada', 'USD')) === recount && (await latestUses(readModels, 'ada', 1_000)).length === standing.length;
    }),
    { numRuns: 100 },
  );
  t.ok(positive > 30, `${positive} runs had uses`);
});
