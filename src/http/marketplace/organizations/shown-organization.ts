import type { Actor } from '../../../commands/actor.js';
import type { Standing } from '../../../commands/access/organization-rules.js';
import type { HttpServices } from '../../http-services.js';
import { refusalProblem } from '../../refusals/index.js';
import { standpointShown, type StandpointShown } from '../../shared/organization-standing.js';

export const tags = ['Organizations'];

export const inOrganizations = { access: 'account', reads: ['organizations'] } as const;
/** Of answers that show members. */
export const showingMembers = { access: 'account', reads: ['organizations', 'accounts', 'level', 'term'] } as const;

export const organizationOf = async ({ readModels }: HttpServices, organizationId: string, actor: Actor | null): Promise<StandpointShown> => {
  const found = await standpointShown(readModels, organizationId, actor?.accountId ?? null);
  if (found === undefined) throw refusalProblem('organization-not-found');
  return found;
};

/** For those whom the rule lets in. The others get 403: that an organization exists is no secret. */
export const permittedIn = async (
  services: HttpServices,
  organizationId: string,
  actor: Actor,
  rule: (actor: Actor, standing: Standing) => boolean,
): Promise<StandpointShown> => {
  const found = await organizationOf(services, organizationId, actor);
  if (!rule(actor, found.standing)) throw refusalProblem('organization-not-permitted');
  return found;
};
