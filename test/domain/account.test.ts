import t from 'tap';
import { accountDecider, type AccountCommand } from '../../src/domain/account/decider.js';
import type { AccountEvent } from '../../src/domain/account/events.js';
import { given, stateAfter } from './decider-specification.js';

const accountId = 'account-1';
const at = '2026-03-01T12:00:00.000Z';
const person = {
  accountId,
  name: 'Ada',
  email: 'Ada@Example.com',
  role: 'student',
  passwordHash: 'hash-1',
  provider: 'local',
  imageUrl: null,
} as const;
const registered: AccountEvent = { type: 'AccountRegistered', data: { ...person, registeredAt: at } };
const withoutRole: AccountEvent = { type: 'AccountRegistered', data: { ...person, role: null, registeredAt: at } };
const verified: AccountEvent = { type: 'AccountEmailVerified', data: { accountId, email: person.email, verifiedAt: at } };
const deleted: AccountEvent = { type: 'AccountDeleted', data: { accountId, avatarFile: null, deletedAt: at } };
const cancelledHold: AccountEvent = { type: 'IdentifierHoldCancelled', data: { accountId, kind: 'email', holdId: 'hold-1', cancelledAt: at } };
const register: AccountCommand = { type: 'RegisterAccount', data: { ...person, holdId: 'hold-1', at } };

t.test('registering', async (t) => {
  t.test('makes an account', async () => given(accountDecider).when(register).then([registered]));
  t.test('is refused for an id that is registered', async () =>
    given(accountDecider, [registered]).when(register).thenRefused('account-exists'));
  t.test('is refused by a hold that was cancelled', async () =>
    given(accountDecider, [cancelledHold]).when(register).thenRefused('identifier-hold-cancelled', { kind: 'email' }));
  t.test('works by another hold than the cancelled one', async () =>
    given(accountDecider, [cancelledHold]).when({ type: 'RegisterAccount', data: { ...person, holdId: 'hold-2', at } }).then([registered]));
});

t.test('nothing can be done to an account that is not registered', async () => {
  const commands: readonly AccountCommand[] = [
    { type: 'SelectAccountRole', data: { accountId, role: 'student', at } },
    { type: 'VerifyAccountEmail', data: { accountId, email: person.email, at } },
    { type: 'ChangeAccountIdentifiers', data: { accountId, email: { value: 'b@example.com', holdId: 'hold-2' }, at } },
    { type: 'ChangeAccountAvatar', data: { accountId, avatarFile: 'avatars/a.png', imageUrl: '/files/avatars/a.png', at } },
    { type: 'EnableTwoFactor', data: { accountId, at } },
    { type: 'DisableTwoFactor', data: { accountId, at } },
    { type: 'DeleteAccount', data: { accountId, at } },
    { type: 'ChangeAccountProfile', data: { accountId, name: 'Bea', at } },
    { type: 'ChangeAccountPassword', data: { accountId, passwordHash: 'hash-2', replaces: null, at } },
    { type: 'ResetAccountPassword', data: { accountId, passwordHash: 'hash-2', at } },
    { type: 'UpgradePasswordHash', data: { accountId, passwordHash: 'hash-2', replaces: 'hash-1', at } },
  ];
  for (const command of commands) {
    given(accountDecider).when(command).thenRefused('account-not-found');
    given(accountDecider, [registered, deleted]).when(command).thenRefused('account-not-found');
  }
});

t.test('forgoing a hold', async (t) => {
  const cancelHoldOnAccount: AccountCommand = {
    type: 'CancelIdentifierHold',
    data: { accountId, kind: 'email', value: 'ada@example.com', holdId: 'hold-1', at },
  };
  t.test('bars the account that never came to be', async () => given(accountDecider).when(cancelHoldOnAccount).then([cancelledHold]));
  t.test('is refused when the account has the address', async () =>
    given(accountDecider, [registered]).when(cancelHoldOnAccount).thenRefused('identifier-in-use', { kind: 'email' }));
  t.test('bars an address that the account has left or never took', async () =>
    given(accountDecider, [registered])
      .when({ type: 'CancelIdentifierHold', data: { accountId, kind: 'email', value: 'other@example.com', holdId: 'hold-1', at } })
      .then([cancelledHold]));
  t.test('is done once', async () => given(accountDecider, [cancelledHold]).when(cancelHoldOnAccount).thenNothing());
});

