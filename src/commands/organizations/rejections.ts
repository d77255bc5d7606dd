import type { MembershipRejection } from '../../domain/membership/decider.js';
import type { OrganizationRejection } from '../../domain/organization/decider.js';

/** Refusals that no single stream can give. */
export type OrganizationUseCaseRejection = 'organization-not-permitted' | 'role-beyond-own' | 'placement-not-found';

export type OrganizationFailure = OrganizationRejection | OrganizationUseCaseRejection;
export type MemberFailure = OrganizationFailure | MembershipRejection;
