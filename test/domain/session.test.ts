import t from 'tap';
import { sessionDecider, type SessionCommand } from '../../src/domain/session/decider.js';
import type { SessionEvent } from '../../src/domain/session/events.js';
import { given, stateAfter } from './decider-specification.js';

const common = { sessionId: 'session-1', accountId: 'account-1' };
const sessionId = common.sessionId;
const at = '2026-03-01T12:00:00.000Z';
const nextDay = '2026-03-02T12:00:00.000Z';
const opened: SessionEvent = {
  type: 'SessionOpened',
  data: { ...common, credentialsVersion: 2, expiresAt: '2026-03-31T12:00:00.000Z', openedAt: at },
};
const refreshed = (generation: number): SessionEvent => ({
  type: 'SessionRefreshed',
  data: { ...common, generation, expiresAt: '2026-04-01T12:00:00.000Z', refreshedAt: nextDay },
});
const ended = (reason: 'logout' | 'refresh-token-reused' | 'password-changed', endedAt = at): SessionEvent => ({
  type: 'SessionEnded',
  data: { ...common, reason, endedAt },
});
const open: SessionCommand = { type: 'OpenSession', data: { ...common, credentialsVersion: 2, at } };
const refresh = (generation: number, when: string): SessionCommand => ({ type: 'RefreshSession', data: { sessionId, generation, at: when } });

t.test('opening', async (t) => {
  t.test('lasts thirty days', async () => given(sessionDecider).when(open).then([opened]));
  t.test('is refused for an id that was opened', async () => given(sessionDecider, [opened]).when(open).thenRefused('session-exists'));
});

t.test('refreshing', async (t) => {
  t.test('gives the next generation, and thirty days more', async () =>
    given(sessionDecider, [opened]).when(refresh(0, nextDay)).then([refreshed(1)]));
  t.test('with the previous token within ten seconds gives the same successor again', async () =>
    given(sessionDecider, [opened, refreshed(1)]).when(refresh(0, '2026-03-02T12:00:09.999Z')).thenNothing());
  t.test('with the previous token later ends the family', async () =>
    given(sessionDecider, [opened, refreshed(1)])
      .when(refresh(0, '2026-03-02T12:00:10.000Z'))
      .then([ended('refresh-token-reused', '2026-03-02T12:00:10.000Z')]));
  t.test('with an older token ends the family at once', async () =>
    given(sessionDecider, [opened, refreshed(1), refreshed(2)]).when(refresh(0, nextDay)).then([ended('refresh-token-reused', nextDay)]));
  t.test('is refused with a token that was never handed out', async () =>
    given(sessionDecider, [opened]).when(refresh(1, nextDay)).thenRefused('refresh-token-unknown'));
  t.test('is refused after thirty days without one', async () =>
    given(sessionDecider, [opened]).when(refresh(0, '2026-03-31T12:00:00.000Z')).thenRefused('session-expired'));
  t.test('is refused once the session has ended', async () =>
    given(sessionDecider, [opened, ended('logout')]).when(refresh(0, nextDay)).thenRefused('session-ended'));
  t.test('is refused without a session', async () => given(sessionDecider).when(refresh(0, nextDay)).thenRefused('session-not-found'));
});

t.test('ending', async (t) => {
  const end: SessionCommand = { type: 'EndSession', data: { sessionId, reason: 'logout', at } };
  t.test('ends it', async () => given(sessionDecider, [opened]).when(end).then([ended('logout')]));
  t.test('is done once', async () => given(sessionDecider, [opened, ended('password-changed')]).when(end).thenNothing());
  t.test('is refused without a session', async () => given(sessionDecider).when(end).thenRefused('session-not-found'));
});

t.test('switching the context', async (t) => {
  const switched = (organizationId: string | null): SessionEvent => ({ type: 'SessionContextSwitched', data: { ...common, organizationId, switchedAt: at } });
  const to = (organizationId: string | null): SessionCommand => ({ type: 'SwitchContext', data: { sessionId, organizationId, at } });
  t.test('works within the organization', async () => given(sessionDecider, [opened]).when(to('school')).then([switched('school')]));
  t.test('works within none again', async () => given(sessionDecider, [opened, switched('school')]).when(to(null)).then([switched(null)]));
  t.test('is done once', async () => given(sessionDecider, [opened, switched('school')]).when(to('school')).thenNothing());
  t.test('a session starts within none', async () => given(sessionDecider, [opened]).when(to(null)).thenNothing());
  t.test('is kept by a refresh', async (t) => {
    t.match(stateAfter(sessionDecider, [opened, switched('school'), refreshed(1)]), { status: 'open', generation: 1, organizationId: 'school' });
  });
  t.test('is refused once the session has ended', async () => given(sessionDecider, [opened, ended('logout')]).when(to('school')).thenRefused('session-ended'));
  t.test('is refused without a session', async () => given(sessionDecider).when(to('school')).thenRefused('session-not-found'));
});

t.test('evolve ignores what does not apply', async (t) => {
  t.same(stateAfter(sessionDecider, [refreshed(1)]), { status: 'none' });
  t.match(stateAfter(sessionDecider, [opened, refreshed(1), opened]), { generation: 1 });
});
