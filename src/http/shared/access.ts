import type { FastifyRequest } from 'fastify';
import type { RuleName } from '../../commands/access/rule-names.js';
import type { AccountType, Role } from '../../domain/account/events.js';
import { invalidField, Problem } from './problem.js';
import type { Surface, UnauthenticatedReason } from './surface.js';

/**
 * The callers of a route: anybody, any account, or accounts of these roles. `service`: programs with SERVICE_API_KEY, on a
 * surface that admits them, whatever the role of the account that they name.
 */
export type Access = 'public' | 'account' | readonly (Role | 'service')[];

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True: an auditor is refused there. What is open to all asks nothing of a token, and so gives nothing to one. */
export const changesMoreThanOwnAccount = (method: string, { access, ownAccount = false }: { readonly access?: Access; readonly ownAccount?: boolean }): boolean =>
  access !== 'public' && !ownAccount && !READING.has(method);

/** The account of the request's token, or the one that a service names. The role is null until one is chosen. */
export interface RequestAccount {
  readonly accountId: string;
  readonly role: Role | null;
  readonly studentType: AccountType | null;
  /** Null where a service names the account. */
  readonly sessionId: string | null;
  /** The organization that the session was switched to; `activeOrganization` says whether it still counts. */
  readonly organizationId: string | null;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** The rule that decides about the thing that is asked for. It stands in docs/authorization.md; use case or handler asks it. */
    rule?: RuleName;
    /** True: all that the route changes is the caller's own account or session, so that auditors, who change nothing else, are let in. */
    ownAccount?: boolean;
    /** false: an Idempotency-Key is ignored, because the answer holds credentials and must not be recorded. */
    idempotent?: boolean;
    surface?: Surface;
  }
  interface FastifyRequest {
    account: RequestAccount | null;
    /** True: the caller has SERVICE_API_KEY; `account` is the one that it names, if any. */
    isService: boolean;
    unauthenticatedReason: UnauthenticatedReason;
    /** Set by an Idempotency-Key, or at the first use. */
    commandId: string | null;
  }
}

const TOKEN_NEEDED = 'This needs an access token: Authorization: Bearer <token>.';
const WRONG_SERVICE_KEY = 'The x-api-key is not valid.';

export const unauthenticated = ({ routeOptions, unauthenticatedReason: reason }: FastifyRequest): Problem => {
  const sentence = routeOptions.config.surface?.unauthenticated?.[reason];
  return new Problem(401, 'unauthenticated', sentence ?? (reason === 'wrong-service-key' ? WRONG_SERVICE_KEY : TOKEN_NEEDED));
};

export const optionalAccountOf = (request: FastifyRequest): RequestAccount | null => request.account;

export const accountOf = (request: FastifyRequest): RequestAccount => {
  if (request.account !== null) return request.account;
  throw request.isService ? invalidField('x-user-id', 'is required here: the account in whose name the service calls') : unauthenticated(request);
};

export const sessionOf = (request: FastifyRequest): string => {
  const { sessionId } = accountOf(request);
  if (sessionId === null) throw invalidField('x-api-key', 'opens no session: there is none to end');
  return sessionId;
};

/** The actor in the metadata of events: the account, a service, or a service in the name of an account. */
export const actorIdOf = ({ isService, account }: FastifyRequest): string | null => {
  if (!isService) return account?.accountId ?? null;
  return account === null ? 'service' : `service:${account.accountId}`;
};
