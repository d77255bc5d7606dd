import type { Static } from 'typebox';
import type { Participant } from '../../../domain/package-purchases/events.js';
import type { PackagePaymentDocument } from '../../../projections/package-payments/queries.js';
import { academyLevel } from '../levels.js';
import { presentPerson, titleOf, UNKNOWN_COURSE, type Names } from './names.js';
import type { DetailedPayment, EnhancedMember, EnrichedMemberCourse, ListedPayment, NamedPayment, Payment, PricedPayment } from './schemas.js';

/** Stands for the courses of a bundle. */
export const BUNDLE_COURSE = '00000000-0000-0000-0000-000000000000';
/** Stands for the courses of a group. */
export const GROUP_COURSES = 'group-courses';

/** Amounts in whole rupiah have no places. */
const rupiah = (amount: string): string => amount.replace(/\.0+$/, '');

const groupStatusOf = ({ status }: PackagePaymentDocument): 'PENDING' | 'APPROVED' => (status === 'APPROVED' ? 'APPROVED' : 'PENDING');

const inCommon = ({ id, payerId: userId, packageId, payerType: type, proofLink, status, createdAt, updatedAt }: PackagePaymentDocument) =>
  ({ id, userId, packageId, type, proofLink, status, createdAt, updatedAt });

const ofGroup = (payment: PackagePaymentDocument) => {
  const { group, participantIds } = payment;
  const members = group?.participants.map((participant) => ({ ...participant })) ?? null;
  return {
    isGroupPayment: group !== null,
    inviteEmails: group === null ? null : [...group.inviteEmails],
    invitedUserIds: group === null ? null : participantIds.slice(1),
    groupStatus: group === null ? null : groupStatusOf(payment),
    originalAmount: group === null ? null : rupiah(group.originalAmount),
    discountedAmount: group === null ? null : rupiah(group.discountedAmount),
    totalParticipants: members?.length ?? null,
    memberCourses: members,
  };
};

export const presentPayment = (payment: PackagePaymentDocument): Static<typeof Payment> => ({
  ...inCommon(payment),
  courseId: payment.packageType === 'BUNDLE' ? BUNDLE_COURSE : payment.courseId,
  ...ofGroup(payment),
});

const ofPackage = ({ packageName, packageType, price }: PackagePaymentDocument) => ({ packageName, packageType, price });

export const presentPricedPayment = (payment: PackagePaymentDocument): Static<typeof PricedPayment> => ({ ...presentPayment(payment), ...ofPackage(payment) });

/** All courses of the payment, in one line. */
const courseNameOf = (names: Names, { courseIds }: PackagePaymentDocument): string =>
  courseIds.length === 0 ? UNKNOWN_COURSE : courseIds.map((courseId) => titleOf(names, courseId)).join(', ');

export const presentNamedPayment = (names: Names, payment: PackagePaymentDocument): Static<typeof NamedPayment> => ({
  ...presentPricedPayment(payment),
  courseName: courseNameOf(names, payment),
});

const roleIn = ({ payerId }: PackagePaymentDocument, userId: string): 'creator' | 'member' => (userId === payerId ? 'creator' : 'member');

export const presentMember = (names: Names, payment: PackagePaymentDocument, userId: string): Static<typeof EnhancedMember> => {
  const { name: userName, email: userEmail, phone: userPhone } = presentPerson(names, userId, payment.payerType);
  return { userId, userName, userEmail, userPhone, role: roleIn(payment, userId) };
};

const memberCourse = (names: Names, payment: PackagePaymentDocument, { userId, courseId }: Participant): Static<typeof EnrichedMemberCourse> => ({
  ...presentMember(names, payment, userId),
  courseId,
  courseName: titleOf(names, courseId),
});

/** The creator first. */
export const presentMemberCourses = (names: Names, payment: PackagePaymentDocument): Static<typeof EnrichedMemberCourse>[] =>
  (payment.group?.participants ?? []).map((participant) => memberCourse(names, payment, participant));

const groupInfo = (names: Names, payment: PackagePaymentDocument): Pick<Static<typeof ListedPayment>, 'groupPaymentInfo'> => {
  if (payment.group === null) return {};
  const allMemberCourses = presentMemberCourses(names, payment);
  const [creatorCourse = null] = allMemberCourses;
  const enhancedMembers = payment.participantIds.map((userId) => presentMember(names, payment, userId));
  const groupStatus = groupStatusOf(payment);
  return { groupPaymentInfo: { isGroupPayment: true, totalMembers: allMemberCourses.length, creatorCourse, allMemberCourses, groupStatus, enhancedMembers } };
};

/** As admins list it. */
export const presentListedPayment = (names: Names, payment: PackagePaymentDocument): Static<typeof ListedPayment> => {
  const { name: userName, email: userEmail, phone: userPhone, type: userType } = presentPerson(names, payment.payerId, payment.payerType);
  const named = presentNamedPayment(names, payment);
  return { ...named, courseId: named.courseId ?? GROUP_COURSES, userName, userEmail, userPhone, userType, ...groupInfo(names, payment) };
};

type ShownCourse = Static<typeof DetailedPayment>['course'];

const courseOf = (names: Names, id: string): ShownCourse => {
  const course = names.courses.get(id);
  return { id, title: titleOf(names, id), description: course?.description ?? '', level: course === undefined ? null : academyLevel(course.level) };
};

const summaryOf = (names: Names, payment: PackagePaymentDocument, id: string): ShownCourse => ({
  id,
  title: courseNameOf(names, payment),
  description: payment.packageName,
  level: null,
});

/** What the viewer takes part in: an own course, or all of them together. */
const shownCourse = (names: Names, payment: PackagePaymentDocument, viewerId: string | null): ShownCourse => {
  const { group, courseId, packageType } = payment;
  if (packageType === 'BUNDLE') return summaryOf(names, payment, BUNDLE_COURSE);
  if (group === null) return courseOf(names, courseId ?? '');
  const own = group.participants.find(({ userId }) => userId === viewerId);
  return own === undefined ? { ...summaryOf(names, payment, GROUP_COURSES), isGroupSummary: true } : courseOf(names, own.courseId);
};

const groupDetails = (names: Names, payment: PackagePaymentDocument): Pick<Static<typeof DetailedPayment>, 'groupPaymentDetails'> => {
  if (payment.group === null) return {};
  const allMemberCourses = presentMemberCourses(names, payment);
  const creatorInfo = presentPerson(names, payment.payerId, payment.payerType);
  return { groupPaymentDetails: { isGroupPayment: true, totalMembers: allMemberCourses.length, groupStatus: groupStatusOf(payment), allMemberCourses, creatorInfo } };
};

/** For one viewer; null: for a program that names nobody. `user` is the payer, whoever looks. */
export const presentDetailedPayment = (names: Names, payment: PackagePaymentDocument, viewerId: string | null): Static<typeof DetailedPayment> => {
  const course = shownCourse(names, payment, viewerId);
  return {
    ...inCommon(payment),
    courseId: course.id,
    ...ofPackage(payment),
    courseName: course.title,
    user: presentPerson(names, payment.payerId, payment.payerType),
    course,
    ...(payment.packageType === 'BUNDLE' ? { bundleCourses: payment.courseIds.map((id) => courseOf(names, id)) } : {}),
    enrollmentStatus: payment.status === 'APPROVED',
    paymentDate: payment.createdAt,
    ...groupDetails(names, payment),
  };
};
