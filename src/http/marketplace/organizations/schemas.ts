import { Type, type Static, type TSchema } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { Permission } from '../../../domain/organization/permissions.js';
import { Email } from '../../shared/credential-schemas.js';
import { PageQuery } from '../../shared/pagination.js';
import { ClientId, FilledLine, Line, NAME_PATTERN } from '../../shared/text-schemas.js';

export const OrganizationParams = Type.Object({ id: ClientId });
export const MemberParams = Type.Object({ id: ClientId, userId: ClientId });
export const RoleParams = Type.Object({ id: ClientId, roleId: ClientId });

const Name = FilledLine({ maxLength: 200 });
const Description = Nullable(Type.String({ maxLength: 5_000 }));
export const CreateOrganizationBody = Type.Object({ name: Name, description: Type.Optional(Description) });

const Plain = Type.Union([Type.String({ maxLength: 2_000 }), Type.Number(), Type.Boolean(), Type.Null()]);
const open = (value: TSchema) => Type.Object({}, { patternProperties: { [NAME_PATTERN]: value }, maxProperties: 100 });
const within = (value: TSchema): TSchema => Type.Union([Plain, Type.Array(value, { maxItems: 100 }), open(value)]);
/** The document says any: plain values, and lists and objects of them in up to four levels, under names of the organization's own. */
const Settings = open(within(within(within(Plain))));

export const ChangeOrganizationBody = Type.Object({
  name: Type.Optional(Name),
  description: Type.Optional(Description),
  settings: Type.Optional({ ...Settings, description: 'Replaces what was there; at most 10,000 characters as JSON' }),
});
export type ChangeOrganizationBody = Static<typeof ChangeOrganizationBody>;

export const Organization = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Nullable(Type.String()),
  settings: Type.Optional(Type.Object({}, { additionalProperties: true, description: 'For members and admins' })),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

export const OrganizationQuery = Type.Object({
  ...PageQuery.properties,
  search: Type.Optional(Line({ maxLength: 200, description: 'Words that all stand in name or description (an addition to the document)' })),
});

export const DeletedOrganization = Type.Object({ id: Type.String(), deleted: Type.Literal(true) });

const Permissions = Type.Array(Permission, { maxItems: Permission.enum.length, description: 'docs/organizations.md says what each of them opens' });
const RoleName = FilledLine({ maxLength: 100 });
export const CreateRoleBody = Type.Object({ name: RoleName, permissions: Type.Optional(Permissions) });
export const ChangeRoleBody = Type.Object({ name: Type.Optional(RoleName), permissions: Type.Optional(Permissions) });

export const Role = Type.Object({
  id: Type.String(),
  name: Type.String(),
  permissions: Type.Array(Permission),
  isBuiltIn: Type.Boolean({ description: 'Every organization has it, and it stays as it is' }),
});
export const DeletedRole = DeletedOrganization;

const Placed = Nullable(ClientId);
const placement = { levelId: Type.Optional(Placed), termId: Type.Optional(Placed) };

export const InvitationBody = Type.Object({
  userId: Type.Optional(ClientId),
  email: Type.Optional({ ...Email, description: 'Of the account; userId or email is needed, and both name the same account' }),
  roleId: ClientId,
  ...placement,
});
export type InvitationBody = Static<typeof InvitationBody>;

export const MemberRoleBody = Type.Object({ roleId: ClientId, ...placement });
export const UserSearchBody = Type.Object({ email: Email });

export const MembershipStatus = Type.Enum(['invited', 'active', 'left', 'removed']);
export const MemberQuery = Type.Object({
  ...PageQuery.properties,
  status: Type.Optional({ ...MembershipStatus, description: 'Absent: active. The others are for roles with members.read' }),
});
export const RoleQuery = Type.Object({ ...PageQuery.properties, roleId: Type.Optional(ClientId) });
export const OwnQuery = Type.Object({
  ...PageQuery.properties,
  status: Type.Optional(Type.Enum(['active', 'invited'], { description: 'Absent: active' })),
});

const Named = Type.Object({ id: Type.String(), name: Type.String() });
const membership = {
  status: MembershipStatus,
  role: Named,
  level: Nullable(Named),
  term: Nullable(Named),
  invitedAt: Nullable(Type.String()),
  joinedAt: Nullable(Type.String()),
  endedAt: Nullable(Type.String()),
};

export const Member = Type.Object({
  organizationId: Type.String(),
  user: Type.Object({
    id: Type.String(),
    name: Nullable(Type.String({ description: 'null: the account is gone' })),
    imageProfileUrl: Nullable(Type.String()),
    email: Type.Optional(Type.String({ description: 'Of active members, for roles with members.read' })),
  }),
  ...membership,
});
export const MemberDetails = Type.Object({ ...Member.properties, permissions: Type.Array(Permission) });
export const OwnMembership = Type.Object({
  organization: Type.Pick(Organization, ['id', 'name', 'description']),
  ...membership,
  permissions: Type.Array(Permission),
});

export const RemovedMember = Type.Object({ organizationId: Type.String(), userId: Type.String(), removed: Type.Literal(true) });
export const LeftOrganization = Type.Object({ organizationId: Type.String(), left: Type.Literal(true) });
