import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { SessionEvent } from './events.js';

interface Addressed {
  readonly sessionId: string;
  readonly at: string;
}

export type SessionEndReason = 'logout' | 'refresh-token-reused' | 'password-changed';

export type SessionCommand =
  | Message<'OpenSession', Addressed & { accountId: string; credentialsVersion: number }>
  /** generation: that of the token that the client hands in. */
  | Message<'RefreshSession', Addressed & { generation: number }>
  /** Null: within no organization. */
  | Message<'SwitchContext', Addressed & { organizationId: string | null }>
  | Message<'EndSession', Addressed & { reason: 'logout' | 'password-changed' }>;

export type SessionRejection =
  'session-not-found' | 'session-exists' | 'session-ended' | 'session-expired' | 'refresh-token-unknown';

interface SessionFacts {
  readonly accountId: string;
  readonly credentialsVersion: number;
  readonly generation: number;
  readonly openedAt: string;
  readonly rotatedAt: string;
  readonly expiresAt: string;
  /** The organization that the session works within. */
  readonly organizationId: string | null;
}

export type Session =
  | Readonly<{ status: 'none' }>
  | Readonly<{ status: 'open' } & SessionFacts>
  | Readonly<{ status: 'ended'; reason: SessionEndReason } & SessionFacts>;

const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;
/** A client whose tabs refresh at once, or that lost an answer, may hand in the previous token again. */
const GRACE_MS = 10_000;

const later = (at: string, milliseconds: number): string => new Date(Date.parse(at) + milliseconds).toISOString();

export const decide = (command: SessionCommand, session: Session): Decision<SessionEvent, SessionRejection> => {
  const { sessionId, at } = command.data;
  if (session.status === 'none') {
    if (command.type !== 'OpenSession') return reject('session-not-found');
    const { accountId, credentialsVersion } = command.data;
    const expiresAt = later(at, LIFETIME_MS);
    return accept({ type: 'SessionOpened', data: { sessionId, accountId, credentialsVersion, expiresAt, openedAt: at } });
  }
  const { accountId } = session;
  switch (command.type) {
    case 'OpenSession':
      return reject('session-exists');
    case 'RefreshSession':
      return refresh(command.data, session);
    case 'SwitchContext': {
      const { organizationId } = command.data;
      if (session.status === 'ended') return reject('session-ended');
      if (organizationId === session.organizationId) return accept();
      return accept({ type: 'SessionContextSwitched', data: { sessionId, accountId, organizationId, switchedAt: at } });
    }
    case 'EndSession':
      if (session.status === 'ended') return accept();
      return accept({ type: 'SessionEnded', data: { sessionId, accountId, reason: command.data.reason, endedAt: at } });
  }
};

const refresh = (
  { sessionId, generation, at }: Extract<SessionCommand, { type: 'RefreshSession' }>['data'],
  session: Exclude<Session, { status: 'none' }>,
): Decision<SessionEvent, SessionRejection> => {
  if (session.status === 'ended') return reject('session-ended');
  if (Date.parse(at) >= Date.parse(session.expiresAt)) return reject('session-expired');
  if (generation > session.generation) return reject('refresh-token-unknown');
  const { accountId } = session;
  if (generation === session.generation) {
    const next = { generation: generation + 1, expiresAt: later(at, LIFETIME_MS), refreshedAt: at };
    return accept({ type: 'SessionRefreshed', data: { sessionId, accountId, ...next } });
  }
  const inGrace = generation === session.generation - 1 && Date.parse(at) < Date.parse(session.rotatedAt) + GRACE_MS;
  if (inGrace) return accept();
  return accept({ type: 'SessionEnded', data: { sessionId, accountId, reason: 'refresh-token-reused', endedAt: at } });
};

export const evolve = (session: Session, event: SessionEvent): Session => {
  if (session.status === 'none') {
    if (event.type !== 'SessionOpened') return session;
    const { accountId, credentialsVersion, expiresAt, openedAt } = event.data;
    const at = { openedAt, rotatedAt: openedAt, expiresAt };
    return { status: 'open', accountId, credentialsVersion, generation: 0, ...at, organizationId: null };
  }
  switch (event.type) {
    case 'SessionOpened':
      return session;
    case 'SessionRefreshed': {
      const { generation, expiresAt, refreshedAt } = event.data;
      return { ...session, generation, expiresAt, rotatedAt: refreshedAt };
    }
    case 'SessionContextSwitched':
      return { ...session, organizationId: event.data.organizationId };
    case 'SessionEnded':
      return { ...session, status: 'ended', reason: event.data.reason };
    default:
      return unknownEvent(event, session);
  }
};

export const sessionDecider: Decider<Session, SessionCommand, SessionEvent, SessionRejection> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
  isAtRest: ({ status }) => status === 'ended',
};
