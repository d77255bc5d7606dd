import { setImmediate as nextTurn } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../../src/adapters/embedded/system-clock.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { EventStore, Position } from '../../../src/ports/event-store.js';
import type { ReadModelStore } from '../../../src/ports/read-model-store.js';
import type { ProjectionDefinition } from '../../../src/projections/kernel/projection.js';
import { Projector } from '../../../src/workers/projector/projector.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { MortalReadModels } from './mortal-read-models.js';
import { carts, perStream, shop } from './shop.js';
import { classContents, classes, courseDeleted, enroll, pupils, register, rename, seats, students } from './school.js';

const LONG = 60_000;

const open = async (t: Test): Promise<LmdbReadModels> => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), strict: true, exclusive: true });
  t.teardown(() => readModels.close());
  return readModels;
};

const start = async (t: Test, store: EventStore<DomainEvent>, readModels: ReadModelStore, ...projections: readonly ProjectionDefinition[]): Promise<Projector> => {
  const projector = new Projector({ store, readModels, projections, clock: systemClock });
  await projector.start();
  t.teardown(() => projector.stop());
  return projector;
};

const replayed = async (t: Test, store: EventStore<DomainEvent>, definition: ProjectionDefinition): Promise<string> => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), exclusive: true });
  const projector = new Projector({ store, readModels, projections: [definition], clock: systemClock, batchSize: 777 });
  await projector.start();
  t.ok(await projector.waitFor(await store.head(), LONG, [definition.name]));
  await projector.stop();
  const contents = await classContents(readModels);
  await readModels.close();
  return contents;
};

t.test('10,000 creations at once are numbered in log order without a gap, the same after a replay', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await open(t);
  const projector = await start(t, store, readModels, pupils);
  await Promise.all(Array.from({ length: 10_000 }, (_, n) => register(store, `s${(n * 7_919) % 10_000}`)));
  t.ok(await projector.waitFor(await store.head(), LONG, ['pupils']));
  const found = await readModels.find(students, { sort: { number: 1 } });
  t.same(found.map(({ number }) => number), Array.from({ length: 10_000 }, (_, n) => n + 1));
  const order: string[] = [];
  for await (const event of store.readAll()) if (event.type === 'AccountRegistered') order.push(event.data.accountId);
  t.same(found.map(({ id }) => id), order);
  t.equal(await replayed(t, store, pupils), await classContents(readModels));
});

t.test('a number is never used again, and comes back with its document', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await open(t);
  const projector = await start(t, store, readModels, pupils);
  for (const id of ['a', 'b']) await register(store, id);
  await rename(store, 'b', 'gone');
  await register(store, 'c');
  await projector.stop();
  const again = await start(t, store, readModels, pupils);
  await register(store, 'd');
  t.ok(await again.waitFor(await register(store, 'b'), LONG, ['pupils']));
  t.same((await readModels.find(students, { sort: { number: 1 } })).map(({ id, number }) => [id, number]), [['a', 1], ['b', 2], ['c', 3], ['d', 4]]);
});

t.test('an event that cannot be applied uses up no number', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await open(t);
  const fragile = {
    ...pupils,
    rules: pupils.rules.map((rule): typeof rule => ({
      ...rule,
      apply: (document, event, id, ...rest) => {
        if (id === 'bad') throw new Error('bad');
        return rule.apply(document, event, id, ...rest);
      },
    })),
  };
  for (const id of ['a', 'bad', 'c']) await register(store, id);
  const failing = await start(t, store, readModels, fragile);
  t.equal(await failing.waitFor(3n, LONG, ['pupils']), false);
  await failing.stop();
  const mended = await start(t, store, readModels, pupils);
  t.ok(await mended.waitFor(3n, LONG, ['pupils']));
  t.same((await readModels.find(students, { sort: { number: 1 } })).map(({ id, number }) => [id, number]), [['a', 1], ['bad', 2], ['c', 3]]);
});

