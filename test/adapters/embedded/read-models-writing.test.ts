import t, { type Test } from 'tap';
import { CollectionWriter } from '../../../src/adapters/embedded/read-models/collection-writer.js';
import { Committer } from '../../../src/adapters/embedded/read-models/committer.js';
import { DocumentStore } from '../../../src/adapters/embedded/read-models/document-store.js';
import { openReadModelFolder } from '../../../src/adapters/embedded/read-models/environment.js';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { ownMovement } from '../../../src/adapters/embedded/read-models/movement.js';
import { Registry } from '../../../src/adapters/embedded/read-models/registry.js';
import type { Batch } from '../../../src/adapters/embedded/read-models/write-target.js';
import { GenerationConflict, type DocumentWrite, type GenerationCommit } from '../../../src/ports/read-model-store.js';
import type { CollectionDefinition, Document } from '../../../src/ports/read-models.js';
import { CacheShare } from '../../../src/primitives/cache-budget.js';

interface Course extends Document {
  readonly level?: string | readonly string[];
}

const courses: CollectionDefinition<Course> = { projection: 'catalogue', name: 'courses', indexes: [{ level: 1 }] };

const write = (id: string, level?: string | readonly string[]): DocumentWrite => {
  const document: Course = level === undefined ? { id } : { id, level };
  return { collection: courses.name, id, document, position: 1n };
};

const openCommitter = async (t: Test, around: (batch: Batch) => Batch) => {
  const environment = await openReadModelFolder(t.testdir(), () => undefined);
  t.teardown(() => environment.close());
  const registry = new Registry(environment.control, true);
  const documents = new DocumentStore(environment.documents, new CacheShare());
  const record = environment.root.transactionSync(() => registry.create('catalogue', 1, [courses], new Date(0)));
  const writer = new CollectionWriter(documents, environment.keys);
  const committer = new Committer(around((action) => environment.root.batch(action)), registry, documents, writer);
  const courseCalled = (id: string) => {
    const live = registry.existing(record).collections.get('courses');
    return live === undefined ? undefined : documents.read(live, id);
  };
  const moved = (commits: readonly GenerationCommit[]) => ownMovement(registry.checkpoints, commits);
  return { registry, documents, committer, courseCalled, moved, generation: () => registry.describe(record) };
};

t.test('what was handed over is read by id at once, and is on its way', async (t) => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const { committer, courseCalled, documents, generation, moved } = await openCommitter(t, (batch) => async (action) => {
    await opened;
    return batch(action);
  });
  // That a field holds arrays is something that its index has to learn.
  t.equal(committer.handOver(moved([{ generation: generation(), writes: [write('a', ['beginner', 'advanced'])], checkpoint: 5n }])), undefined);
  await committer.handOver(moved([{ generation: generation(), writes: [write('b')], checkpoint: 6n }]));
  t.same(courseCalled('b'), { id: 'b' });
  t.equal(documents.pending.size, 1);
  t.equal(generation().checkpoint, 6n);
  t.throws(() => committer.handOver(moved([{ generation: { ...generation(), checkpoint: 5n }, writes: [], checkpoint: 7n }])), GenerationConflict);
  await committer.handOver(moved([{ generation: generation(), writes: [{ ...write('b'), document: undefined }], checkpoint: 7n }]));
  t.equal(courseCalled('b'), undefined, 'removed, though not yet there');
  open();
  await committer.drained();
  t.equal(documents.pending.size, 0);
  t.equal(courseCalled('b'), undefined);
  t.equal(generation().checkpoint, 7n);
});

t.test('issue 9.0: a transaction between two hand-overs waits for the first, and the second for it; nobody else waits', async (t) => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const handedOver: number[] = [];
  const { committer, documents, generation, moved } = await openCommitter(t, (batch) => async (action) => {
    handedOver.push(documents.pending.size);
    await opened;
    return batch(action);
  });
  await committer.handOver(moved([{ generation: generation(), writes: [write('a')], checkpoint: 5n }]));
  const drained = committer.drained();
  const between = committer.between(() => ({ pending: documents.pending.size, handedOver: handedOver.length }));
  const failing = t.rejects(committer.between(() => { throw new Error('no room'); }), { message: 'no room' });
  await committer.handOver(moved([{ generation: generation(), writes: [write('b')], checkpoint: 6n }]));
  const settled = committer.settled();
  t.same(handedOver, [1]);
  open();
  t.same(await between, { pending: 1, handedOver: 1 }, 'the first is written, the second not yet on its way');
  await Promise.all([failing, drained, settled]);
  t.equal(documents.pending.size, 0);
  t.equal(generation().checkpoint, 6n);
});

