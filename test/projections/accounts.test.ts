import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import { accountsProjection } from '../../src/projections/accounts/projection.js';
import { accountByEmail, accountById, listAccounts, searchAccountsByEmail, unactivatedWithPicture } from '../../src/projections/accounts/queries.js';
import { at, later, onAccount, passwordChanged, registered } from './account-events.js';
import { Projected, recorded, type Published } from './projected.js';

const projected = (...published: readonly Published[]) => new Projected(accountsProjection, recorded(published));

t.test('an account as it was registered', async (t) => {
  t.same(await accountById(projected(registered('ada', { email: 'Ada@Example.com' })), 'ada'), {
    id: 'ada',
    name: 'Ada',
    fullName: { firstName: 'Ada', lastName: '' },
    username: null,
    phone: null,
    email: 'Ada@Example.com',
    emailKey: 'ada@example.com',
    emailVerified: false,
    activated: false,
    usedUnverified: false,
    unactivatedPictureSince: null,
    role: 'student',
    accountType: null,
    studentType: null,
    nim: null,
    imageUrl: null,
    avatarFile: null,
    provider: 'local',
    hasPassword: true,
    twoFactor: false,
    registeredAt: at,
    updatedAt: at,
  });
});

t.test('issue 9.31: accounts with a picture that were never activated are found by how long they have had it', async (t) => {
  const registration = (accountId: string, avatarFile: string): Published => registered(accountId, { avatarFile, imageUrl: `/files/${avatarFile}` });
  const verified = (accountId: string): Published =>
    onAccount(accountId)({ type: 'AccountEmailVerified', data: { accountId, email: `${accountId}@example.com`, verifiedAt: later } });
  const moved = onAccount('cas')({
    type: 'AccountEmailChanged',
    data: { accountId: 'cas', email: 'new@example.com', previousEmail: 'cas@example.com', changedAt: later },
  });
  const pictured = (accountId: string): Published =>
    onAccount(accountId)({ type: 'AccountAvatarChanged', data: { accountId, avatarFile: 'n.png', replacedFile: null, imageUrl: '/n.png', changedAt: later } });
  const readModels = projected(
    registration('ada', 'a.png'), registration('bea', 'b.png'), verified('bea'), registration('cas', 'c.png'), verified('cas'), moved, pictured('cas'),
    registered('dee'), registered('eva'), pictured('eva'),
    registered('fay', { avatarFile: 'f.png', surface: 'edupro' }), registered('gus', { surface: 'edupro' }), pictured('gus'),
  );
  const found = async (before: string) => (await unactivatedWithPicture(readModels, before, 10)).map(({ id }) => id);
  t.same(await found(at), ['ada']);
  t.same(await found(later), ['ada', 'eva']);
  t.same((await unactivatedWithPicture(readModels, later, 1)).length, 1);
});

