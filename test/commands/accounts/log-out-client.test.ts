import t from 'tap';
import { logIn } from '../../../src/commands/accounts/log-in.js';
import { logOutClient } from '../../../src/commands/accounts/log-out-client.js';
import { refreshSession } from '../../../src/commands/accounts/refresh-session.js';
import { contextFor } from '../../fixtures/command-services.js';
import { countOf, dyingAfter, newWorld, restarted, signedUp, type World } from '../../fixtures/accounts.js';

const opened = async ({ services }: World, email = 'ada@example.com') => {
  const session = await logIn(services)({ email, password: 'analytical' }, contextFor());
  if (!session.ok) throw new Error(session.rejection);
  return session.value;
};
const refresh = ({ services }: World, refreshToken: string) => refreshSession(services)({ refreshToken }, contextFor());

t.test('both sessions of the client end, and no other', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const [mine, second, elsewhere] = [await opened(world), await opened(world), await opened(world)];
  t.match(await logOutClient(world.services)({ accountId, sessionId: mine.sessionId, refreshToken: second.refreshToken }, contextFor()), { ok: true, changed: true });
  for (const { refreshToken } of [mine, second]) t.match(await refresh(world, refreshToken), { rejection: 'session-ended' });
  t.match(await refresh(world, elsewhere.refreshToken), { ok: true });
});

t.test('a refresh token of somebody else, and one that is none, end nothing', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  await signedUp(world, { email: 'bea@example.com' });
  const others = await opened(world, 'bea@example.com');
  for (const refreshToken of [others.refreshToken, '', 'nonsense']) {
    const { sessionId } = await opened(world);
    t.match(await logOutClient(world.services)({ accountId, sessionId, refreshToken }, contextFor()), { ok: true });
  }
  t.equal(await countOf(world, 'SessionEnded'), 3);
  t.match(await refresh(world, others.refreshToken), { ok: true });
});

t.test('the refresh token of the same session ends it once; a repeat after a crash ends the other', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const [mine, second] = [await opened(world), await opened(world)];
  const context = contextFor();
  const both = { accountId, sessionId: mine.sessionId, refreshToken: second.refreshToken };
  await t.rejects(logOutClient(dyingAfter(1, world).services)(both, context), { name: 'Crash' });
  t.match(await logOutClient(restarted(world).services)(both, context), { ok: true });
  t.equal(await countOf(world, 'SessionEnded'), 2);
  const third = await opened(world);
  t.match(await logOutClient(world.services)({ accountId, sessionId: third.sessionId, refreshToken: third.refreshToken }, contextFor()), { ok: true });
  t.equal(await countOf(world, 'SessionEnded'), 3);
});
