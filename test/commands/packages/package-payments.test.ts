import t from 'tap';
import { approvePackagePayment, deletePackagePayment, replaceProof } from '../../../src/commands/packages/change-package-payment.js';
import { submitGroupPayment } from '../../../src/commands/packages/submit-group-payment.js';
import { submitPackagePayment, type SubmitPackagePaymentInput } from '../../../src/commands/packages/submit-package-payment.js';
import type { CommandServices } from '../../../src/commands/services.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { hasAccess } from '../../../src/domain/enrollment/decider.js';
import { SEAT_BOOK, seatsUsed } from '../../../src/domain/seat-book/decider.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { offered, packaged, PROOF, registered } from '../../fixtures/academy.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';

const started = async (seats = { ENTRY: 15, INTERMEDIATE: 15, BUNDLE: 30 }) => {
  const services = servicesOver(new MemoryEventStore<DomainEvent>(), { settings: { academy: { seats, groupPrice: 81_000, url: 'https://academy.example' } } });
  const entry = await offered(services, 'beginner', 'Python');
  const intermediate = await offered(services, 'intermediate', 'Machine learning');
  const packages = {
    ENTRY: await packaged(services, 'ENTRY', 49_000, [entry]),
    INTERMEDIATE: await packaged(services, 'INTERMEDIATE', 90_000, [intermediate]),
    BUNDLE: await packaged(services, 'BUNDLE', 130_000, [entry, intermediate]),
  };
  return { services, entry, intermediate, packages };
};

const pay = (services: CommandServices, payerId: string, packageId: string, courseId: string | null, more: Partial<SubmitPackagePaymentInput> = {}) =>
  submitPackagePayment(services)({ payerId, type: 'UMUM', packageId, courseId, proofLink: PROOF, ...more }, contextFor());

const paid = async (...given: Parameters<typeof pay>): Promise<string> => {
  const outcome = await pay(...given);
  if (!outcome.ok) throw new Error(outcome.rejection);
  return outcome.value.paymentId;
};

const approve = (services: CommandServices, payerId: string, paymentId: string, isGroup = false) => approvePackagePayment(services)({ payerId, paymentId, isGroup }, contextFor());

const isEnrolled = async ({ handler }: CommandServices, userId: string, courseId: string): Promise<boolean> => hasAccess((await handler.load(aggregates.enrollment, `${userId}.${courseId}`)).state);

t.test('section 4: the checks of a payment, in their order', async (t) => {
  const { services, entry, intermediate, packages } = await started({ ENTRY: 1, INTERMEDIATE: 15, BUNDLE: 0 });
  const { id } = await registered(services, 'ann');
  const refusal = async (outcome: ReturnType<typeof pay>) => {
    const refused = await outcome;
    return refused.ok ? 'accepted' : refused.rejection;
  };
  t.equal(await refusal(pay(services, 'nobody', 'none', null)), 'account-not-found');
  t.equal(await refusal(pay(services, id, 'none', null, { type: 'DIKE' })), 'payer-type-differs');
  t.equal(await refusal(pay(services, id, 'none', null)), 'package-not-found');
  t.equal(await refusal(pay(services, id, packages.ENTRY, null)), 'package-course-required');
  t.equal(await refusal(pay(services, id, packages.ENTRY, intermediate)), 'package-course-absent');
  t.equal(await refusal(pay(services, id, packages.BUNDLE, entry)), 'package-course-forbidden');
  t.match(await pay(services, id, packages.BUNDLE, null), { ok: false, rejection: 'seats-full', details: { courseId: entry, title: 'Python', used: 0, quota: 0, pool: 'BUNDLE' } });
  t.equal(await refusal(pay(services, id, packages.ENTRY, entry)), 'accepted');
  t.equal(await refusal(pay(services, id, packages.ENTRY, entry)), 'package-type-already-paid');
  t.equal(await refusal(pay(services, id, packages.BUNDLE, null)), 'bundle-not-alone');
  t.equal(await refusal(pay(services, id, packages.INTERMEDIATE, intermediate)), 'accepted');
  t.equal(await refusal(pay(services, id, packages.INTERMEDIATE, null)), 'intermediate-already-paid', 'before the course is looked at');
});

