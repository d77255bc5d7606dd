import type { MembershipRejection } from '../../domain/membership/decider.js';
import type { OrganizationRejection } from '../../domain/organization/decider.js';

/** Refusals that no single stream can give. */
export type OrganizationUseCaseRejection = 'organization-not-permitted' | 'role-beyond-own' | 'placement-not-found' | 'account-ambiguous';

export type OrganizationFailure = OrganizationRejection | Exclude<OrganizationUseCaseRejection, 'account-ambiguous'>;
export type MemberFailure = OrganizationFailure | MembershipRejection;
export type InvitationFailure = MemberFailure | 'account-ambiguous' | 'account-not-found';
