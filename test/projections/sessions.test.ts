import t from 'tap';
import { sessionsProjection } from '../../src/projections/sessions/projection.js';
import { liveSession } from '../../src/projections/sessions/queries.js';
import { at, later, onAccount, passwordChanged, registered } from './account-events.js';
import { Projected, recorded, type Published } from './projected.js';

const opened = (sessionId: string, credentialsVersion = 0): Published => [
  `session-${sessionId}`,
  { type: 'SessionOpened', data: { sessionId, accountId: 'ada', credentialsVersion, expiresAt: later, openedAt: at } },
];
const ended = (sessionId: string, endedAt = later): Published => [
  `session-${sessionId}`,
  { type: 'SessionEnded', data: { sessionId, accountId: 'ada', reason: 'logout', endedAt } },
];
const projected = (...published: readonly Published[]) => new Projected(sessionsProjection, recorded(published));

t.test('a session that was opened is live, with the role of its account', async (t) => {
  const readModels = projected(registered('ada', { role: 'instructor' }), opened('one'));
  t.same(await liveSession(readModels, 'one', 'ada'), { role: 'instructor', studentType: null, organizationId: null });
});

t.test('the role is the one of now', async (t) => {
  const selected = onAccount('ada')({ type: 'AccountRoleSelected', data: { accountId: 'ada', role: 'seller', selectedAt: later } });
  t.same(await liveSession(projected(registered('ada', { role: null }), opened('one')), 'one', 'ada'), { role: null, studentType: null, organizationId: null });
  t.same(await liveSession(projected(registered('ada', { role: null }), opened('one'), selected), 'one', 'ada'), { role: 'seller', studentType: null, organizationId: null });
});

t.test('a role that asks for a second factor ends the sessions of before', async (t) => {
  const selected = onAccount('ada')({ type: 'AccountRoleSelected', data: { accountId: 'ada', role: 'admin', endsSessions: true, selectedAt: later } });
  t.equal(await liveSession(projected(registered('ada'), opened('one'), selected), 'one', 'ada'), null);
});

t.test('the session works within the organization that it was switched to last', async (t) => {
  const switched = (organizationId: string | null): Published => [
    'session-one',
    { type: 'SessionContextSwitched', data: { sessionId: 'one', accountId: 'ada', organizationId, switchedAt: later } },
  ];
  const readModels = projected(registered('ada'), opened('one'), opened('two'), switched('school'));
  t.match(await liveSession(readModels, 'one', 'ada'), { organizationId: 'school' });
  t.match(await liveSession(readModels, 'two', 'ada'), { organizationId: null });
  t.match(await liveSession(projected(registered('ada'), opened('one'), switched('school'), switched(null)), 'one', 'ada'), { organizationId: null });
  t.same(projected(switched('school')).contents(), {});
});

t.test('a session that ended is not live, and ended when it first did', async (t) => {
  const readModels = projected(registered('ada'), opened('one'), ended('one'), ended('one', at));
  t.equal(await liveSession(readModels, 'one', 'ada'), null);
  t.match(readModels.contents()['sessions/one'], { endedAt: later });
});

t.test('nobody has a session that was never opened, or that is of somebody else', async (t) => {
  const readModels = projected(registered('ada'), registered('bea'), opened('one'), ended('two'));
  t.equal(await liveSession(readModels, 'none', 'ada'), null);
  t.equal(await liveSession(readModels, 'two', 'ada'), null);
  t.equal(await liveSession(readModels, 'one', 'bea'), null);
  t.equal(await liveSession(readModels, 'one', 'nobody'), null);
});

t.test('another password ends the sessions before it, and not those after', async (t) => {
  for (const reason of ['changed', 'reset'] as const) {
    const readModels = projected(registered('ada'), opened('before'), passwordChanged('ada', reason), opened('after', 1));
    t.equal(await liveSession(readModels, 'before', 'ada'), null, reason);
    t.same(await liveSession(readModels, 'after', 'ada'), { role: 'student', studentType: null, organizationId: null }, reason);
  }
});

t.test('the session in which the password was changed goes on, until the next change', async (t) => {
  const changed = onAccount('ada')({
    type: 'AccountPasswordChanged',
    data: { accountId: 'ada', passwordHash: 'hash-2', reason: 'changed', sessionId: 'mine', changedAt: later },
  });
  const before = [registered('ada'), opened('mine'), opened('other'), changed] as const;
  const readModels = projected(...before);
  t.match(await liveSession(readModels, 'mine', 'ada'), { role: 'student' });
  t.equal(await liveSession(readModels, 'other', 'ada'), null);
  t.equal(await liveSession(projected(...before, passwordChanged('ada', 'reset')), 'mine', 'ada'), null);
});

t.test('a session that was opened with the old password while it changed is not live', async (t) => {
  const readModels = projected(registered('ada'), passwordChanged('ada', 'changed'), opened('late', 0));
  t.equal(await liveSession(readModels, 'late', 'ada'), null);
});

t.test('no session of a deleted account is live', async (t) => {
  const deleted = onAccount('ada')({ type: 'AccountDeleted', data: { accountId: 'ada', avatarFile: null, deletedAt: later } });
  t.equal(await liveSession(projected(registered('ada'), opened('one'), deleted), 'one', 'ada'), null);
  t.equal(await liveSession(projected(registered('ada'), deleted, opened('one')), 'one', 'ada'), null);
});

t.test('an upgraded hash ends no session', async (t) => {
  const readModels = projected(registered('ada'), opened('one'), passwordChanged('ada', 'hash-upgraded'));
  t.same(await liveSession(readModels, 'one', 'ada'), { role: 'student', studentType: null, organizationId: null });
});

t.test('nothing is made of what is not there', async (t) => {
  t.same(projected(passwordChanged('ada', 'changed'), ended('one')).contents(), {});
});

t.test('two-factor that is turned on in a session leaves that one open until the next change of credentials', async (t) => {
  const enabled = onAccount('ada')({ type: 'AccountTwoFactorEnabled', data: { accountId: 'ada', sessionId: 'mine', enabledAt: later } });
  const readModels = projected(registered('ada'), opened('mine'), opened('other'), enabled, opened('after', 1));
  t.same(await liveSession(readModels, 'mine', 'ada'), { role: 'student', studentType: null, organizationId: null });
  t.equal(await liveSession(readModels, 'other', 'ada'), null);
  t.same(await liveSession(readModels, 'after', 'ada'), { role: 'student', studentType: null, organizationId: null });
  const changed = projected(registered('ada'), opened('mine'), enabled, passwordChanged('ada', 'changed'));
  t.equal(await liveSession(changed, 'mine', 'ada'), null);
  const atSignUp = onAccount('ada')({ type: 'AccountTwoFactorEnabled', data: { accountId: 'ada', enabledAt: later } });
  t.same(await liveSession(projected(registered('ada'), opened('one'), atSignUp), 'one', 'ada'), { role: 'student', studentType: null, organizationId: null });
});