t.test('a request that is repeated makes one payment, and 20 tabs make one', async (t) => {
  const { services, entry, packages } = await started();
  const { id } = await registered(services, 'ann');
  const context = contextFor();
  const input = { payerId: id, type: 'UMUM', packageId: packages.ENTRY, courseId: entry, proofLink: PROOF } as const;
  const first = await submitPackagePayment(services)(input, context);
  t.same(await submitPackagePayment(services)(input, context), first);
  const bob = await registered(services, 'bob');
  const tabs = await Promise.all(Array.from({ length: 20 }, (_, index) => pay(services, bob.id, index % 2 === 0 ? packages.BUNDLE : packages.ENTRY, index % 2 === 0 ? null : entry)));
  t.equal(tabs.filter(({ ok }) => ok).length, 1);
});

t.test('100 approvals at once of 15 seats enroll 15; the others wait', async (t) => {
  const { services, entry, packages } = await started();
  const payers = await Promise.all(Array.from({ length: 100 }, (_, index) => registered(services, `p${index}`)));
  const payments = await Promise.all(payers.map(async ({ id }) => ({ id, paymentId: await paid(services, id, packages.ENTRY, entry) })));
  const outcomes = await Promise.all(payments.map(({ id, paymentId }) => approve(services, id, paymentId)));
  t.equal(outcomes.filter(({ ok }) => ok).length, 15);
  for (const outcome of outcomes) if (!outcome.ok) t.match(outcome, { rejection: 'seats-full', details: { courseId: entry, title: 'Python', used: 15, quota: 15, pool: 'ENTRY' } });
  const enrolled = await Promise.all(payments.map(({ id }) => isEnrolled(services, id, entry)));
  t.same(enrolled, outcomes.map(({ ok }) => ok));
  const { state: book } = await services.handler.load(aggregates.seatBook, SEAT_BOOK);
  t.equal(seatsUsed(book, entry, 'ENTRY'), 15);
  const waiting = payments.find((_, index) => outcomes[index]?.ok === false);
  const { state } = await services.handler.load(aggregates.packagePurchases, waiting?.id ?? '');
  t.equal(state.payments.get(waiting?.paymentId ?? '')?.status, 'waiting');
});

t.test('of two admins at once one approves; a bundle opens all of its courses and is invoiced', async (t) => {
  const { services, entry, intermediate, packages } = await started();
  const { id } = await registered(services, 'ann');
  const paymentId = await paid(services, id, packages.BUNDLE, null);
  const both = await Promise.all([approve(services, id, paymentId), approve(services, id, paymentId)]);
  t.equal(both.filter(({ ok }) => ok).length, 1);
  t.match(both.find(({ ok }) => !ok), { rejection: 'package-payment-approved' });
  t.same(await Promise.all([entry, intermediate].map((courseId) => isEnrolled(services, id, courseId))), [true, true]);
  const { state: invoice } = await services.handler.load(aggregates.invoice, paymentId);
  t.match(invoice, { status: 'requested', content: { userId: id, currency: 'IDR', total: '130000.00', items: [{ courseId: entry, total: '65000.00' }, { courseId: intermediate, total: '65000.00' }] } });
  t.match(await deletePackagePayment(services)({ payerId: id, paymentId, isGroup: false }, contextFor()), { ok: false, rejection: 'package-payment-approved' });
});

