import { randomUUID } from 'node:crypto';
import t from 'tap';
import { deleteCourse } from '../../../src/commands/courses/delete-course.js';
import { changeRecord } from '../../../src/commands/records/change-record.js';
import { createRecord } from '../../../src/commands/records/create-record.js';
import { deleteRecord } from '../../../src/commands/records/delete-record.js';
import type { CommandServices } from '../../../src/commands/services.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { RecordedEvent } from '../../../src/ports/event-store.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { ada, drawnUp, root } from '../../fixtures/courses.js';
import { book, courseNote, handout, madeUpResources, shelf } from '../../fixtures/made-up-resources.js';

/** Two processes over one log: each has its own state in memory, and only the log decides who was first. */
class SharedLog extends MemoryEventStore<DomainEvent> {
  override readonly shared = true;
}

const world = () => {
  const log = new SharedLog();
  const nodes = [servicesOver(log, { resources: madeUpResources }), servicesOver(log, { resources: madeUpResources })] as const;
  const events = async (): Promise<readonly RecordedEvent<DomainEvent>[]> => {
    const found: RecordedEvent<DomainEvent>[] = [];
    for await (const event of log.readAll()) found.push(event);
    return found;
  };
  return { log, nodes, events };
};

const atOnce = <Value>(count: number, nodes: readonly [CommandServices, CommandServices], act: (services: CommandServices, n: number) => Promise<Value>): Promise<readonly Value[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => act(n % 2 === 0 ? nodes[0] : nodes[1], n)));

const oak = { libraryId: 'alexandria', name: 'Oak', material: 'wood', builtBy: 'Demetrius' } as const;
const wonBy = <Answer extends { readonly ok: boolean }>(answers: readonly Answer[]): readonly Extract<Answer, { ok: true }>[] =>
  answers.filter((answer): answer is Extract<Answer, { ok: true }> => answer.ok);
const lostBy = <Answer extends { readonly ok: boolean }>(answers: readonly Answer[]): readonly Answer[] => answers.filter(({ ok }) => !ok);
const liveOf = (events: readonly RecordedEvent<DomainEvent>[], thing: string): readonly string[] => {
  const live = new Set<string>();
  for (const { type, data } of events) {
    if (!('recordId' in data)) continue;
    if (String(type) === `${thing}Created`) live.add(data.recordId);
    if (String(type) === `${thing}Deleted`) live.delete(data.recordId);
  }
  return [...live];
};

t.test('200 want one name at once: one has it, the others are told which field is taken', async (t) => {
  const { nodes, events } = world();
  const names = ['Oak', 'OAK', ' oak ', 'oaK'];
  const answers = await atOnce(200, nodes, (services, n) =>
    createRecord(shelf)(services)({ actor: ada, fields: { ...oak, name: names[n % names.length] ?? '' } }, contextFor()));
  t.equal(wonBy(answers).length, 1);
  for (const lost of lostBy(answers)) t.match(lost, { rejection: 'record-value-taken', details: { fields: ['name'] } });
  t.equal(liveOf(await events(), 'Shelf').length, 1);
});

t.test('200 want one of 20 places at once: 20 get one, the others are told the limit', async (t) => {
  const { nodes, events } = world();
  const answers = await atOnce(200, nodes, (services, n) =>
    createRecord(shelf)(services)({ actor: ada, fields: { ...oak, name: `Shelf ${n}` } }, contextFor()));
  t.equal(wonBy(answers).length, 20);
  for (const lost of lostBy(answers)) t.match(lost, { rejection: 'record-limit-reached', details: { most: 20 } });
  t.equal(liveOf(await events(), 'Shelf').length, 20);
});

t.test('200 rename to one name at once: one does', async (t) => {
  const { nodes } = world();
  const made = await Promise.all(Array.from({ length: 20 }, (_, n) => createRecord(shelf)(nodes[0])({ actor: ada, fields: { ...oak, name: `Shelf ${n}` } }, contextFor())));
  const ids = wonBy(made).map(({ value }) => value.recordId);
  const answers = await atOnce(200, nodes, (services, n) =>
    changeRecord(shelf)(services)({ actor: ada, recordId: ids[n % 20] ?? '', scope: 'alexandria', fields: { name: 'Ebony' } }, contextFor()));
  const { state } = await nodes[1].handler.load(shelf, 'alexandria');
  const named = [...state.records.entries()].filter(([, { fields }]) => fields['name'] === 'Ebony');
  t.equal(named.length, 1);
  t.equal(wonBy(answers).length, 10, 'the one that has it is answered alike each time');
  for (const lost of lostBy(answers)) t.match(lost, { rejection: 'record-value-taken', details: { fields: ['name'] } });
});

const fields = (shelfId: string, n: number) => ({ libraryId: 'alexandria', shelfId, title: `Scroll ${n}`, pages: null });