t.test('choosing a role', async (t) => {
  const select = (role: 'student' | 'instructor' | 'admin'): AccountCommand => ({
    type: 'SelectAccountRole',
    data: { accountId, role, at },
  });
  t.test('is done once', async () =>
    given(accountDecider, [withoutRole])
      .when(select('instructor'))
      .then([{ type: 'AccountRoleSelected', data: { accountId, role: 'instructor', selectedAt: at } }]));
  t.test('is refused a second time, also when it is the same', async () =>
    given(accountDecider, [registered]).when(select('student')).thenRefused('role-already-chosen', { role: 'student' }));
  t.test('is refused when another was chosen', async () =>
    given(accountDecider, [registered]).when(select('instructor')).thenRefused('role-already-chosen', { role: 'student' }));
  t.test('is refused for admin', async () => given(accountDecider, [withoutRole]).when(select('admin')).thenRefused('role-not-allowed'));
});

t.test('verifying the address', async (t) => {
  const verify = (email: string): AccountCommand => ({ type: 'VerifyAccountEmail', data: { accountId, email, at } });
  t.test('compares addresses without case', async () => given(accountDecider, [registered]).when(verify('ada@example.com ')).then([verified]));
  t.test('is done once', async () => given(accountDecider, [registered, verified]).when(verify(person.email)).thenNothing());
  t.test('is refused for an address that the account has left', async () =>
    given(accountDecider, [registered]).when(verify('old@example.com')).thenRefused('email-changed'));
});

t.test('changing the address', async (t) => {
  const change = (email: string): AccountCommand => ({
    type: 'ChangeAccountIdentifiers',
    data: { accountId, email: { value: email, holdId: 'hold-1' }, at },
  });
  const changed: AccountEvent = {
    type: 'AccountEmailChanged',
    data: { accountId, email: 'new@example.com', previousEmail: person.email, changedAt: at },
  };
  t.test('gives the account another one', async () => given(accountDecider, [registered]).when(change('new@example.com')).then([changed]));
  t.test('leaves it unverified and remembers the old one', async (t) => {
    const state = stateAfter(accountDecider, [registered, verified, changed]);
    t.match(state, { email: 'new@example.com', previousEmail: person.email, emailVerified: false });
  });
  t.test('changes nothing when only the case differs', async () => given(accountDecider, [registered]).when(change('ADA@example.com')).thenNothing());
  t.test('is refused by a hold that was cancelled', async () =>
    given(accountDecider, [registered, cancelledHold]).when(change('new@example.com')).thenRefused('identifier-hold-cancelled', { kind: 'email' }));
});

t.test('changing the profile', async (t) => {
  t.test('records only what is different', async () =>
    given(accountDecider, [registered])
      .when({ type: 'ChangeAccountProfile', data: { accountId, name: 'Ada', imageUrl: 'https://example.com/a.png', at } })
      .then([{ type: 'AccountProfileChanged', data: { accountId, imageUrl: 'https://example.com/a.png', changedAt: at } }]));
  t.test('records nothing when all is so already', async () =>
    given(accountDecider, [registered]).when({ type: 'ChangeAccountProfile', data: { accountId, name: 'Ada', imageUrl: null, at } }).thenNothing());
  t.test('a name in parts is kept in parts, also where it is printed alike', async (t) => {
    const fullName = { firstName: 'Mary Ann', lastName: 'Van Dyke' };
    const name = 'Mary Ann Van Dyke';
    const named: AccountEvent = { type: 'AccountProfileChanged', data: { accountId, name, fullName, changedAt: at } };
    const command = { type: 'ChangeAccountProfile', data: { accountId, name, fullName, at } } as const;
    given(accountDecider, [registered]).when(command).then([named]);
    given(accountDecider, [registered, named]).when(command).thenNothing();
    t.match(stateAfter(accountDecider, [registered, named]), { name, fullName });
    const pictured: AccountEvent = { type: 'AccountProfileChanged', data: { accountId, imageUrl: 'https://example.com/a.png', changedAt: at } };
    t.match(stateAfter(accountDecider, [registered, named, pictured]), { name, fullName });
    const split = { firstName: 'Mary', middleName: 'Ann Van', lastName: 'Dyke' };
    given(accountDecider, [registered, named])
      .when({ type: 'ChangeAccountProfile', data: { accountId, name, fullName: split, at } })
      .then([{ type: 'AccountProfileChanged', data: { accountId, fullName: split, changedAt: at } }]);
  });
  t.test('keeps what is not named', async (t) => {
    const renamed: AccountEvent = { type: 'AccountProfileChanged', data: { accountId, name: 'Countess', changedAt: at } };
    t.match(stateAfter(accountDecider, [registered, renamed]), { name: 'Countess', imageUrl: null, role: 'student', fullName: { firstName: 'Countess', lastName: '' } });
  });
});