t.test('a proof is replaced by the payer, until the payment is approved', async (t) => {
  const { services, entry, packages } = await started();
  const { id } = await registered(services, 'ann');
  const paymentId = await paid(services, id, packages.ENTRY, entry);
  const replace = (actorId: string) => replaceProof(services)({ actorId, payerId: id, paymentId, proofLink: 'https://drive.example/other' }, contextFor());
  t.match(await replace('bob'), { ok: false, rejection: 'not-the-payer' });
  t.match(await replace(id), { ok: true, changed: true });
  await approve(services, id, paymentId);
  t.match(await replace(id), { ok: false, rejection: 'package-payment-approved' });
});

t.test('section 5: a group pays for its members, who are bound; who can take no part is left out', async (t) => {
  const { services, intermediate, entry, packages } = await started();
  const [ann, bob, cid, dan] = await Promise.all(['ann', 'bob', 'cid', 'dan'].map((name) => registered(services, name)));
  if (ann === undefined || bob === undefined || cid === undefined || dan === undefined) throw new Error('nobody');
  await paid(services, dan.id, packages.BUNDLE, null);
  const group = (payerId: string, emails: readonly string[], packageId = packages.INTERMEDIATE, courseId = intermediate) =>
    submitGroupPayment(services)({ payerId, packageId, creatorCourseId: courseId, proofLink: PROOF, members: emails.map((email) => ({ email, courseId })) }, contextFor());
  t.match(await group(ann.id, [bob.email], packages.INTERMEDIATE, entry), { ok: false, rejection: 'creator-course-absent' });
  t.match(await group(ann.id, [dan.email, ann.email, 'nobody@example.org']), { ok: false, rejection: 'no-valid-members' });
  t.match(await group(ann.id, [bob.email], packages.ENTRY, entry), { ok: false, rejection: 'package-not-for-groups' });
  const made = await group(ann.id, [bob.email.toUpperCase(), cid.email, dan.email]);
  if (!made.ok) throw new Error(made.rejection);
  const { paymentId } = made.value;
  const { state } = await services.handler.load(aggregates.packagePurchases, ann.id);
  t.match(state.payments.get(paymentId)?.group, { originalAmount: '270000.00', discountedAmount: '243000.00', participants: [{ userId: ann.id }, { userId: bob.id }, { userId: cid.id }] });
  t.match(await group(ann.id, [bob.email]), { ok: false, rejection: 'intermediate-already-paid' });
  t.match(await approve(services, ann.id, paymentId), { ok: false, rejection: 'package-payment-is-group' });
  const approved = await approve(services, ann.id, paymentId, true);
  t.equal(approved.ok && approved.value.enrollments.length, 3);
  t.same(await Promise.all([ann, bob, cid, dan].map(({ id }) => isEnrolled(services, id, intermediate))), [true, true, true, false]);
  const { state: invoice } = await services.handler.load(aggregates.invoice, paymentId);
  t.match(invoice, { content: { subtotal: '270000.00', discount: '27000.00', total: '243000.00' } });
});

t.test('a group is enrolled whole or not at all', async (t) => {
  const { services, intermediate, packages } = await started({ ENTRY: 0, INTERMEDIATE: 2, BUNDLE: 0 });
  const [ann, bob, cid] = await Promise.all(['ann', 'bob', 'cid'].map((name) => registered(services, name)));
  if (ann === undefined || bob === undefined || cid === undefined) throw new Error('nobody');
  const members = [{ email: bob.email, courseId: intermediate }];
  const made = await submitGroupPayment(services)({ payerId: ann.id, packageId: packages.INTERMEDIATE, creatorCourseId: intermediate, proofLink: PROOF, members }, contextFor());
  if (!made.ok) throw new Error(made.rejection);
  const single = await paid(services, cid.id, packages.INTERMEDIATE, intermediate);
  t.match(await approve(services, cid.id, single), { ok: true });
  t.match(await approve(services, ann.id, made.value.paymentId, true), { ok: false, rejection: 'seats-full', details: { used: 1, quota: 2 } });
  t.same(await Promise.all([ann, bob].map(({ id }) => isEnrolled(services, id, intermediate))), [false, false]);
});