t.test('what could not be written is forgotten, and the projector is told', async (t) => {
  const { committer, courseCalled, documents, generation, moved } = await openCommitter(t, () => () => Promise.reject(new Error('no space left')));
  await committer.handOver(moved([{ generation: generation(), writes: [write('b')], checkpoint: 6n }]));
  t.same(courseCalled('b'), { id: 'b' });
  await committer.drained();
  t.equal(courseCalled('b'), undefined);
  t.equal(generation().checkpoint, 0n);
  t.equal(documents.pending.size, 0);
  t.throws(() => committer.throwFailure(), { message: /could not be written/, cause: { message: 'no space left' } });
  t.doesNotThrow(() => committer.throwFailure(), 'once');
});

t.test('after a write that failed nothing of what was gathered is written past the stored checkpoints', async (t) => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const { committer, courseCalled, documents, generation, moved } = await openCommitter(t, (batch) => (action) => {
    // As lmdb does: taken at once, written later.
    const written = batch(action);
    return opened.then(() => written);
  });
  await committer.handOver(moved([{ generation: generation(), writes: [write('a')], checkpoint: 1n }]));
  const settled = committer.settled();
  await committer.handOver(moved([{ generation: generation(), writes: [write('b')], checkpoint: 2n }]));
  t.equal(generation().checkpoint, 2n);
  committer.giveUp();
  courseCalled('a');
  open();
  await settled;
  await committer.drained();
  t.equal(generation().checkpoint, 1n, 'what was under way is written');
  t.same(courseCalled('a'), { id: 'a' });
  t.equal(courseCalled('b'), undefined, 'what was gathered is not');
  t.equal(documents.pending.size, 0);
});

t.test('of a commit that can\'t be made whole nothing is handed over', async (t) => {
  const { committer, courseCalled, generation, moved } = await openCommitter(t, (batch) => batch);
  const unknown = { ...write('b'), collection: 'elsewhere' };
  const writes = [write('a'), unknown];
  t.throws(() => committer.handOver(moved([{ generation: generation(), writes, checkpoint: 6n }])), GenerationConflict);
  await committer.drained();
  t.equal(courseCalled('a'), undefined);
  t.equal(generation().checkpoint, 0n);
});

t.test('a query sees what was committed before it, index and documents in step', async (t) => {
  const store = await LmdbReadModels.open({ folder: t.testdir(), exclusive: true });
  t.teardown(() => store.close());
  let generation = await store.createGeneration('catalogue', 1, [courses], new Date(0));
  await store.activate(generation);
  for (let round = 1; round <= 300; round += 1) {
    const level = round % 2 === 0 ? 'even' : 'odd';
    const checkpoint = BigInt(round);
    const writes = ['a', 'b', 'c'].map((id) => write(id, level));
    await store.commit([{ generation, writes, checkpoint }]);
    generation = { ...generation, state: 'serving', checkpoint };
    const asked = [store.find(courses, { filter: { level } }), store.count(courses, { level: level === 'even' ? 'odd' : 'even' })] as const;
    const moved = writes.map(({ id }) => write(id, `${level} and on`));
    await store.commit([{ generation, writes: moved, checkpoint: checkpoint + 1_000n }]);
    await store.commit([{ generation: { ...generation, checkpoint: checkpoint + 1_000n }, writes, checkpoint }]);
    const [found, others] = await Promise.all(asked);
    if (others !== 0 || found.some((document) => document.level !== level)) t.fail(JSON.stringify({ round, found, others }));
  }
  t.equal((await store.find(courses, { filter: { level: 'even' } })).length, 3);
});
