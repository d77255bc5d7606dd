import t from 'tap';
import { MOST_PACKAGE_PAYMENTS, packagePurchasesDecider as decider, type PackagePurchasesCommand } from '../../src/domain/package-purchases/decider.js';
import type { PackagePurchasesEvent } from '../../src/domain/package-purchases/events.js';
import type { PackageType } from '../../src/domain/package-catalog/events.js';
import { sharesOf } from '../../src/domain/package-purchases/shares.js';
import { given } from './decider-specification.js';

const at = '2026-01-01T00:00:00.000Z';
const proofLink = 'https://drive.example/proof';
type Submitted = Extract<PackagePurchasesEvent, { type: 'PackagePaymentSubmitted' }>;
const facts = (paymentId: string, packageType: PackageType): Omit<Submitted['data'], 'submittedAt'> => ({
  paymentId, payerId: 'ann', packageId: 'p', packageName: 'P', packageType, price: 90_000,
  courseId: packageType === 'BUNDLE' ? null : 'c', courses: [{ courseId: 'c', title: 'C' }], payerType: 'UMUM', proofLink, group: null,
});
const submitted = (paymentId: string, type: PackageType): Submitted => ({ type: 'PackagePaymentSubmitted', data: { ...facts(paymentId, type), submittedAt: at } });
const submit = (paymentId: string, type: PackageType): PackagePurchasesCommand => ({ type: 'SubmitPackagePayment', data: { ...facts(paymentId, type), at } });
const ofOne = { paymentId: 'a', at } as const;
const begin = (approvalId: string, isGroup = false): PackagePurchasesCommand => ({ type: 'BeginPackagePaymentApproval', data: { ...ofOne, approvalId, isGroup } });
const begun: PackagePurchasesEvent = { type: 'PackagePaymentApprovalBegun', data: { paymentId: 'a', approvalId: 'x', begunAt: at } };
const refusal = { paymentId: 'a', approvalId: 'x', reason: 'full', courseId: 'c', userId: null, used: 15, quota: 15 } as const;
const refused: PackagePurchasesEvent = { type: 'PackagePaymentApprovalRefused', data: { ...refusal, refusedAt: at } };
const enrollments = [{ enrollmentId: 'e', userId: 'ann', courseId: 'c' }];
const approved: PackagePurchasesEvent = {
  type: 'PackagePaymentApproved',
  data: { paymentId: 'a', approvalId: 'x', payerId: 'ann', packageId: 'p', packageType: 'ENTRY', enrollments, approvedAt: at },
};
const approve: PackagePurchasesCommand = { type: 'ApprovePackagePayment', data: { ...ofOne, approvalId: 'x', enrollments } };
const remove = (isGroup = false): PackagePurchasesCommand => ({ type: 'DeletePackagePayment', data: { ...ofOne, isGroup } });
const deleted: PackagePurchasesEvent = { type: 'PackagePaymentDeleted', data: { paymentId: 'a', deletedAt: at } };

t.test('section 2: one ENTRY and one INTERMEDIATE, in any order; a bundle alone', async () => {
  given(decider).when(submit('a', 'ENTRY')).then([submitted('a', 'ENTRY')]);
  given(decider, [submitted('a', 'ENTRY')]).when(submit('a', 'ENTRY')).thenNothing();
  given(decider, [submitted('a', 'ENTRY')]).when(submit('b', 'INTERMEDIATE')).then([submitted('b', 'INTERMEDIATE')]);
  given(decider, [submitted('a', 'INTERMEDIATE')]).when(submit('b', 'ENTRY')).then([submitted('b', 'ENTRY')]);
  given(decider, [submitted('a', 'ENTRY')]).when(submit('b', 'ENTRY')).thenRefused('package-type-already-paid', { packageType: 'ENTRY' });
  given(decider, [submitted('a', 'INTERMEDIATE')]).when(submit('b', 'INTERMEDIATE')).thenRefused('intermediate-already-paid', { packageType: 'INTERMEDIATE', course: 'C', isWaiting: true });
  given(decider, [submitted('a', 'BUNDLE')]).when(submit('b', 'INTERMEDIATE')).thenRefused('intermediate-already-paid', { packageType: 'BUNDLE', course: 'C', isWaiting: true });
  given(decider, [submitted('a', 'ENTRY')]).when(submit('b', 'BUNDLE')).thenRefused('bundle-not-alone');
  given(decider, [submitted('a', 'BUNDLE')]).when(submit('b', 'BUNDLE')).thenRefused('bundle-not-alone');
  given(decider, [submitted('a', 'BUNDLE')]).when(submit('b', 'ENTRY')).thenRefused('bundle-already-paid');
});

t.test('an approved payment counts as a waiting one does; a deleted one does not', async () => {
  const isApproved = [submitted('a', 'INTERMEDIATE'), begun, approved];
  given(decider, isApproved).when(submit('b', 'INTERMEDIATE')).thenRefused('intermediate-already-paid', { packageType: 'INTERMEDIATE', course: 'C', isWaiting: false });
  given(decider, [submitted('a', 'BUNDLE'), deleted]).when(submit('b', 'BUNDLE')).then([submitted('b', 'BUNDLE')]);
  const many = Array.from({ length: MOST_PACKAGE_PAYMENTS }, (_, index): PackagePurchasesEvent[] => [
    submitted(`p${index}`, 'ENTRY'), { type: 'PackagePaymentDeleted', data: { paymentId: `p${index}`, deletedAt: at } },
  ]);
  given(decider, many.flat()).when(submit('b', 'ENTRY')).thenRefused('too-many-package-payments', { most: MOST_PACKAGE_PAYMENTS });
});