t.test('200 refer to a record while it is deleted: whoever is accepted stands in the log before its end', async (t) => {
  const { nodes, events } = world();
  const made = await createRecord(shelf)(nodes[0])({ actor: ada, fields: oak }, contextFor());
  const shelfId = made.ok ? made.value.recordId : '';
  let isEnding = false;
  let isEnded = false;
  let answered = 0;
  const create = async (services: CommandServices, n: number) => {
    // A turn later each, so that some are done before the deletion, some meet it on the way, and some begin after it.
    for (let turn = 0; turn < n; turn += 1) await Promise.resolve();
    const isLate = isEnded;
    const answer = await createRecord(book)(services)({ actor: ada, fields: fields(shelfId, n) }, contextFor());
    answered += 1;
    if (answered >= 40 && !isEnding) {
      isEnding = true;
      await deleteRecord(shelf)(nodes[1])({ actor: ada, recordId: shelfId, scope: 'alexandria' }, contextFor());
      isEnded = true;
    }
    return { isLate, answer };
  };
  const outcomes = await atOnce(200, nodes, create);
  const answers = outcomes.map(({ answer }) => answer);
  const log = await events();
  const end = log.find(({ type }) => String(type) === 'ShelfDeleted')?.position ?? 0n;
  const created = new Map(log.flatMap(({ type, data, position }) => (String(type) === 'BookCreated' && 'recordId' in data ? [[data.recordId, position] as const] : [])));
  const accepted = wonBy(answers).map(({ value }) => value.recordId);
  t.ok(accepted.length > 0 && accepted.length < 200, `${accepted.length} were in time`);
  for (const id of accepted) t.ok((created.get(id) ?? end) < end, 'an accepted record is older than the end of what it refers to');
  for (const lost of lostBy(answers)) t.match(lost, { rejection: 'record-reference-missing', details: { field: 'shelfId' } });
  t.ok(outcomes.some(({ isLate }) => isLate), 'some began after the deletion was acknowledged');
  t.ok(outcomes.every(({ isLate, answer }) => !isLate || !answer.ok), 'and none of them was accepted');
  t.same([...liveOf(log, 'Book')].sort(), [...accepted].sort(), 'nothing of the refused ones is left');
});

t.test('the same for a course that is deleted', async (t) => {
  const { nodes, events } = world();
  const courseId = await drawnUp(nodes[0]);
  const answers = await atOnce(200, nodes, async (services, n) => {
    if (n === 100) await deleteCourse(nodes[1])({ actor: ada, courseId }, contextFor());
    return createRecord(courseNote)(services)({ actor: ada, fields: { courseId, readerId: `reader ${n}`, stars: 5 } }, contextFor());
  });
  const log = await events();
  for (const lost of lostBy(answers)) t.match(lost, { rejection: 'record-reference-missing', details: { field: 'courseId' } });
  t.same([...liveOf(log, 'CourseNote')].sort(), wonBy(answers).map(({ value }) => value.recordId).sort());
});

t.test('a change to what ends meanwhile is taken back', async (t) => {
  const { nodes, log } = world();
  const shelves = await Promise.all(['Oak', 'Elm'].map((name) => createRecord(shelf)(nodes[0])({ actor: ada, fields: { ...oak, name } }, contextFor())));
  const [first = '', second = ''] = wonBy(shelves).map(({ value }) => value.recordId);
  const made = await createRecord(book)(nodes[0])({ actor: ada, fields: fields(first, 1) }, contextFor());
  const recordId = made.ok ? made.value.recordId : '';
  const append = log.append.bind(log);
  // The shelf goes in the moment in which the book is put on it.
  log.append = async (stream, ...given) => {
    if (stream.startsWith('book-')) {
      log.append = append;
      await deleteRecord(shelf)(nodes[1])({ actor: ada, recordId: second, scope: 'alexandria' }, contextFor());
    }
    return append(stream, ...given);
  };
  const changed = await changeRecord(book)(nodes[0])({ actor: ada, recordId, scope: null, fields: { shelfId: second, title: 'Moved' } }, contextFor());
  t.match(changed, { rejection: 'record-reference-missing', details: { field: 'shelfId' } });
  t.match((await nodes[1].handler.load(book, recordId)).state.records.get(recordId), { fields: fields(first, 1) });
});

t.test('a repeat is answered as the first time, also when what it refers to has ended since', async (t) => {
  const { nodes, events } = world();
  const courseId = await drawnUp(nodes[0]);
  const commandId = randomUUID();
  const create = () => createRecord(handout)(nodes[0])({ actor: root, fields: { courseId, title: 'Scales', links: [] } }, contextFor(commandId));
  const first = await create();
  await deleteCourse(nodes[1])({ actor: ada, courseId }, contextFor());
  t.same(await create(), first);
  t.equal(liveOf(await events(), 'Handout').length, 1, 'without a cascade the record stays');
});

t.test('a creation that died between record and second look is refused and cleared away when it is repeated', async (t) => {
  const { nodes, log, events } = world();
  const made = await createRecord(shelf)(nodes[0])({ actor: ada, fields: oak }, contextFor());
  const shelfId = made.ok ? made.value.recordId : '';
  const commandId = randomUUID();
  const read = log.readStream.bind(log);
  let isDead = false;
  log.readStream = (...given) => {
    if (isDead) throw new Error('killed');
    return read(...given);
  };
  const append = log.append.bind(log);
  log.append = async (stream, ...given) => {
    const appended = await append(stream, ...given);
    isDead = stream.startsWith('book-');
    return appended;
  };
  await t.rejects(createRecord(book)(nodes[0])({ actor: ada, fields: fields(shelfId, 1) }, contextFor(commandId)), /killed/);
  log.readStream = read;
  log.append = append;
  t.equal(liveOf(await events(), 'Book').length, 1);
  await deleteRecord(shelf)(nodes[1])({ actor: ada, recordId: shelfId, scope: 'alexandria' }, contextFor());
  t.match(await createRecord(book)(nodes[1])({ actor: ada, fields: fields(shelfId, 1) }, contextFor(commandId)), { rejection: 'record-reference-missing' });
  t.equal(liveOf(await events(), 'Book').length, 0);
});
