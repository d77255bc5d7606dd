import type { OrganizationRole } from '../../domain/organization/permissions.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

export interface OrganizationDocument extends Document {
  readonly name: string;
  readonly description: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly owners: readonly string[];
  readonly roles: readonly OrganizationRole[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The id is `<organizationId>.<userId>`. Who left stays as a row, without rights. */
export interface MembershipDocument extends Document {
  readonly organizationId: string;
  readonly userId: string;
  readonly status: 'invited' | 'active' | 'left' | 'removed';
  readonly roleId: string;
  readonly levelId: string | null;
  readonly termId: string | null;
  readonly invitedAt: string | null;
  readonly joinedAt: string | null;
  readonly endedAt: string | null;
  /** Of the last change of status: the order of lists. */
  readonly since: string;
}

export const organizations = collection<OrganizationDocument>({
  projection: 'organizations',
  name: 'organizations',
  indexes: [{ createdAt: -1 }],
  text: ['name', 'description'],
});

export const memberships = collection<MembershipDocument>({
  projection: 'organizations',
  name: 'memberships',
  indexes: [
    { organizationId: 1, status: 1, since: -1 },
    { organizationId: 1, status: 1, roleId: 1, since: -1 },
    { organizationId: 1, since: -1 },
    { userId: 1, status: 1, since: -1 },
    { organizationId: 1 },
    { userId: 1 },
    { roleId: 1 },
    { levelId: 1 },
    { termId: 1 },
  ],
});
