import t from 'tap';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { importStudents, type ListedStudent } from '../../../src/commands/accounts/import-students.js';
import { contextFor } from '../../fixtures/command-services.js';
import { countOf, Crash, dyingAfter, eventsOf, newWorld, restarted, signedUp, worldOver, type World } from '../../fixtures/accounts.js';

const student = (line: number, nim = `24/00000${line}/PA/000001`, email = `student${line}@students.example`): ListedStudent => ({ line, name: `Student ${line}`, nim, email });
const imported = async ({ services }: World, students: readonly ListedStudent[], goesOn = async () => true) => {
  const outcome = await importStudents(services)({ students, goesOn }, contextFor());
  if (!outcome.ok) throw new Error('an import is never refused');
  return { imported: outcome.value.imported, failures: Object.fromEntries(outcome.value.failures) };
};

t.test('a repeat names each row as the first import did, and records nothing', async (t) => {
  const world = newWorld();
  await signedUp(world, { email: 'own@example.com', nim: '24/000001/PA/000001' });
  await signedUp(world, { email: 'student2@students.example' });
  const rows = [student(1), student(2), student(3)];
  const failures = { 1: 'nim-taken', 2: 'email-taken' };
  t.same(await imported(world, rows), { imported: 1, failures });
  const before = (await eventsOf(world)).length;
  t.same(await imported(world, rows), { imported: 0, failures: { ...failures, 3: 'email-taken' } });
  t.equal((await eventsOf(world)).length, before);
});

t.test('a row whose number was taken is imported once the number is free', async (t) => {
  const world = newWorld();
  const root = await signedUp(world, { email: 'root@example.com', role: 'admin', actorRole: 'admin' });
  const other = await signedUp(world, { email: 'own@example.com', nim: '24/000001/PA/000001' });
  t.same(await imported(world, [student(1)]), { imported: 0, failures: { 1: 'nim-taken' } });
  t.match(await deleteAccount(world.services)({ actor: { accountId: root, role: 'admin' }, accountId: other }, contextFor()), { ok: true });
  t.same(await imported(world, [student(1)]), { imported: 1, failures: {} });
});

t.test('a student whose account was deleted is imported again, also twice', async (t) => {
  const world = newWorld();
  const root = await signedUp(world, { email: 'root@example.com', role: 'admin', actorRole: 'admin' });
  for (const _time of [1, 2, 3]) {
    t.same(await imported(world, [student(1)]), { imported: 1, failures: {} });
    const accountId = (await eventsOf(world)).flatMap(({ type, data }) => (type === 'AccountRegistered' ? [data.accountId] : [])).at(-1) ?? '';
    t.match(await deleteAccount(world.services)({ actor: { accountId: root, role: 'admin' }, accountId }, contextFor()), { ok: true });
  }
});

t.test('an import that died is completed by a repeat, at once or after somebody else tried the address', async (t) => {
  for (const appends of [1, 2, 3, 4]) {
    const world = newWorld();
    await t.rejects(imported(dyingAfter(appends, world), [student(1)]), { name: 'Crash' });
    const after = await imported(restarted(world), [student(1)]);
    t.equal(await countOf(world, 'AccountRegistered'), 1, `after ${appends}`);
    t.equal(await countOf(world, 'IdentifierClaimed'), 2);
    t.equal(after.imported, appends < 3 ? 1 : 0);
  }
  const world = newWorld();
  await t.rejects(imported(dyingAfter(1, world), [student(1)]), { name: 'Crash' });
  world.clock.advance(60_000);
  // Takes the address from the row's hold, which has run out, and fails by the number.
  await signedUp(world, { email: 'two@example.com', nim: '24/000002/PA/000001' });
  await t.rejects(signedUp(restarted(world), { email: 'student1@students.example', nim: '24/000002/PA/000001' }), { message: 'nim-taken' });
  t.same(await imported(restarted(world), [student(1)]), { imported: 1, failures: {} });
});

t.test('a row that the store refuses ends the import, and nobody goes on in the background', async (t) => {
  const world = newWorld();
  let appends = 0;
  const { store } = world;
  const failingOnce = worldOver({
    shared: false,
    scale: store.scale,
    append: (...given) => ((appends += 1) === 20 ? Promise.reject(new Crash()) : store.append(...given)),
    readStream: (...given) => store.readStream(...given),
    readAll: (...given) => store.readAll(...given),
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    close: () => store.close(),
  });
  const rows = Array.from({ length: 90 }, (_, index) => student(index + 10, `24/0000${index + 10}/PA/000001`));
  await t.rejects(imported(failingOnce, rows), { name: 'Crash' });
  const before = appends;
  for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  t.equal(appends, before);
  await imported(restarted(world), rows);
  t.equal(await countOf(world, 'AccountRegistered'), rows.length, 'a repeat completes it');
});

t.test('whoever has gone leaves the rows so far', async (t) => {
  const world = newWorld();
  let left = 3;
  const { imported: count } = await imported(world, [1, 2, 3, 4, 5].map((line) => student(line)), async () => (left -= 1) >= 0);
  t.equal(count, 3);
  t.equal(await countOf(world, 'AccountRegistered'), 3);
});
