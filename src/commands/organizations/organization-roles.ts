import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { Permission } from '../../domain/organization/permissions.js';
import { roleOf } from '../../domain/organization/state.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { hasAll, managesRoles } from '../access/organization-rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import type { OrganizationFailure } from './rejections.js';
import { permitted } from './standing.js';

interface Addressed {
  readonly actor: Actor;
  readonly organizationId: string;
}

interface RoleAddressed extends Addressed {
  readonly roleId: string;
}

/** Whoever manages roles gives only permissions that they have. */
export const createRole =
  (services: CommandServices) =>
  async (
    { actor, organizationId, name, permissions }: Addressed & { readonly name: string; readonly permissions: readonly Permission[] },
    context: CommandContext,
  ): Promise<Outcome<{ roleId: string }, OrganizationFailure>> => {
    const found = await permitted(services, organizationId, actor, managesRoles);
    if (!found.ok) return found;
    if (!hasAll(found.standing, permissions)) return reject('role-beyond-own');
    const roleId = uuidV5('role', context.commandId);
    const command = { type: 'CreateRole', data: { roleId, name, permissions, at: services.clock.now().toISOString() } } as const;
    return done(await services.handler.handle(aggregates.organization, organizationId, command, context), { roleId });
  };

export const changeRole =
  (services: CommandServices) =>
  async (
    { actor, organizationId, roleId, changes }: RoleAddressed & { readonly changes: { readonly name?: string; readonly permissions?: readonly Permission[] } },
    context: CommandContext,
  ): Promise<Outcome<null, OrganizationFailure>> => {
    const found = await permitted(services, organizationId, actor, managesRoles);
    if (!found.ok) return found;
    const current = roleOf(found.organization, roleId)?.permissions ?? [];
    if (!hasAll(found.standing, [...current, ...(changes.permissions ?? [])])) return reject('role-beyond-own');
    const command = { type: 'ChangeRole', data: { roleId, ...changes, at: services.clock.now().toISOString() } } as const;
    return done(await services.handler.handle(aggregates.organization, organizationId, command, context), null);
  };

/** Its members are students from then on. */
export const deleteRole =
  (services: CommandServices) =>
  async ({ actor, organizationId, roleId }: RoleAddressed, context: CommandContext): Promise<Outcome<null, OrganizationFailure>> => {
    const found = await permitted(services, organizationId, actor, managesRoles);
    if (!found.ok) return found;
    if (!hasAll(found.standing, roleOf(found.organization, roleId)?.permissions ?? [])) return reject('role-beyond-own');
    const command = { type: 'DeleteRole', data: { roleId, at: services.clock.now().toISOString() } } as const;
    return done(await services.handler.handle(aggregates.organization, organizationId, command, context), null);
  };
