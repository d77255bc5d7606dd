import t from 'tap';
import { accountDecider, type AccountCommand } from '../../src/domain/account/decider.js';
import type { AccountEvent } from '../../src/domain/account/events.js';
import { outlives, type RegisteredAccount } from '../../src/domain/account/state.js';
import { given, stateAfter } from './decider-specification.js';

const accountId = 'account-1';
const at = '2026-03-01T12:00:00.000Z';
const email = 'Ada@Example.com';
const person = { accountId, name: 'Ada', email, role: 'student', passwordHash: 'hash-1', provider: 'local', imageUrl: null } as const;
const registered: AccountEvent = { type: 'AccountRegistered', data: { ...person, registeredAt: at } };
const verified: AccountEvent = { type: 'AccountEmailVerified', data: { accountId, email, verifiedAt: at } };
const active = [registered, verified];
const identity = { provider: 'google', subject: 'g-1' } as const;
const linked: AccountEvent = { type: 'ExternalIdentityLinked', data: { accountId, identity, linkedAt: at } };

const afterwards = (events: readonly AccountEvent[]): RegisteredAccount => {
  const state = stateAfter(accountDecider, events);
  if (state.status !== 'registered') throw new Error('not registered');
  return state;
};
const session = (sessionId: string, credentialsVersion = 0) => ({ sessionId, credentialsVersion });

t.test('two-factor that is turned on in a session ends all others', async (t) => {
  const enable: AccountCommand = { type: 'EnableTwoFactor', data: { accountId, session: session('mine'), at } };
  const enabled: AccountEvent = { type: 'AccountTwoFactorEnabled', data: { accountId, sessionId: 'mine', enabledAt: at } };
  given(accountDecider, active).when(enable).then([enabled]);
  given(accountDecider, [...active, enabled]).when(enable).thenNothing();
  const state = afterwards([...active, enabled]);
  t.same([outlives(state, session('mine')), outlives(state, session('other')), outlives(state, session('new', 1))], [true, false, true]);
});

t.test('a password that is changed in a session ends all others', async (t) => {
  const change: AccountCommand = { type: 'ChangeAccountPassword', data: { accountId, passwordHash: 'hash-2', replaces: 'hash-1', session: session('mine'), at } };
  const changed: AccountEvent = { type: 'AccountPasswordChanged', data: { accountId, passwordHash: 'hash-2', reason: 'changed', sessionId: 'mine', changedAt: at } };
  given(accountDecider, active).when(change).then([changed]);
  const state = afterwards([...active, changed]);
  t.same([outlives(state, session('mine')), outlives(state, session('other')), outlives(state, session('new', 1))], [true, false, true]);
});

t.test('a session that has ended meanwhile changes no password, and one that was left open does', async () => {
  const enabledIn = (sessionId: string): AccountEvent => ({ type: 'AccountTwoFactorEnabled', data: { accountId, sessionId, enabledAt: at } });
  const change: AccountCommand = { type: 'ChangeAccountPassword', data: { accountId, passwordHash: 'hash-2', replaces: 'hash-1', session: session('mine'), at } };
  given(accountDecider, [...active, enabledIn('other')]).when(change).thenRefused('session-superseded');
  given(accountDecider, [...active, enabledIn('mine')])
    .when(change)
    .then([{ type: 'AccountPasswordChanged', data: { accountId, passwordHash: 'hash-2', reason: 'changed', sessionId: 'mine', changedAt: at } }]);
});

t.test('the session that it left open ends with the next change of credentials, as any other', async (t) => {
  const enabled: AccountEvent = { type: 'AccountTwoFactorEnabled', data: { accountId, sessionId: 'mine', enabledAt: at } };
  const changed: AccountEvent = { type: 'AccountPasswordChanged', data: { accountId, passwordHash: 'hash-2', reason: 'changed', changedAt: at } };
  const upgraded: AccountEvent = { type: 'AccountPasswordChanged', data: { accountId, passwordHash: 'hash-2', reason: 'hash-upgraded', changedAt: at } };
  t.ok(outlives(afterwards([...active, enabled, upgraded]), session('mine')));
  t.notOk(outlives(afterwards([...active, enabled, changed]), session('mine')));
});

t.test('a session that has ended meanwhile turns nothing on', async () => {
  const changed: AccountEvent = { type: 'AccountPasswordChanged', data: { accountId, passwordHash: 'hash-2', reason: 'changed', changedAt: at } };
  given(accountDecider, [...active, changed])
    .when({ type: 'EnableTwoFactor', data: { accountId, session: session('mine'), at } })
    .thenRefused('session-superseded');
});

t.test('who turns two-factor off can be undone by whoever reads the mails, and it is on again', async (t) => {
  const enabled: AccountEvent = { type: 'AccountTwoFactorEnabled', data: { accountId, enabledAt: at } };
  const disable: AccountCommand = { type: 'DisableTwoFactor', data: { accountId, changeId: 'change-1', at } };
  const disabled: AccountEvent = { type: 'AccountTwoFactorDisabled', data: { accountId, changeId: 'change-1', disabledAt: at } };
  const undo: AccountCommand = { type: 'UndoAccountChange', data: { accountId, changeId: 'change-1', at } };
  const undone: AccountEvent = { type: 'AccountChangeUndone', data: { accountId, changeId: 'change-1', email, twoFactor: true, undoneAt: at } };
  given(accountDecider, [...active, enabled]).when(disable).then([disabled]);
  given(accountDecider, [registered, enabled])
    .when(disable)
    .then([{ type: 'AccountTwoFactorDisabled', data: { accountId, disabledAt: at } }]);
  given(accountDecider, [...active, enabled, disabled]).when(undo).then([undone]);
  t.equal(afterwards([...active, enabled, disabled, undone]).twoFactor, true);
});

