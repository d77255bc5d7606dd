import { Type } from 'typebox';
import { Email } from '../../shared/credential-schemas.js';
import { ProofLink, Uuid } from '../fields.js';
import { EnhancedMember, MemberCourse, Payment, Person } from '../payments/schemas.js';
import { AcademyRole } from '../roles.js';

const MOST_MEMBERS = 10;

export const NewGroupPayment = Type.Object({
  packageId: Uuid,
  creatorCourseId: Uuid,
  proofLink: ProofLink,
  members: Type.Array(Type.Object({ email: Email, courseId: Uuid }), {
    minItems: 1,
    maxItems: MOST_MEMBERS,
    description: 'Addresses are unique whatever their case. Who has no account, or can take no part, is left out',
  }),
});

/** Whoever pays. */
const Creator = Type.Object({ ...Person.properties, role: AcademyRole });

export const Member = Type.Object({ ...Person.properties, role: Type.Enum(['creator', 'member']) });

const chosen = { courseId: Type.String(), courseName: Type.String() };

const group = { creator: Creator, memberCourses: Type.Array(MemberCourse), totalMembers: Type.Integer() };

export const CreatedGroupPayment = Type.Object({
  ...Payment.properties,
  ...group,
  members: Type.Array(Type.Object({ ...Member.properties, ...chosen }), { description: 'The creator first' }),
});

export const GroupPayment = Type.Object({
  ...Payment.properties,
  ...group,
  members: Type.Array(Type.Object({ ...Member.properties, courseChoice: Type.Object(chosen) }), { description: 'The creator first' }),
});

export const ListedGroupPayment = Type.Object({
  ...Payment.properties,
  creator: Creator,
  members: Type.Array(Member),
  enhancedMembersInfo: Type.Array(EnhancedMember),
  courseName: Type.String({ description: 'Unknown Course: a group payment has no single one' }),
  totalMembers: Type.Integer(),
});
