import type { AccountType, Role } from '../../domain/account/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

export interface SessionDocument extends Document {
  readonly accountId: string;
  readonly credentialsVersion: number;
  readonly openedAt: string;
  /** The organization that the session works within. */
  readonly organizationId: string | null;
  readonly endedAt: string | null;
}

/** The facts that decide on an account's sessions; its id is the account's. */
export interface AccessDocument extends Document {
  readonly role: Role | null;
  /** The kind of student that it is, where a surface asked. */
  readonly studentType: AccountType | null;
  /** Sessions of an earlier version are over: the password has changed. */
  readonly credentialsVersion: number;
  /** The one session that outlived the last change of the version: the change was made in it. */
  readonly keptSessionId: string | null;
}

export const sessions = collection<SessionDocument>({ projection: 'sessions', name: 'sessions', indexes: [] });
export const access = collection<AccessDocument>({ projection: 'sessions', name: 'access', indexes: [] });
