import t from 'tap';
import { registerStudent } from '../../../src/commands/teaching/register-student.js';
import { belongsToTeacher } from '../../../src/commands/teaching/standing.js';
import { findAccountByEmail } from '../../../src/commands/accounts/identifiers/find-account.js';
import { registeredStudentsConsumer } from '../../../src/workers/registered-students/join-registered-students.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { ada, dyingAfter, eventsOf, newWorld, restarted, twoNodes, type World } from '../../fixtures/accounts.js';
import { contextFor } from '../../fixtures/command-services.js';

const teacherId = 'tess';
const input = { ...ada, username: 'ada', phone: { countryCode: '+49', number: '30100' }, surface: 'edupro', teacherId } as const;
/** Three identifiers held, the account, three claimed, the code, the join. */
const APPENDS = 9;

const typesOf = async (world: World) => (await eventsOf(world)).map(({ type }) => type);

/** What the worker does with the whole log. */
const work = async (world: World): Promise<void> => {
  const consumer = registeredStudentsConsumer(world.services);
  for (const event of await eventsOf(world)) await consumer.handle(event);
};

t.test('a registration takes as many appends as this test thinks', async (t) => {
  const world = newWorld();
  t.match(await registerStudent(world.services)(input, contextFor()), { ok: true });
  const types = await typesOf(world);
  t.same([types.length, types.at(-1)], [APPENDS, 'StudentJoined']);
  await work(world);
  t.same(await typesOf(world), types, 'the worker finds nothing to do');
});

t.test('wherever the process dies, the worker completes what has an account, and another may have what has none', async (t) => {
  for (let appends = 0; appends < APPENDS; appends += 1) {
    const world = newWorld();
    await t.rejects(registerStudent(dyingAfter(appends, world).services)(input, contextFor()), { name: 'Crash' });
    const after = restarted(world);
    for (const _ of ['once', 'again']) await work(after);
    world.clock.advance(3_600_000);
    const types = await typesOf(after);
    const hasAccount = types.includes('AccountRegistered');
    t.equal(hasAccount, appends > 3);
    t.equal(types.filter((type) => type === 'StudentJoined').length, hasAccount ? 1 : 0, `after ${appends}`);
    const again = await registerStudent(after.services)(input, contextFor());
    t.match(again, hasAccount ? { ok: false, rejection: 'email-taken' } : { ok: true }, `after ${appends}`);
    const found = await findAccountByEmail(after.services, input.email);
    t.equal(await belongsToTeacher(after.services, teacherId, found?.account.accountId ?? ''), true);
  }
});

t.test('an account that was deleted meanwhile joins nobody', async (t) => {
  const world = newWorld();
  await t.rejects(registerStudent(dyingAfter(APPENDS - 1, world).services)(input, contextFor()), { name: 'Crash' });
  const after = restarted(world);
  const accountId = (await findAccountByEmail(after.services, input.email))?.account.accountId ?? '';
  const command = { type: 'DeleteAccount', data: { accountId, at: world.clock.now().toISOString() } } as const;
  t.match(await after.services.handler.handle(aggregates.account, accountId, command, contextFor()), { ok: true });
  await work(after);
  t.notOk((await typesOf(after)).includes('StudentJoined'));
});

t.test('the same command completes it as well, and does nothing twice', async (t) => {
  for (let appends = 0; appends < APPENDS; appends += 1) {
    const world = newWorld();
    const context = contextFor();
    await t.rejects(registerStudent(dyingAfter(appends, world).services)(input, context), { name: 'Crash' });
    t.match(await registerStudent(restarted(world).services)(input, context), { ok: true }, `after ${appends}`);
    const types = await typesOf(world);
    t.same([types.length, new Set(types).size], [APPENDS, 5], `after ${appends}`);
  }
});

t.test('the worker and the registration at once join the student once', async (t) => {
  const [one, other] = twoNodes();
  const registered = registerStudent(one.services)(input, contextFor());
  for (let time = 0; time < 20; time += 1) await work(other);
  t.match(await registered, { ok: true });
  await work(other);
  t.equal((await typesOf(one)).filter((type) => type === 'StudentJoined').length, 1);
});
