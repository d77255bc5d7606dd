import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import { aggregates } from '../../src/domain/aggregates.js';
import type { CurriculumCommand } from '../../src/domain/curriculum/decider.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { curriculaProjection } from '../../src/projections/curricula/projection.js';
import { lessonById, lessonsByIds, lessonsOf, moduleById, modulesByIds, modulesOf, outlineOf, outlinesOf } from '../../src/projections/curricula/queries.js';
import { Projector } from '../../src/workers/projector/projector.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import {
  addLesson,
  addModule,
  changeLesson,
  changeModule,
  lessonAdded,
  lessonChanged,
  lessonRemoved,
  lessonsReordered,
  moduleAdded,
  moduleChanged,
  moduleRemoved,
  modulesReordered,
  removeLesson,
  removeModule,
} from '../domain/curriculum-examples.js';
import { contextFor, handlerOver } from '../fixtures/command-services.js';
import { courseCreated } from './course-events.js';
import { Projected, recorded, type Published } from './projected.js';
import { fc } from '../fixtures/properties.js';

const published = (...events: readonly DomainEvent[]): readonly Published[] => [courseCreated('course'), ...events.map((event): Published => ['curriculum-course', event])];
const projected = (...events: readonly DomainEvent[]): Projected => new Projected(curriculaProjection, recorded(published(...events)));

const taught = [
  moduleAdded('m', { order: 2 }),
  moduleAdded('n', { order: 1, title: 'Fugue', price: '5.00' }),
  lessonAdded('m', 'x', { order: 2, duration: 30 }),
  lessonAdded('m', 'y', { order: 1, isFree: true }),
];

t.test('modules and lessons come by their order', async (t) => {
  const readModels = projected(...taught);
  t.same((await modulesOf(readModels, 'course')).map(({ id }) => id), ['n', 'm']);
  t.same((await lessonsOf(readModels, 'm')).map(({ id }) => id), ['y', 'x']);
  t.match(await moduleById(readModels, 'n'), { courseId: 'course', title: 'Fugue', price: '5.00', currency: 'USD', isPublished: true });
  t.match(await lessonById(readModels, 'y'), { courseId: 'course', moduleId: 'm', isFree: true, duration: 60 });
  t.match(await modulesByIds(readModels, ['n', 'no']), [{ id: 'n' }, undefined]);
  t.match(await lessonsByIds(readModels, ['no', 'x']), [undefined, { id: 'x' }]);
});

t.test('the outline of a course has all of it in one document', async (t) => {
  const readModels = projected(...taught);
  t.same(await outlineOf(readModels, 'course'), {
    id: 'course',
    teacherId: 'ada',
    modules: [
      { moduleId: 'n', title: 'Fugue', order: 1, isPublished: true, isFree: false, price: '5.00', lessons: [] },
      {
        moduleId: 'm',
        title: 'Counterpoint',
        order: 2,
        isPublished: true,
        isFree: false,
        price: '0.00',
        lessons: [
          { lessonId: 'y', order: 1, duration: 60, isPublished: true, isFree: true },
          { lessonId: 'x', order: 2, duration: 30, isPublished: true, isFree: false },
        ],
      },
    ],
  });
  t.same([...(await outlinesOf(readModels, ['course', 'other', 'course'])).keys()], ['course']);
});

t.test('changes show', async (t) => {
  const readModels = projected(
    ...taught,
    moduleChanged('m', { title: 'Canon', isFree: true }),
    modulesReordered('m', 'n'),
    lessonChanged('m', 'x', { duration: 45, previousDuration: 30, isPublished: false, videoFile: 'f' }),
    lessonsReordered('m', 'x', 'y'),
  );
  t.same((await modulesOf(readModels, 'course')).map(({ id, order, title }) => [id, order, title]), [['m', 1, 'Canon'], ['n', 2, 'Fugue']]);
  t.same((await lessonsOf(readModels, 'm')).map(({ id, order, duration, videoFile }) => [id, order, duration, videoFile]), [['x', 1, 45, 'f'], ['y', 2, 60, null]]);
  t.match(await outlineOf(readModels, 'course'), { modules: [{ moduleId: 'm', title: 'Canon', isFree: true, lessons: [{ lessonId: 'x', duration: 45, isPublished: false }, { lessonId: 'y' }] }, { moduleId: 'n' }] });
  t.notOk('previousDuration' in ((await lessonById(readModels, 'x')) ?? {}));
});