t.test('a teacher with 20,000 students is renamed, a course with 20,000 enrollments deleted, while others are served', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await open(t);
  for (let n = 0; n < 20_000; n += 1) await enroll(store, `s${n}`, n < 10 ? 'other' : 'fugues', n % 2 === 0 ? 'bach' : 'clara');
  const projector = await start(t, store, readModels, classes, shop);
  t.ok(await projector.waitFor(await store.head(), LONG, ['classes', 'shop']));
  const renamed = await rename(store, 'bach', 'Johann');
  const deleted = await courseDeleted(store, 'fugues');
  let served = 0;
  let isDone = false;
  const done = projector.waitFor(deleted, LONG, ['classes']).then((passed) => {
    isDone = true;
    return passed;
  });
  while (!isDone) {
    const position: Position = await enroll(store, `late${served}`, 'other', 'bach');
    t.ok(await projector.waitFor(position, LONG, ['shop']), 'the other projection goes on');
    served += 1;
    await nextTurn();
  }
  t.ok(await done);
  t.ok(served > 0);
  t.ok(await projector.waitFor(renamed, 0, ['classes']));
  t.ok(await projector.waitFor(await store.head(), LONG, ['classes', 'shop']));
  t.equal(await readModels.count(seats, { courseId: 'fugues' }), 0);
  t.equal(await readModels.count(seats, { teacherId: 'bach', teacherName: 'Johann' }), 5);
  t.equal((await readModels.get(carts, 'late0'))?.courseIds.length, 1);
  t.equal(await replayed(t, store, classes), await classContents(readModels));
});

t.test('pitfall 20: killed at each write of a fan-out, before or after it, the copy equals one that was never disturbed', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  for (let n = 0; n < 700; n += 1) await enroll(store, `s${n}`, 'fugues', 'bach');
  await rename(store, 'bach', 'Johann');
  await courseDeleted(store, 'fugues');
  await enroll(store, 'last', 'other', 'bach');
  const head = await store.head();
  const expected = await replayed(t, store, classes);
  const readModels = await open(t);
  let halfDone = 0;
  for (let atWrite = 1; atWrite <= 18; atWrite += 1) {
    for (const afterwards of [false, true]) {
      for (const generation of await readModels.generations()) await readModels.drop(generation);
      await new Promise<void>((resolve) => {
        const mortal = new MortalReadModels(readModels, { atWrite, afterwards }, resolve);
        const doomed = new Projector({ store, readModels: mortal, projections: [classes, perStream], clock: systemClock, batchSize: 1_000 });
        void doomed.start();
        t.teardown(() => doomed.stop());
        void doomed.waitFor(head, LONG, ['classes', 'streams']).then(() => resolve());
      });
      halfDone += (await readModels.generations()).filter(({ fanOut }) => fanOut !== null).length;
      await readModels.lease('the kernel', new Date(Date.now() + 60_000), 0);
      await readModels.releaseLease('the kernel');
      const projector = await start(t, store, readModels, classes, perStream);
      t.ok(await projector.waitFor(head, LONG, ['classes', 'streams']));
      t.equal(await classContents(readModels), expected, `killed ${afterwards ? 'after' : 'at'} write ${atWrite}`);
      await projector.stop();
    }
  }
  t.ok(halfDone >= 6, `${halfDone} of them in the middle of a fan-out`);
});

t.test('a fan-out whose rule throws stops its projection alone', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await open(t);
  const broken: ProjectionDefinition = {
    ...classes,
    fanOuts: (classes.fanOuts ?? []).map((rule) => ({
      ...rule,
      value: () => {
        throw new Error('no such teacher');
      },
    })),
  };
  const projector = await start(t, store, readModels, broken, shop);
  await enroll(store, 's', 'fugues', 'bach');
  const position = await rename(store, 'bach', 'Johann');
  t.equal(await projector.waitFor(position, LONG, ['classes']), false);
  t.match(projector.unavailable(['classes']), [{ state: 'failed', reason: /AccountProfileChanged .*no such teacher/ }]);
  t.ok(await projector.waitFor(await enroll(store, 'r', 'fugues', 'bach'), LONG, ['shop']));
});

t.test('a definition whose fan-out could not be told from its other rules is refused', async (t) => {
  const [fanOut] = classes.fanOuts ?? [];
  if (fanOut === undefined) throw new Error('none');
  const services = { store: new MemoryEventStore<DomainEvent>(), readModels: await open(t), clock: systemClock };
  const twice = { ...classes, fanOuts: [fanOut, fanOut] };
  t.throws(() => new Projector({ ...services, projections: [twice] }), { message: /changes seats by a fan-out and by another rule/ });
  t.throws(() => new Projector({ ...services, projections: [{ ...classes, collections: [] }] }), { message: /no collection seats/ });
});