t.test('passwords', async (t) => {
  const passwordChanged = (reason: 'changed' | 'reset' | 'hash-upgraded'): AccountEvent => ({
    type: 'AccountPasswordChanged',
    data: { accountId, passwordHash: 'hash-2', reason, changedAt: at },
  });
  const change = (replaces: string): AccountCommand => ({
    type: 'ChangeAccountPassword',
    data: { accountId, passwordHash: 'hash-2', replaces, at },
  });
  const upgrade = (replaces: string): AccountCommand => ({
    type: 'UpgradePasswordHash',
    data: { accountId, passwordHash: 'hash-2', replaces, at },
  });
  t.test('change replaces the one that was checked', async () =>
    given(accountDecider, [registered]).when(change('hash-1')).then([passwordChanged('changed')]));
  t.test('change is refused when another request changed it meanwhile', async () =>
    given(accountDecider, [registered]).when(change('hash-0')).thenRefused('password-not-current'));
  t.test('reset needs no current one', async () =>
    given(accountDecider, [registered])
      .when({ type: 'ResetAccountPassword', data: { accountId, passwordHash: 'hash-2', at } })
      .then([passwordChanged('reset')]));
  t.test('an upgraded hash replaces its own', async () =>
    given(accountDecider, [registered]).when(upgrade('hash-1')).then([passwordChanged('hash-upgraded')]));
  t.test('an upgraded hash never brings an old password back', async () =>
    given(accountDecider, [registered]).when(upgrade('hash-0')).thenNothing());
  t.test('change and reset raise the version of the credentials, an upgraded hash does not', async (t) => {
    const versionAfter = (...events: readonly AccountEvent[]) => {
      const account = stateAfter(accountDecider, [registered, ...events]);
      return account.status === 'registered' ? account.credentialsVersion : undefined;
    };
    t.equal(versionAfter(passwordChanged('changed')), 1);
    t.equal(versionAfter(passwordChanged('changed'), passwordChanged('reset')), 2);
    t.equal(versionAfter(passwordChanged('hash-upgraded')), 0);
  });
});

const phone = { countryCode: '+1', number: '2465550100' };
const named: AccountEvent = {
  type: 'AccountUsernameChanged',
  data: { accountId, username: 'Countess', previousUsername: null, changedAt: at },
};

t.test('username and phone', async (t) => {
  const otherHolds = { username: 'hold-u', phone: 'hold-p' };
  const data = { ...person, username: 'Countess', phone, fullName: { firstName: 'Ada', lastName: 'Lovelace' } };
  const full: AccountEvent = { type: 'AccountRegistered', data: { ...data, registeredAt: at } };
  const lost = (kind: 'username' | 'phone', holdId: string): AccountEvent => ({
    type: 'IdentifierHoldCancelled',
    data: { accountId, kind, holdId, cancelledAt: at },
  });
  const registerFull: AccountCommand = { type: 'RegisterAccount', data: { ...data, holdId: 'hold-1', otherHolds, at } };
  t.test('come with the registration', async () => given(accountDecider).when(registerFull).then([full]));
  t.test('are refused by a hold that was cancelled', async () => {
    given(accountDecider, [lost('username', 'hold-u')]).when(registerFull).thenRefused('identifier-hold-cancelled', { kind: 'username' });
    given(accountDecider, [lost('phone', 'hold-p')]).when(registerFull).thenRefused('identifier-hold-cancelled', { kind: 'phone' });
  });
  t.test('are cancelled only where the account has them not, however they are written', async () => {
    const cancelHoldOnAccount = (kind: 'username' | 'phone', value: string): AccountCommand => ({
      type: 'CancelIdentifierHold',
      data: { accountId, kind, value, holdId: 'hold-9', at },
    });
    given(accountDecider, [full]).when(cancelHoldOnAccount('username', 'countess')).thenRefused('identifier-in-use', { kind: 'username' });
    given(accountDecider, [full]).when(cancelHoldOnAccount('phone', '+12465550100')).thenRefused('identifier-in-use', { kind: 'phone' });
    given(accountDecider, [full]).when(cancelHoldOnAccount('phone', '+12465550101')).then([lost('phone', 'hold-9')]);
    given(accountDecider, [full, deleted]).when(cancelHoldOnAccount('username', 'countess')).then([lost('username', 'hold-9')]);
  });
  const change = (username: string, holdId: string | null): AccountCommand => ({
    type: 'ChangeAccountIdentifiers',
    data: { accountId, username: { value: username, holdId }, phone: { value: phone, holdId: 'hold-p' }, at },
  });
  const phoned: AccountEvent = { type: 'AccountPhoneChanged', data: { accountId, phone, previousPhone: null, changedAt: at } };
  t.test('change together', async () => given(accountDecider, [registered]).when(change('Countess', 'hold-u')).then([named, phoned]));
  t.test('need a hold that stands, all of them', async () => {
    given(accountDecider, [registered]).when(change('Countess', null)).thenRefused('identifier-hold-cancelled', { kind: 'username' });
    given(accountDecider, [registered, lost('phone', 'hold-p')])
      .when(change('Countess', 'hold-u'))
      .thenRefused('identifier-hold-cancelled', { kind: 'phone' });
  });
  t.test('get another spelling without a hold', async () => {
    const respelled: AccountEvent = {
      type: 'AccountUsernameChanged',
      data: { accountId, username: 'COUNTESS', previousUsername: 'Countess', changedAt: at },
    };
    given(accountDecider, [registered, named, phoned]).when(change('COUNTESS', null)).then([respelled]);
    given(accountDecider, [registered, named, phoned])
      .when({ type: 'ChangeAccountIdentifiers', data: { accountId, phone: { value: { countryCode: '+1246', number: '555 0100' }, holdId: null }, at } })
      .thenNothing();
  });
});

