import t from 'tap';
import { approvePackagePayment } from '../../../src/commands/packages/change-package-payment.js';
import { submitGroupPayment } from '../../../src/commands/packages/submit-group-payment.js';
import { submitPackagePayment } from '../../../src/commands/packages/submit-package-payment.js';
import type { CommandServices } from '../../../src/commands/services.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { hasAccess } from '../../../src/domain/enrollment/decider.js';
import { SEAT_BOOK, seatsUsed } from '../../../src/domain/seat-book/decider.js';
import { packageApprovalsConsumer } from '../../../src/workers/package-approvals/settle-package-approvals.js';
import { FailingLog } from '../../doubles/failing-log.js';
import { offered, packaged, PROOF, registered } from '../../fixtures/academy.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';

const QUOTA = 3;
const academy = { seats: { ENTRY: QUOTA, INTERMEDIATE: QUOTA, BUNDLE: QUOTA }, groupPrice: 81_000, url: 'https://academy.example' };
const servicesOf = (store: FailingLog): CommandServices => servicesOver(store, { settings: { academy } });

/** Hands over each event, twice, as a bus may, until there are no new ones. */
const settled = async (store: FailingLog): Promise<void> => {
  store.failure = () => null;
  const consumer = packageApprovalsConsumer(servicesOf(store));
  let position = 0n;
  for (;;) {
    const before = position;
    for await (const event of store.readAll({ after: position })) {
      for (let time = 0; time < 2; time += 1) await consumer.handle(event);
      ({ position } = event);
    }
    if (position === before) return;
  }
};

interface Waiting {
  readonly store: FailingLog;
  readonly services: CommandServices;
  readonly courses: readonly string[];
  readonly payerId: string;
  readonly paymentId: string;
  readonly isGroup: boolean;
  readonly people: readonly string[];
}

/** A payment that waits: of a bundle, or of a group of three. With `isFull` another person took the last seat of the second course. */
const started = async (kind: 'bundle' | 'group', isFull: boolean): Promise<Waiting> => {
  const store = new FailingLog();
  const services = servicesOf(store);
  const level = kind === 'bundle' ? 'beginner' : 'intermediate';
  const courses = [await offered(services, level, 'Python'), await offered(services, 'intermediate', 'Machine learning')];
  const [first = '', second = ''] = courses;
  const type = kind === 'bundle' ? 'BUNDLE' : 'INTERMEDIATE';
  const packageId = await packaged(services, type, 130_000, courses);
  const [ann, bob, cid] = [await registered(services, 'ann'), await registered(services, 'bob'), await registered(services, 'cid')];
  const isGroup = kind === 'group';
  const members = [{ email: bob.email, courseId: second }, { email: cid.email, courseId: second }];
  const made = isGroup
    ? await submitGroupPayment(services)({ payerId: ann.id, packageId, creatorCourseId: first, proofLink: PROOF, members }, contextFor())
    : await submitPackagePayment(services)({ payerId: ann.id, type: 'UMUM', packageId, courseId: null, proofLink: PROOF }, contextFor());
  if (!made.ok) throw new Error(made.rejection);
  if (isFull) {
    const at = services.clock.now().toISOString();
    const seats = Array.from({ length: QUOTA }, (_, index) => ({ enrollmentId: `e${index}`, userId: `u${index}`, courseId: second }));
    const data = { paymentId: 'other', approvalId: 'other', pool: type, seats, quota: QUOTA, at } as const;
    await services.handler.handle(aggregates.seatBook, SEAT_BOOK, { type: 'TakeSeats', data }, contextFor());
  }
  return { store, services, courses, payerId: ann.id, paymentId: made.value.paymentId, isGroup, people: isGroup ? [ann.id, bob.id, cid.id] : [ann.id] };
};

/** What is true at the end: all of it, or none. */
const endOf = async ({ services: { handler }, courses, payerId, paymentId, people }: Waiting): Promise<object> => {
  const { state: purchases } = await handler.load(aggregates.packagePurchases, payerId);
  const { state: book } = await handler.load(aggregates.seatBook, SEAT_BOOK);
  const { state: invoice } = await handler.load(aggregates.invoice, paymentId);
  const access = await Promise.all(people.flatMap((person) => courses.map(async (courseId) => hasAccess((await handler.load(aggregates.enrollment, `${person}.${courseId}`)).state))));
  return {
    status: purchases.payments.get(paymentId)?.status,
    seats: courses.map((courseId) => seatsUsed(book, courseId, 'BUNDLE') + seatsUsed(book, courseId, 'INTERMEDIATE')),
    invoice: invoice.status,
    access,
  };
};

for (const kind of ['bundle', 'group'] as const) {
  for (const isFull of [false, true]) {
    t.test(`a process that dies anywhere on the way of an approval (${kind}${isFull ? ', without a seat' : ''}) leaves nothing in part`, async (t) => {
      const whole = await started(kind, isFull);
      const appendsBefore = whole.store.appends;
      await approvePackagePayment(whole.services)(whole, contextFor());
      await settled(whole.store);
      const expected = await endOf(whole);
      const appends = whole.store.appends - appendsBefore;
      t.ok(appends >= 2, `${appends} appends`);
      t.match(expected, isFull ? { status: 'waiting', invoice: 'none' } : { status: 'approved', invoice: 'requested' });
      for (const failure of ['before', 'after'] as const) {
        for (let step = 1; step <= appends; step += 1) {
          const broken = await started(kind, isFull);
          const dies = broken.store.appends + step;
          broken.store.failure = (append) => (append >= dies ? failure : null);
          await approvePackagePayment(broken.services)(broken, contextFor()).catch(() => undefined);
          await settled(broken.store);
          const end = await endOf(broken);
          // Before the first append nothing was begun.
          if (step === 1 && failure === 'before') t.match(end, { status: 'waiting', invoice: 'none' });
          else t.same(end, expected, `${failure} append ${step}`);
        }
      }
    });
  }
}

t.test('an enrollment that ends frees its seat, once', async (t) => {
  const waiting = await started('bundle', false);
  const { services, store, courses: [first = '', second = ''], payerId, paymentId } = waiting;
  await approvePackagePayment(services)(waiting, contextFor());
  const revoke = { type: 'RevokeAccess', data: { studentId: payerId, courseId: first, grantId: paymentId, reason: 'by an admin', at: services.clock.now().toISOString() } } as const;
  await services.handler.handle(aggregates.enrollment, `${payerId}.${first}`, revoke, contextFor());
  await settled(store);
  const { state: book } = await services.handler.load(aggregates.seatBook, SEAT_BOOK);
  t.same([seatsUsed(book, first, 'BUNDLE'), seatsUsed(book, second, 'BUNDLE')], [0, 1]);
});
