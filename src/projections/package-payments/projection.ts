import { projection, rule, where, type RecordOf } from '../kernel/projection.js';
import { packagePayments, type PackagePaymentDocument } from './document.js';
import { listsOf } from './lists.js';

const paymentOf = ({ data }: { readonly data: { readonly paymentId: string } }): string => data.paymentId;

const submitted = ({ data }: RecordOf<'PackagePaymentSubmitted'>): PackagePaymentDocument => {
  const { paymentId: id, submittedAt: createdAt, group: terms, inviteEmails = [], payerId, payerType, ...paid } = data;
  const group = terms && { ...terms, inviteEmails };
  const isGroup = group !== null;
  const participantIds = group === null ? [payerId] : group.participants.map(({ userId }) => userId);
  const status = 'PAID';
  const listedAs = listsOf({ status, payerType, isGroup });
  const courseIds = paid.courses.map(({ courseId }) => courseId);
  return { id, payerId, payerType, ...paid, courseIds, status, isGroup, group, participantIds, listedAs, createdAt, updatedAt: createdAt };
};

const approved = (payment: PackagePaymentDocument, updatedAt: string): PackagePaymentDocument => {
  const status = 'APPROVED';
  return { ...payment, status, listedAs: listsOf({ ...payment, status }), updatedAt };
};

/** Addresses stand in the order of the members, so that one which is forgotten leaves its place empty. */
const withoutPerson = (payment: PackagePaymentDocument, accountId: string): PackagePaymentDocument => {
  const { payerId, group, proofLink } = payment;
  const place = (group?.participants.findIndex(({ userId }) => userId === accountId) ?? -1) - 1;
  return {
    ...payment,
    proofLink: payerId === accountId ? '' : proofLink,
    group: group && { ...group, inviteEmails: group.inviteEmails.map((email, index) => (index === place ? '' : email)) },
  };
};

export const packagePaymentsProjection = projection({
  name: 'package-payments',
  version: 2,
  collections: [packagePayments],
  rules: [
    rule(packagePayments, 'PackagePaymentSubmitted', paymentOf, (_, event) => submitted(event)),
    rule(packagePayments, 'PackagePaymentProofReplaced', paymentOf, (payment, { data: { proofLink, replacedAt: updatedAt } }) =>
      payment && { ...payment, proofLink, updatedAt }),
    rule(packagePayments, 'PackagePaymentApproved', paymentOf, (payment, { data }) => payment && approved(payment, data.approvedAt)),
    rule(packagePayments, 'PackagePaymentDeleted', paymentOf, () => undefined),
  ],
  fanOuts: [
    where(packagePayments, 'AccountDeleted', 'participantIds', ({ data }) => data.accountId, (payment, { data }) => withoutPerson(payment, data.accountId)),
  ],
});