t.test('two-factor', async (t) => {
  const enabled: AccountEvent = { type: 'AccountTwoFactorEnabled', data: { accountId, enabledAt: at } };
  const disabled: AccountEvent = { type: 'AccountTwoFactorDisabled', data: { accountId, disabledAt: at } };
  const enable: AccountCommand = { type: 'EnableTwoFactor', data: { accountId, at } };
  const disable: AccountCommand = { type: 'DisableTwoFactor', data: { accountId, at } };
  t.test('may be on from the start', async () =>
    given(accountDecider)
      .when({ type: 'RegisterAccount', data: { ...person, holdId: 'hold-1', twoFactor: true, at } })
      .then([registered, enabled]));
  t.test('is switched on and off once', async () => {
    given(accountDecider, [registered]).when(enable).then([enabled]);
    given(accountDecider, [registered, enabled]).when(enable).thenNothing();
    given(accountDecider, [registered, enabled]).when(disable).then([disabled]);
    given(accountDecider, [registered, enabled, disabled]).when(disable).thenNothing();
  });
});

t.test('a picture replaces the one before', async () => {
  const pictured = (avatarFile: string, replacedFile: string | null): AccountEvent => ({
    type: 'AccountAvatarChanged',
    data: { accountId, avatarFile, replacedFile, imageUrl: `/files/${avatarFile}`, changedAt: at },
  });
  const change: AccountCommand = { type: 'ChangeAccountAvatar', data: { accountId, avatarFile: 'b.png', imageUrl: '/files/b.png', at } };
  given(accountDecider, [registered, pictured('a.png', null)]).when(change).then([pictured('b.png', 'a.png')]);
  given(accountDecider, [registered, pictured('b.png', null)]).when(change).thenNothing();
});

t.test('issue 9.31: the picture of an account that nobody activated is taken from it', async (t) => {
  const pictured: AccountEvent = { type: 'AccountRegistered', data: { ...person, avatarFile: 'a.png', imageUrl: '/files/a.png', registeredAt: at } };
  const remove: AccountCommand = { type: 'RemoveUnactivatedAvatar', data: { accountId, avatarFile: 'a.png', at } };
  const removed: AccountEvent = { type: 'AccountAvatarRemoved', data: { accountId, removedFile: 'a.png', removedAt: at } };
  given(accountDecider, [pictured]).when(remove).then([removed]);
  t.match(stateAfter(accountDecider, [pictured, removed]), { avatarFile: null, imageUrl: null });
  given(accountDecider, [pictured, removed]).when(remove).thenNothing();
  given(accountDecider, [pictured, verified]).when(remove).thenNothing();
  const moved: AccountEvent = { type: 'AccountEmailChanged', data: { accountId, email: 'new@example.com', previousEmail: person.email, changedAt: at } };
  given(accountDecider, [pictured, verified, moved]).when(remove).thenNothing();
  given(accountDecider, [pictured]).when({ ...remove, data: { ...remove.data, avatarFile: 'b.png' } }).thenNothing();
  given(accountDecider, [registered, deleted]).when(remove).thenRefused('account-not-found');
  const usedAtOnce: AccountEvent = { type: 'AccountRegistered', data: { ...pictured.data, surface: 'edupro' } };
  given(accountDecider, [usedAtOnce]).when(remove).thenNothing();
});

t.test('a deleted account keeps only what is to be released', async (t) => {
  given(accountDecider, [registered]).when({ type: 'DeleteAccount', data: { accountId, at } }).then([deleted]);
  given(accountDecider, [registered, deleted]).when(register).thenRefused('account-exists');
  const state = stateAfter(accountDecider, [registered, named, deleted, named]);
  t.match(state, { status: 'deleted', email: person.email, username: 'Countess' });
  t.notMatch(state, { passwordHash: 'hash-1' });
});

t.test('evolve ignores what does not apply', async (t) => {
  t.same(stateAfter(accountDecider, [verified]), accountDecider.initialState());
  t.match(stateAfter(accountDecider, [registered, withoutRole]), { role: 'student' });
});
