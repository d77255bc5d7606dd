import type { Static } from 'typebox';
import type { PackagePaymentDocument } from '../../../projections/package-payments/queries.js';
import { presentPerson, titleOf, UNKNOWN_COURSE, type Names } from '../payments/names.js';
import { presentMember, presentPayment } from '../payments/presenter.js';
import { academyRoleOf } from '../roles.js';
import type { CreatedGroupPayment, GroupPayment, ListedGroupPayment, Member } from './schemas.js';

type Creator = Static<typeof GroupPayment>['creator'];

const creatorOf = (names: Names, { payerId, payerType }: PackagePaymentDocument): Creator => {
  const account = names.accounts.get(payerId);
  return { ...presentPerson(names, payerId, payerType), role: account === undefined ? 'USER' : academyRoleOf(account) };
};

const memberOf = (names: Names, payment: PackagePaymentDocument, userId: string): Static<typeof Member> => ({
  ...presentPerson(names, userId, payment.payerType),
  role: userId === payment.payerId ? 'creator' : 'member',
});

/** The creator first. */
const choicesIn = (names: Names, { group }: PackagePaymentDocument) =>
  (group?.participants ?? []).map(({ userId, courseId }) => ({ userId, courseId, courseName: titleOf(names, courseId) }));

const inCommon = (names: Names, payment: PackagePaymentDocument) => {
  const memberCourses = choicesIn(names, payment);
  return { ...presentPayment(payment), creator: creatorOf(names, payment), memberCourses, totalMembers: memberCourses.length };
};

export const presentCreated = (names: Names, payment: PackagePaymentDocument): Static<typeof CreatedGroupPayment> => ({
  ...inCommon(names, payment),
  members: choicesIn(names, payment).map(({ userId, ...chosen }) => ({ ...memberOf(names, payment, userId), ...chosen })),
});

export const presentGroupPayment = (names: Names, payment: PackagePaymentDocument): Static<typeof GroupPayment> => ({
  ...inCommon(names, payment),
  members: choicesIn(names, payment).map(({ userId, ...courseChoice }) => ({ ...memberOf(names, payment, userId), courseChoice })),
});

export const presentListed = (names: Names, payment: PackagePaymentDocument): Static<typeof ListedGroupPayment> => ({
  ...presentPayment(payment),
  creator: creatorOf(names, payment),
  members: payment.participantIds.map((userId) => memberOf(names, payment, userId)),
  enhancedMembersInfo: payment.participantIds.map((userId) => presentMember(names, payment, userId)),
  courseName: UNKNOWN_COURSE,
  totalMembers: payment.participantIds.length,
});
