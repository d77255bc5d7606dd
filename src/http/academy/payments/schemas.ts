import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { PackageType } from '../../../domain/package-catalog/events.js';
import { PayerType } from '../../../domain/package-purchases/events.js';

const status = Type.Enum(['PAID', 'APPROVED']);
const groupStatus = Type.Enum(['PENDING', 'APPROVED']);

export const MemberCourse = Type.Object({ userId: Type.String(), courseId: Type.String(), courseName: Type.String() });

/** The same, and who it is. */
export const EnrichedMemberCourse = Type.Object({
  ...MemberCourse.properties,
  userName: Type.String(),
  userEmail: Type.String(),
  userPhone: Nullable(Type.String()),
  role: Type.Enum(['creator', 'member']),
});

const common = {
  id: Type.String(),
  userId: Type.String(),
  packageId: Type.String(),
  type: PayerType,
  proofLink: Type.String(),
  status,
  createdAt: Type.String(),
  updatedAt: Type.String(),
};

/** Group payments and enrollments show it, too. */
export const Payment = Type.Object({
  ...common,
  courseId: Nullable(Type.String({ description: 'The nil UUID of a bundle, null of a group' })),
  isGroupPayment: Type.Boolean(),
  inviteEmails: Nullable(Type.Array(Type.String())),
  invitedUserIds: Nullable(Type.Array(Type.String())),
  groupStatus: Nullable(groupStatus),
  originalAmount: Nullable(Type.String()),
  discountedAmount: Nullable(Type.String()),
  totalParticipants: Nullable(Type.Integer()),
  memberCourses: Nullable(Type.Array(MemberCourse)),
});

const ofPackage = { packageName: Type.String(), packageType: PackageType, price: Type.Integer() };

export const PricedPayment = Type.Object({ ...Payment.properties, ...ofPackage });

export const NamedPayment = Type.Object({ ...PricedPayment.properties, courseName: Type.String() });

export const Person = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  phone: Nullable(Type.String()),
  type: PayerType,
});

export const EnhancedMember = Type.Object({
  userId: Type.String(),
  userName: Type.String(),
  userEmail: Type.String(),
  userPhone: Nullable(Type.String()),
  role: Type.Enum(['creator', 'member']),
});

const isGroupPayment = Type.Literal(true);

export const ListedPayment = Type.Object({
  ...NamedPayment.properties,
  userName: Type.String(),
  userEmail: Type.String(),
  userPhone: Nullable(Type.String()),
  userType: PayerType,
  groupPaymentInfo: Type.Optional(
    Type.Object({
      isGroupPayment,
      totalMembers: Type.Integer(),
      creatorCourse: Nullable(EnrichedMemberCourse),
      allMemberCourses: Type.Array(EnrichedMemberCourse),
      groupStatus,
      enhancedMembers: Type.Array(EnhancedMember),
    }),
  ),
});

const BundleCourse = Type.Object({ id: Type.String(), title: Type.String(), description: Type.String(), level: Nullable(Type.String()) });

export const DetailedPayment = Type.Object({
  ...common,
  courseId: Type.String({ description: 'The nil UUID of a bundle, group-courses of a group in which the caller takes no part' }),
  ...ofPackage,
  courseName: Type.String(),
  user: Person,
  course: Type.Object({ ...BundleCourse.properties, isGroupSummary: Type.Optional(Type.Literal(true)) }),
  bundleCourses: Type.Optional(Type.Array(BundleCourse)),
  enrollmentStatus: Type.Boolean(),
  paymentDate: Type.String(),
  groupPaymentDetails: Type.Optional(
    Type.Object({
      isGroupPayment,
      totalMembers: Type.Integer(),
      groupStatus,
      allMemberCourses: Type.Array(EnrichedMemberCourse),
      creatorInfo: Person,
    }),
  ),
});
