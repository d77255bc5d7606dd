import type { FastifyRequest } from 'fastify';
import type { Role } from '../../domain/account/events.js';
import { Problem } from './problem.js';

/** Who may call a route: anybody, any account, or accounts of these roles. */
export type Access = 'public' | 'account' | readonly Role[];

/** The account whose live session the request's token belongs to. The role is null until one is chosen. */
export interface RequestAccount {
  readonly accountId: string;
  readonly role: Role | null;
  readonly sessionId: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** false: an Idempotency-Key is ignored, because the answer holds credentials and must not be recorded. */
    idempotent?: boolean;
  }
  interface FastifyRequest {
    account: RequestAccount | null;
    /** Set when an Idempotency-Key fixes it, or with the first use. */
    commandId: string | null;
  }
}

export const optionalAccountOf = (request: FastifyRequest): RequestAccount | null => request.account;

export const accountOf = (request: FastifyRequest): RequestAccount => {
  if (request.account === null) throw new Problem(401, 'unauthenticated', 'This needs an access token: Authorization: Bearer <token>.');
  return request.account;
};