t.test('undoing a change before it turns two-factor on too; undoing one after it does not', async () => {
  const enabled: AccountEvent = { type: 'AccountTwoFactorEnabled', data: { accountId, enabledAt: at } };
  const disabled: AccountEvent = { type: 'AccountTwoFactorDisabled', data: { accountId, changeId: 'change-2', disabledAt: at } };
  const password = (changeId: string): AccountEvent => ({
    type: 'AccountPasswordChanged',
    data: { accountId, passwordHash: 'hash-2', reason: 'changed', changeId, changedAt: at },
  });
  const undo = (changeId: string): AccountCommand => ({ type: 'UndoAccountChange', data: { accountId, changeId, at } });
  const changes = [...active, enabled, password('change-1'), disabled, password('change-3')];
  given(accountDecider, changes)
    .when(undo('change-1'))
    .then([{ type: 'AccountChangeUndone', data: { accountId, changeId: 'change-1', email, twoFactor: true, undoneAt: at } }]);
  given(accountDecider, changes)
    .when(undo('change-3'))
    .then([{ type: 'AccountChangeUndone', data: { accountId, changeId: 'change-3', email, undoneAt: at } }]);
});

t.test('linking an identity', async (t) => {
  const link = (changes: { email?: string; subject?: string; holdId?: string } = {}): AccountCommand => {
    const { subject = 'g-1', holdId = 'hold-1', email: atProvider = 'ada@example.com' } = changes;
    return { type: 'LinkExternalIdentity', data: { accountId, identity: { provider: 'google', subject }, holdId, email: atProvider, changeId: 'change-1', at } };
  };
  const cancelled: AccountEvent = { type: 'IdentifierHoldCancelled', data: { accountId, kind: 'identity', holdId: 'hold-1', cancelledAt: at } };
  t.test('is done once, and told', async () => {
    given(accountDecider, active)
      .when(link())
      .then([{ type: 'ExternalIdentityLinked', data: { accountId, identity, changeId: 'change-1', linkedAt: at } }]);
    given(accountDecider, [...active, linked]).when(link()).thenNothing();
  });
  t.test('needs the same address, verified here', async () => {
    given(accountDecider, [registered]).when(link()).thenRefused('identity-email-not-verified');
    given(accountDecider, active).when(link({ email: 'eve@example.com' })).thenRefused('identity-email-not-verified');
    const moved: AccountEvent = { type: 'AccountEmailChanged', data: { accountId, email: 'eve@example.com', previousEmail: email, proof: 'session', changedAt: at } };
    given(accountDecider, [...active, moved]).when(link({ email: 'eve@example.com' })).thenRefused('identity-email-not-verified');
  });
  t.test('is refused for another person of the provider, and by a hold that was cancelled', async () => {
    given(accountDecider, [...active, linked]).when(link({ subject: 'g-2' })).thenRefused('identity-already-linked');
    given(accountDecider, [...active, cancelled]).when(link()).thenRefused('identifier-hold-cancelled', { kind: 'identity' });
  });
  t.test('bars a hold while the account has it, and no longer', async () => {
    const cancel: AccountCommand = { type: 'CancelIdentifierHold', data: { accountId, kind: 'identity', value: 'google/g-1', holdId: 'hold-1', at } };
    given(accountDecider, [...active, linked]).when(cancel).thenRefused('identifier-in-use', { kind: 'identity' });
    const undone: AccountEvent = { type: 'AccountChangeUndone', data: { accountId, changeId: 'change-1', email, undoneAt: at } };
    given(accountDecider, [...active, linked, undone]).when(cancel).then([cancelled]);
  });
});

t.test('an account that is made by a provider is linked and verified from the start', async () => {
  const data = { ...person, role: null, passwordHash: null, provider: 'google' } as const;
  given(accountDecider)
    .when({ type: 'RegisterAccount', data: { ...data, identity, holdId: 'hold-1', otherHolds: { identity: 'hold-2' }, at } })
    .then([{ type: 'AccountRegistered', data: { ...data, registeredAt: at } }, linked, verified]);
});

t.test('whoever takes the account back has it without the identity that somebody linked', async (t) => {
  const undone: AccountEvent = { type: 'AccountChangeUndone', data: { accountId, changeId: 'change-1', email, undoneAt: at } };
  t.match(afterwards([...active, linked]), { identity });
  t.match(afterwards([...active, linked, undone]), { identity: null, passwordHash: null });
});

t.test('a role is chosen once; admin only where sign-up as admin is open', async () => {
  const withoutRole: AccountEvent = { type: 'AccountRegistered', data: { ...person, role: null, registeredAt: at } };
  const select = (role: 'admin' | 'auditor', adminAllowed: boolean): AccountCommand => ({ type: 'SelectAccountRole', data: { accountId, role, adminAllowed, at } });
  given(accountDecider, [withoutRole]).when(select('admin', false)).thenRefused('role-not-allowed');
  given(accountDecider, [withoutRole]).when(select('auditor', true)).thenRefused('role-not-allowed');
  given(accountDecider, [withoutRole])
    .when(select('admin', true))
    .then([{ type: 'AccountRoleSelected', data: { accountId, role: 'admin', selectedAt: at } }]);
});
