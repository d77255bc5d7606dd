import { aggregates } from '../../domain/aggregates.js';
import { managesOrganization, ownsOrganization } from '../access/organization-rules.js';
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

export interface ChangeOrganizationInput extends Addressed {
  readonly changes: { readonly name?: string; readonly description?: string | null; readonly settings?: Readonly<Record<string, unknown>> };
}

/** What is absent stays. */
export const changeOrganization =
  (services: CommandServices) =>
  async ({ actor, organizationId, changes }: ChangeOrganizationInput, context: CommandContext): Promise<Outcome<null, OrganizationFailure>> => {
    const found = await permitted(services, organizationId, actor, managesOrganization);
    if (!found.ok) return found;
    const command = { type: 'ChangeOrganization', data: { ...changes, at: services.clock.now().toISOString() } } as const;
    return done(await services.handler.handle(aggregates.organization, organizationId, command, context), null);
  };

/** Its courses stay with their instructors and students. */
export const deleteOrganization =
  (services: CommandServices) =>
  async ({ actor, organizationId }: Addressed, context: CommandContext): Promise<Outcome<null, OrganizationFailure>> => {
    const found = await permitted(services, organizationId, actor, ownsOrganization);
    if (!found.ok) return found;
    const command = { type: 'DeleteOrganization', data: { at: services.clock.now().toISOString() } } as const;
    return done(await services.handler.handle(aggregates.organization, organizationId, command, context), null);
  };