t.test('an approval is begun, and ends in an approval or in a refusal', async () => {
  const waiting = [submitted('a', 'ENTRY')];
  given(decider, waiting).when(begin('x')).then([begun]);
  given(decider, [...waiting, begun]).when(begin('y')).thenNothing();
  given(decider, [...waiting, begun]).when(approve).then([approved]);
  given(decider, [...waiting, begun, approved]).when(approve).thenNothing();
  given(decider, waiting).when(approve).thenNothing();
  given(decider, [...waiting, begun, approved]).when(begin('x')).thenNothing();
  given(decider, [...waiting, begun, approved]).when(begin('y')).thenRefused('package-payment-approved');
  const refuse: PackagePurchasesCommand = { type: 'RefusePackagePaymentApproval', data: { ...refusal, at } };
  given(decider, [...waiting, begun]).when(refuse).then([refused]);
  given(decider, [...waiting, begun, refused]).when(refuse).thenNothing();
  given(decider, [...waiting, begun, approved]).when(refuse).thenNothing();
  given(decider, [...waiting, begun, refused]).when(begin('x')).thenNothing();
  given(decider, [...waiting, begun, refused]).when(begin('y')).then([{ type: 'PackagePaymentApprovalBegun', data: { paymentId: 'a', approvalId: 'y', begunAt: at } }]);
});

t.test('a payment of a group is approved and deleted as one, and no other', async () => {
  given(decider, [submitted('a', 'ENTRY')]).when(begin('x', true)).thenRefused('package-payment-not-group');
  given(decider, [submitted('a', 'ENTRY')]).when(remove(true)).thenRefused('package-payment-not-group');
  const { data } = submitted('a', 'INTERMEDIATE');
  const participants = [{ userId: 'ann', courseId: 'c', courseName: 'C' }, { userId: 'bob', courseId: 'd', courseName: 'D' }];
  const group = { participants, originalAmount: '180000.00', discountedAmount: '162000.00' };
  const ofGroup: PackagePurchasesEvent = { type: 'PackagePaymentSubmitted', data: { ...data, courseId: null, group } };
  given(decider, [ofGroup]).when(begin('x')).thenRefused('package-payment-is-group');
  given(decider, [ofGroup]).when(remove()).thenRefused('package-payment-is-group');
  given(decider, [ofGroup]).when(remove(true)).then([deleted]);
});

t.test('what is approved, or about to be, is neither deleted nor given another proof', async () => {
  const replace: PackagePurchasesCommand = { type: 'ReplacePackagePaymentProof', data: { ...ofOne, proofLink: 'https://drive.example/other' } };
  given(decider, [submitted('a', 'ENTRY')]).when(remove()).then([deleted]);
  given(decider, [submitted('a', 'ENTRY')]).when(replace).then([{ type: 'PackagePaymentProofReplaced', data: { paymentId: 'a', proofLink: 'https://drive.example/other', replacedAt: at } }]);
  given(decider, [submitted('a', 'ENTRY')]).when({ type: 'ReplacePackagePaymentProof', data: { ...ofOne, proofLink } }).thenNothing();
  for (const events of [[begun], [begun, approved]]) {
    given(decider, [submitted('a', 'ENTRY'), ...events]).when(remove()).thenRefused('package-payment-approved');
    given(decider, [submitted('a', 'ENTRY'), ...events]).when(replace).thenRefused('package-payment-approved');
  }
  for (const command of [remove(), replace, begin('x')]) {
    given(decider, [submitted('a', 'ENTRY'), deleted]).when(command).thenRefused('package-payment-not-found', { paymentId: 'a' });
    given(decider).when(command).thenRefused('package-payment-not-found', { paymentId: 'a' });
  }
});

t.test('what was paid is shared out over courses and participants, without a rest', async (t) => {
  const two = [{ courseId: 'c', title: 'C' }, { courseId: 'd', title: 'D' }];
  t.same(sharesOf({ price: 130_001, courses: two, group: null }).map(({ total }) => total), ['65000.50', '65000.50']);
  t.same(sharesOf({ price: 0, courses: two, group: null }).map(({ total }) => total), ['0.00', '0.00']);
  const participants = ['ann', 'bob', 'cid'].map((userId) => ({ userId, courseId: 'c', courseName: 'C' }));
  const group = { participants, originalAmount: '270000.00', discountedAmount: '243000.00' };
  t.same(sharesOf({ price: 90_000, courses: two, group }).map(({ listPrice, total }) => [listPrice, total]), Array(3).fill(['90000.00', '81000.00']));
  t.same(sharesOf({ price: 50_000, courses: two, group })[0], { courseId: 'c', title: 'C', listPrice: '81000.00', total: '81000.00' }, 'a price for groups above the list is no discount');
});