t.test('what is removed is gone, a module with its lessons', async (t) => {
  const without = projected(...taught, lessonRemoved('m', 'y'));
  t.same((await lessonsOf(without, 'm')).map(({ id }) => id), ['x']);
  t.match((await outlineOf(without, 'course'))?.modules[1]?.lessons.map(({ lessonId }) => lessonId), ['x']);
  const readModels = projected(...taught, moduleRemoved('m', ['x', 'y'], 90));
  t.same([await moduleById(readModels, 'm'), await lessonById(readModels, 'x'), await lessonById(readModels, 'y')], [undefined, undefined, undefined]);
  t.same((await outlineOf(readModels, 'course'))?.modules.map(({ moduleId }) => moduleId), ['n']);
});

const moduleIds = fc.constantFrom('a', 'b', 'c');
const lessonIds = fc.constantFrom('v', 'w', 'x', 'y', 'z');
const order = fc.integer({ min: 1, max: 6 });
const commands = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.tuple(moduleIds, order).map(([id, at]): CurriculumCommand => addModule(id, { order: at })) },
    { weight: 3, arbitrary: fc.tuple(moduleIds, order, fc.boolean(), fc.boolean()).map(([id, at, move, isPublished]) => changeModule(id, { order: at, isPublished }, move)) },
    { weight: 1, arbitrary: moduleIds.map(removeModule) },
    { weight: 6, arbitrary: fc.tuple(moduleIds, lessonIds, order).map(([moduleId, id, at]) => addLesson(moduleId, id, { order: at })) },
    { weight: 6, arbitrary: fc.tuple(lessonIds, order, fc.boolean(), fc.integer({ min: 1, max: 99 })).map(([id, at, move, duration]) => changeLesson(id, { order: at, duration }, move)) },
    { weight: 1, arbitrary: lessonIds.map(removeLesson) },
  ),
  { minLength: 250, maxLength: 250 },
);

const documentsIn = async (readModels: LmdbReadModels): Promise<readonly string[]> =>
  (await Promise.all(curriculaProjection.collections.map((collection) => readModels.find(collection, {})))).flat().map((document) => JSON.stringify(document)).toSorted();

t.test('a replay gives the same documents, and they say what the stream says', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'registrar-curricula-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const store = new MemoryEventStore<DomainEvent>();
  const handler = handlerOver(store);
  const projectorInto = async (name: string) => {
    const readModels = await LmdbReadModels.open({ folder: join(folder, name), strict: false });
    const projector = new Projector({ store, readModels, projections: [curriculaProjection], clock: systemClock });
    await projector.start();
    t.teardown(async () => {
      await projector.stop();
      await readModels.close();
    });
    return { readModels, shown: async () => projector.waitFor(await store.head(), 10_000, ['curricula']) };
  };
  const followed = await projectorInto('followed');
  const course = { actor: { accountId: 'ada', isAdmin: false }, courseId: 'course', instructorId: 'ada', title: 'Fugues', description: '', thumbnailUrl: null, level: 'advanced', category: '', tags: [], price: '0', currency: 'USD', organizationId: null, organizationPrivate: false, capacity: null, published: false, at: '2026-03-01T12:00:00.000Z' } as const;
  await handler.handle(aggregates.course, 'course', { type: 'CreateCourse', data: course }, contextFor());
  let changes = 0;
  for (const command of fc.sample(commands, { numRuns: 1, seed: 20_260_301 }).flat()) {
    const handled = await handler.handle(aggregates.curriculum, 'course', command, contextFor());
    if (!handled.ok || !handled.changed) continue;
    changes += 1;
    if (changes % 3 === 0) await followed.shown();
  }
  t.ok(changes > 50, `${changes} changes`);
  await followed.shown();
  const replayed = await projectorInto('replayed');
  await replayed.shown();
  const documents = await documentsIn(followed.readModels);
  t.same(await documentsIn(replayed.readModels), documents);

  const { modules, lessons } = (await handler.load(aggregates.curriculum, 'course')).state;
  t.ok(modules.size > 0 && lessons.size > 0);
  t.equal(documents.length, modules.size + lessons.size + 1);
  const shown = await outlineOf(followed.readModels, 'course');
  t.same(
    shown?.modules.map(({ moduleId, order: at, lessons: inIt }) => [moduleId, at, inIt.map(({ lessonId, duration }) => [lessonId, duration])]),
    [...modules]
      .toSorted(([, one], [, other]) => one.order - other.order)
      .map(([moduleId, { order: at, lessonIds: ids }]) => [
        moduleId,
        at,
        ids.toSorted((one, other) => (lessons.get(one)?.order ?? 0) - (lessons.get(other)?.order ?? 0)).map((id) => [id, lessons.get(id)?.duration]),
      ]),
  );
  t.same((await modulesOf(followed.readModels, 'course')).map(({ id }) => id), shown?.modules.map(({ moduleId }) => moduleId));
  for (const { moduleId, lessons: inIt } of shown?.modules ?? []) t.same((await lessonsOf(followed.readModels, moduleId)).map(({ id }) => id), inIt.map(({ lessonId }) => lessonId));
});
