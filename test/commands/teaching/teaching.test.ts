import t from 'tap';
import { changeNotes } from '../../../src/commands/teaching/change-notes.js';
import { joinTeacher } from '../../../src/commands/teaching/join-teacher.js';
import { removeStudent } from '../../../src/commands/teaching/remove-student.js';
import { belongsToTeacher, isShutOut, loadTeaching } from '../../../src/commands/teaching/standing.js';
import { toggleBlock } from '../../../src/commands/teaching/toggle-block.js';
import { contextFor } from '../../fixtures/command-services.js';
import { twoNodes } from '../../fixtures/accounts.js';

const pair = { teacherId: 'tess', studentId: 'sam' };
const nobody = { ok: false, rejection: 'not-a-student-of-teacher' };

const start = async (joined = true) => {
  const [one, other] = twoNodes();
  if (joined) await joinTeacher(one.services)(pair, contextFor());
  const nodes = (n: number) => (n % 2 === 0 ? one : other).services;
  const typesOf = async (): Promise<string[]> => {
    const types: string[] = [];
    for await (const { type } of one.store.readAll()) types.push(type);
    return types;
  };
  return { services: one.services, nodes, typesOf };
};

t.test('of 200 who join at once the student joins once', async (t) => {
  const { nodes, typesOf } = await start(false);
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => joinTeacher(nodes(n))(pair, contextFor())));
  t.equal(answers.filter((answer) => answer.ok && answer.value.joined).length, 1);
  t.ok(answers.every(({ ok }) => ok));
  t.same(await typesOf(), ['StudentJoined']);
});

t.test('a repeated join says again that the student joined', async (t) => {
  const { services } = await start(false);
  const context = contextFor();
  for (let time = 0; time < 2; time += 1) t.match(await joinTeacher(services)(pair, context), { ok: true, value: { joined: true } });
  t.match(await joinTeacher(services)(pair, contextFor()), { ok: true, value: { joined: false } });
});

t.test('toggles at once take effect in order: each other one blocks', async (t) => {
  const { nodes, typesOf, services } = await start();
  const answers = await Promise.all(Array.from({ length: 21 }, (_, n) => toggleBlock(nodes(n))(pair, contextFor())));
  const blocking = answers.filter((answer) => answer.ok && answer.value.blocked).length;
  t.same([blocking, answers.length - blocking], [11, 10]);
  t.same(await typesOf(), ['StudentJoined', ...Array.from({ length: 21 }, (_, n) => (n % 2 === 0 ? 'StudentBlocked' : 'StudentUnblocked'))]);
  t.ok(isShutOut(await loadTeaching(services, 'tess', 'sam')));
});

t.test('a toggle that is repeated toggles once', async (t) => {
  const { services, typesOf } = await start();
  const context = contextFor();
  for (let time = 0; time < 2; time += 1) t.match(await toggleBlock(services)(pair, context), { ok: true, value: { blocked: true } });
  t.same(await typesOf(), ['StudentJoined', 'StudentBlocked']);
});

t.test('joining does not undo a block, but removal and joining again does', async (t) => {
  const { services } = await start();
  await toggleBlock(services)(pair, contextFor());
  t.match(await joinTeacher(services)(pair, contextFor()), { ok: true, value: { joined: false } });
  t.notOk(await belongsToTeacher(services, 'tess', 'sam'));
  await removeStudent(services)(pair, contextFor());
  t.ok(isShutOut(await loadTeaching(services, 'tess', 'sam')));
  t.match(await joinTeacher(services)(pair, contextFor()), { ok: true, value: { joined: true } });
  t.ok(await belongsToTeacher(services, 'tess', 'sam'));
});

t.test('of 20 removals at once one removes, and the others find no student', async (t) => {
  const { nodes } = await start();
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => removeStudent(nodes(n))(pair, contextFor())));
  t.equal(answers.filter(({ ok }) => ok).length, 1);
  t.match(answers.find(({ ok }) => !ok), nobody);
});

t.test('who never joined is no student', async (t) => {
  const { services } = await start(false);
  t.match(await toggleBlock(services)(pair, contextFor()), nobody);
  t.match(await removeStudent(services)(pair, contextFor()), nobody);
  t.match(await changeNotes(services)({ ...pair, notes: 'x' }, contextFor()), nobody);
  t.notOk(isShutOut(await loadTeaching(services, 'tess', 'sam')), 'but not shut out either');
});

t.test('notes are kept', async (t) => {
  const { services } = await start();
  t.match(await changeNotes(services)({ ...pair, notes: 'Late' }, contextFor()), { ok: true, changed: true });
  t.equal((await loadTeaching(services, 'tess', 'sam')).notes, 'Late');
});
