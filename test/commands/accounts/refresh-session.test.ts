import t from 'tap';
import { changePassword } from '../../../src/commands/accounts/change-password.js';
import { logIn } from '../../../src/commands/accounts/log-in.js';
import { logOut } from '../../../src/commands/accounts/log-out.js';
import { refreshSession } from '../../../src/commands/accounts/refresh-session.js';
import { contextFor } from '../../fixtures/command-services.js';
import { countOf, eventsOf, newWorld, restarted, signedUp, twenty, twoNodes, type World } from '../../fixtures/accounts.js';

const loggedIn = async (world: World): Promise<string> => {
  const outcome = await logIn(world.services)({ email: 'ada@example.com', password: 'analytical' }, contextFor());
  if (!outcome.ok) throw new Error(outcome.rejection);
  return outcome.value.refreshToken;
};
const refresh = ({ services }: World, refreshToken: string, context = contextFor()) => refreshSession(services)({ refreshToken }, context);
const successorOf = async (world: World, refreshToken: string): Promise<string> => {
  const outcome = await refresh(world, refreshToken);
  if (!outcome.ok) throw new Error(outcome.rejection);
  return outcome.value.refreshToken;
};

t.test('a refresh token is exchanged for the next one, again and again', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const first = await loggedIn(world);
  const outcome = await refresh(world, first);
  t.match(outcome, { ok: true, value: { accountId, role: 'student', refreshToken: /\.1\./ } });
  world.clock.advance(29 * 86_400_000);
  const third = await successorOf(world, outcome.ok ? outcome.value.refreshToken : '');
  world.clock.advance(29 * 86_400_000);
  t.match(await refresh(world, third), { ok: true }, 'thirty days count from the last one');
});

t.test('pitfall 25: twenty refreshes at once with one token rotate once and all get the same successor', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const token = await loggedIn(world);
  const outcomes = await twenty(() => refresh(world, token));
  const successors = new Set(outcomes.map((outcome) => (outcome.ok ? outcome.value.refreshToken : outcome.rejection)));
  t.equal(successors.size, 1);
  t.equal(await countOf(world, 'SessionRefreshed'), 1);
  t.equal(await countOf(world, 'SessionEnded'), 0);
  t.match(await refresh(world, [...successors].join('')), { ok: true }, 'nobody is logged out');
});

t.test('pitfall 25: the same on two nodes', async (t) => {
  const [one, other] = twoNodes();
  await signedUp(one);
  const token = await loggedIn(one);
  const outcomes = await twenty((index) => refresh(index % 2 === 0 ? one : other, token));
  t.equal(new Set(outcomes.map((outcome) => (outcome.ok ? outcome.value.refreshToken : outcome.rejection))).size, 1);
  t.equal(await countOf(one, 'SessionRefreshed'), 1);
});

t.test('a token that was exchanged more than ten seconds ago ends the whole family', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const stolen = await loggedIn(world);
  const current = await successorOf(world, stolen);
  world.clock.advance(10_000);
  t.match(await refresh(world, stolen), { rejection: 'refresh-token-reused' });
  t.match(await refresh(world, current), { rejection: 'refresh-token-reused' }, 'for whoever has it');
  t.match((await eventsOf(world)).at(-1), { type: 'SessionEnded', data: { reason: 'refresh-token-reused' } });
});

t.test('a repeat of the same refresh is answered alike, long after', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const token = await loggedIn(world);
  const context = contextFor();
  const first = await refresh(world, token, context);
  world.clock.advance(3_600_000);
  t.same(await refresh(restarted(world), token, context), first);
  await successorOf(world, first.ok ? first.value.refreshToken : '');
  t.match(await refresh(world, token, context), { rejection: 'refresh-token-reused' }, 'until its successor was exchanged');
});

t.test('what is no token of ours is refused', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const token = await loggedIn(world);
  const [sessionId = '', , signature = ''] = token.split('.');
  const forged = ['', 'x', `${sessionId}.1.${signature}`, `${sessionId}.00.${signature}`, token.slice(0, -1), `${token}x`];
  for (const text of forged) t.match(await refresh(world, text), { rejection: 'refresh-token-invalid' }, text);
});

t.test('a session that nobody refreshed for thirty days is over', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const token = await loggedIn(world);
  world.clock.advance(30 * 86_400_000);
  t.match(await refresh(world, token), { rejection: 'session-expired' });
});

t.test('another password ends the sessions before it, and not those after', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const token = await loggedIn(world);
  await changePassword(world.services)({ accountId, currentPassword: 'analytical', newPassword: 'difference' }, contextFor());
  t.match(await refresh(world, token), { rejection: 'session-ended' });
  t.match(await refresh(world, token), { rejection: 'session-ended' });
  t.match((await eventsOf(world)).at(-1), { type: 'SessionEnded', data: { reason: 'password-changed' } });
  const anew = await logIn(world.services)({ email: 'ada@example.com', password: 'difference' }, contextFor());
  t.match(await refresh(world, anew.ok ? anew.value.refreshToken : ''), { ok: true });
});

t.test('logging out ends the session, by its id or by any of its tokens', async (t) => {
  const world = newWorld();
  await signedUp(world);
  const byId = await loggedIn(world);
  const byToken = await loggedIn(world);
  t.match(await logOut(world.services)({ sessionId: byId.split('.')[0] ?? '' }, contextFor()), { ok: true });
  const newer = await successorOf(world, byToken);
  t.match(await logOut(world.services)({ refreshToken: byToken }, contextFor()), { ok: true });
  for (const token of [byId, byToken, newer]) t.match(await refresh(world, token), { rejection: 'session-ended' });
});

t.test('logging out without a session is being logged out', async (t) => {
  const world = newWorld();
  t.match(await logOut(world.services)({ refreshToken: 'none of ours' }, contextFor()), { ok: true });
  t.match(await logOut(world.services)({ sessionId: 'none' }, contextFor()), { ok: true });
  t.same(await eventsOf(world), []);
});