t.test('every change shows, and makes no account where there is none', async (t) => {
  const accountId = 'ada';
  const phone = { countryCode: '+1', number: '5550100' };
  const changes: readonly (readonly [DomainEvent, object])[] = [
    [{ type: 'AccountRoleSelected', data: { accountId, role: 'seller', selectedAt: later } }, { role: 'seller' }],
    [{ type: 'AccountEmailVerified', data: { accountId, email: 'ada@example.com', verifiedAt: later } }, { emailVerified: true, activated: true }],
    [{ type: 'AccountAvatarRemoved', data: { accountId, removedFile: 'avatars/a.png', removedAt: later } }, { avatarFile: null, imageUrl: null }],
    [
      { type: 'AccountEmailChanged', data: { accountId, email: 'New@example.com', previousEmail: 'ada@example.com', changedAt: later } },
      { email: 'New@example.com', emailKey: 'new@example.com', emailVerified: false },
    ],
    [
      { type: 'AccountProfileChanged', data: { accountId, name: 'Countess', imageUrl: 'https://example.com/a.png', changedAt: later } },
      { name: 'Countess', imageUrl: 'https://example.com/a.png' },
    ],
    [
      {
        type: 'AccountProfileChanged',
        data: { accountId, name: 'Mary Ann Van Dyke', fullName: { firstName: 'Mary Ann', lastName: 'Van Dyke' }, changedAt: later },
      },
      { name: 'Mary Ann Van Dyke', fullName: { firstName: 'Mary Ann', lastName: 'Van Dyke' } },
    ],
    [passwordChanged(accountId, 'reset')[1], { hasPassword: true }],
    [
      { type: 'AccountUsernameChanged', data: { accountId, username: 'Countess', previousUsername: null, changedAt: later } },
      { username: 'Countess' },
    ],
    [{ type: 'AccountPhoneChanged', data: { accountId, phone, previousPhone: null, changedAt: later } }, { phone }],
    [
      { type: 'AccountAvatarChanged', data: { accountId, avatarFile: 'avatars/a.png', replacedFile: null, imageUrl: '/a.png', changedAt: later } },
      { avatarFile: 'avatars/a.png', imageUrl: '/a.png' },
    ],
    [{ type: 'AccountTwoFactorEnabled', data: { accountId, enabledAt: later } }, { twoFactor: true }],
    [{ type: 'AccountTwoFactorDisabled', data: { accountId, disabledAt: later } }, { twoFactor: false }],
  ];
  for (const [event, expected] of changes) {
    const changed = projected(registered(accountId, { role: null, passwordHash: null, provider: 'google' }), onAccount(accountId)(event));
    t.match(await accountById(changed, accountId), { ...expected, updatedAt: later }, event.type);
    t.same(projected(onAccount(accountId)(event)).contents(), {}, `${event.type} without an account`);
  }
});

t.test('an upgraded hash is nothing that a reader sees', async (t) => {
  const account = await accountById(projected(registered('ada'), passwordChanged('ada', 'hash-upgraded')), 'ada');
  t.match(account, { hasPassword: true, updatedAt: at });
});

t.test('no hash stands in a document', async (t) => {
  const contents = JSON.stringify(projected(registered('ada'), passwordChanged('ada', 'changed')).contents());
  t.notMatch(contents, /hash-of-a-password|another-hash|passwordHash/);
});

t.test('an account is found by its address, however that is typed', async (t) => {
  const readModels = projected(registered('ada'), registered('bea'));
  t.match(await accountByEmail(readModels, ' ADA@example.com'), { id: 'ada' });
  t.equal(await accountByEmail(readModels, 'nobody@example.com'), undefined);
});

t.test('a search by address finds what begins so, in order and by pages', async (t) => {
  const readModels = projected(...['anna', 'andy', 'bob', 'an'].map((id) => registered(id)));
  const found = async (search: { email: string; exact?: boolean; skip: number; limit: number }) => {
    const { accounts, total } = await searchAccountsByEmail(readModels, search);
    return { ids: accounts.map(({ id }) => id), total };
  };
  t.same(await found({ email: 'AN', skip: 0, limit: 2 }), { ids: ['an', 'andy'], total: 3 });
  t.same(await found({ email: 'an', skip: 2, limit: 2 }), { ids: ['anna'], total: 3 });
  t.same(await found({ email: 'an@example.com', exact: true, skip: 0, limit: 10 }), { ids: ['an'], total: 1 });
  t.same(await found({ email: 'an', exact: true, skip: 0, limit: 10 }), { ids: [], total: 0 });
});

t.test('a deleted account is nowhere', async (t) => {
  const gone = { type: 'AccountDeleted', data: { accountId: 'ada', avatarFile: null, deletedAt: later } } as const;
  t.same(projected(registered('ada'), onAccount('ada')(gone)).contents(), {});
});

t.test('all accounts are listed by pages, the newest first', async (t) => {
  const days = ['2026-03-01', '2026-03-03', '2026-03-02'];
  const readModels = projected(...days.map((day, index) => registered(`a${index}`, { registeredAt: `${day}T00:00:00.000Z` })));
  const { accounts, total } = await listAccounts(readModels, { skip: 1, limit: 2 });
  t.same({ ids: accounts.map(({ id }) => id), total }, { ids: ['a2', 'a0'], total: 3 });
});
