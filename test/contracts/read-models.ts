import { isDeepStrictEqual } from 'node:util';
import t, { type Test } from 'tap';
import { GenerationConflict, type Generation, type ReadModelStore } from '../../src/ports/read-model-store.js';
import type { CollectionDefinition, Document, Filter, Query } from '../../src/ports/read-models.js';
import { chunksOf, findSlice, type FoundSlice, type Place } from '../../src/projections/kernel/slice.js';
import { answer } from './naive-query.js';
import { fc } from '../fixtures/properties.js';

interface Course extends Document {
  readonly title?: string;
  readonly level?: string | number | boolean | null;
  readonly tags?: readonly (string | number)[] | string;
  readonly price?: number;
  readonly owner?: { readonly name?: string; readonly since?: number };
  readonly items?: readonly { readonly courseId: string }[];
}

export const courses: CollectionDefinition<Course> = {
  projection: 'catalogue',
  name: 'courses',
  indexes: [
    { level: 1 },
    { level: 1, price: -1 },
    { 'owner.name': -1, price: 1 },
    { tags: 1, price: -1 },
    { price: -1, title: 1 },
    { 'items.courseId': 1 },
    { $text: 1, price: -1 },
  ],
  text: ['title', 'tags'],
};

const others: CollectionDefinition<Document & { readonly n: number }> = { projection: 'others', name: 'others', indexes: [] };

const third: CollectionDefinition = { projection: 'third', name: 'third', indexes: [] };

const CREATED_AT = '2026-03-01T12:00:00.000Z';

/** A generation that is written to step by step, as the projector does. */
export class Writer {
  #generation: Generation;
  readonly #store: ReadModelStore;

  private constructor(store: ReadModelStore, generation: Generation) {
    this.#store = store;
    this.#generation = generation;
  }

  static async create(store: ReadModelStore, definition: CollectionDefinition = courses, version = 1): Promise<Writer> {
    return new Writer(store, await store.createGeneration(definition.projection, version, [definition], new Date(CREATED_AT)));
  }

  get generation(): Generation {
    return this.#generation;
  }

  async write(collection: string, documents: readonly Course[], deleted: readonly string[] = []): Promise<void> {
    const checkpoint = this.#generation.checkpoint + 1n;
    const writes = [
      ...documents.map((document) => ({ collection, id: document.id, document, position: checkpoint })),
      ...deleted.map((id) => ({ collection, id, document: undefined, position: checkpoint })),
    ];
    await this.#store.commit([{ generation: this.#generation, writes, checkpoint }]);
    this.#generation = { ...this.#generation, checkpoint };
  }
}

const serving = async (store: ReadModelStore, documents: readonly Course[]): Promise<Writer> => {
  const writer = await Writer.create(store);
  await writer.write('courses', documents);
  await store.activate(writer.generation);
  return writer;
};

const ids = (documents: readonly Document[]): readonly string[] => documents.map(({ id }) => id);

const numbered = (count: number): readonly Course[] =>
  Array.from({ length: count }, (_, n) => ({ id: `c${String(n).padStart(6, '0')}`, level: n % 2 === 0 ? 'even' : 'odd', price: n % 100, title: `Course ${n}` }));

const word = fc.constantFrom('a', 'B', 'é', 'zz', '\u{1F600}', '\uFF5E', '');
const typed = fc.oneof(word, fc.constantFrom('Straße', 'strasse', '簿記入門', '簿', '入門', 'ｶﾞｽabc', 'かガ', 'ไทย', 'ΟΔΟΣ', 'Łódź'));
const scalar = fc.oneof(word, fc.integer({ min: -2, max: 3 }), fc.constantFrom(0.5, -0.5, 1e300), fc.boolean(), fc.constant(null));
const course: fc.Arbitrary<Course> = fc.record(
  {
    id: fc.constantFrom('1', '2', '3', '4', '5', '10', 'x', 'x.y', 'é', '\uFF5E', '\u{1F600}', '7', '8', '9'),
    title: fc.array(typed, { maxLength: 3 }).map((parts) => parts.join(' ')),
    level: scalar,
    tags: fc.oneof(fc.array(fc.oneof(word, fc.integer({ min: 0, max: 2 })), { maxLength: 3 }), word),
    price: fc.integer({ min: 0, max: 3 }),
    owner: fc.record({ name: word, since: fc.integer({ min: 0, max: 1 }) }, { requiredKeys: [], noNullPrototype: true }),
  },
  { requiredKeys: ['id'], noNullPrototype: true },
);

const field = fc.constantFrom('level', 'tags', 'price', 'owner.name', 'owner.since', 'title', 'id');
const condition = fc.oneof(
  scalar,
  fc.record(
    {
      $eq: scalar, $ne: scalar, $gt: scalar, $gte: scalar, $lt: scalar, $lte: scalar,
      $in: fc.array(scalar, { maxLength: 3 }), $nin: fc.array(scalar, { maxLength: 2 }), $exists: fc.boolean(),
    },
    { requiredKeys: [], noNullPrototype: true },
  ).chain((all) => {
    const entries = Object.entries(all);
    return fc.subarray(entries, { maxLength: Math.min(2, entries.length) }).map((chosen) => Object.fromEntries(chosen));
  }),
);
const comparisons: fc.Arbitrary<Filter> = fc.dictionary(field, condition, { maxKeys: 3, noNullPrototype: true });
const filter: fc.Arbitrary<Filter> = fc.oneof(
  comparisons,
  fc.record({ $or: fc.array(comparisons, { minLength: 1, maxLength: 3 }) }),
  fc.tuple(comparisons, fc.array(comparisons, { minLength: 1, maxLength: 2 })).map(([own, $or]) => ({ ...own, $or })),
  fc.array(comparisons, { minLength: 1, maxLength: 3 }).map(($and) => ({ $and })),
  fc.tuple(comparisons, typed).map(([own, $search]) => ({ ...own, $text: { $search } })),
);
const direction = fc.constantFrom(1 as const, -1 as const);
const query: fc.Arbitrary<Query> = fc.record(
  {
    filter,
    sort: fc.dictionary(field, direction, { maxKeys: 2, noNullPrototype: true }),
    skip: fc.integer({ min: 0, max: 4 }),
    limit: fc.integer({ min: 1, max: 5 }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

export const readModelsContract = (name: string, open: (t: Test) => Promise<ReadModelStore>): void => {
  t.test(`${name} keeps the ReadModels' contract`, async (t: Test) => {
    await t.test('what is written is got; what is not there is undefined', async (t) => {
      const store = await open(t);
      const first = { id: 'a', title: 'Grüße', tags: ['x', 'y'], price: 1.5, owner: { name: 'Ann' }, level: null };
      await serving(store, [first, { id: 'b' }]);
      t.strictSame(await store.get(courses, 'a'), first);
      t.equal(await store.get(courses, 'c'), undefined);
      t.strictSame(await store.getMany(courses, ['b', 'c', 'a']), [{ id: 'b' }, undefined, first]);
      t.equal(await store.get(others, 'a'), undefined, 'a projection that nobody built holds nothing');
      t.strictSame(await store.find(others, {}), []);
      t.equal(await store.count(others), 0);
    });

    await t.test('issue 9.33: a search finds what people mean, in every script', async (t) => {
      const store = await open(t);
      const titles = ['簿記入門講座', 'Die Straße nach Łódź', 'Python ３.12 入門', 'ガス料金のしくみ', 'กรุงเทพมหานคร', 'हिन्दी की किताब', '회계 입문', 'ΟΔΟΣ'];
      await serving(store, titles.map((title, place) => ({ id: String(place), title })));
      const places = async ($search: string) => ids(await store.find(courses, { filter: { $text: { $search } } })).map(Number);
      const wanted: readonly (readonly [string, readonly number[]])[] = [
        ['簿記', [0]],
        ['入門', [0, 2]],
        ['簿', [0]],
        ['簿門', []],
        ['講座 簿記', [0]],
        ['Strasse', [1]],
        ['STRASSE', [1]],
        ['straße lodz', [1]],
        ['Str', []],
        ['ｐｙｔｈｏｎ', [2]],
        ['3', [2]],
        ['ｶﾞｽ', [3]],
        ['カス', []],
        ['กรุงเทพ', [4]],
        ['किताब', [5]],
        ['कताब', []],
        ['회계', [6]],
        ['οδος', [7]],
        ['・', []],
      ];
      for (const [search, found] of wanted) t.same(await places(search), found, search);
    });

    await t.test('an update moves a document in every index, a delete takes it out', async (t) => {
      const store = await open(t);
      const writer = await serving(store, [{ id: 'a', level: 'x', price: 1, tags: ['p', 'q'], title: 'old words' }]);
      await writer.write('courses', [{ id: 'a', level: 'y', price: 2, tags: ['q', 'r'], title: 'new words' }]);
      t.equal(await store.count(courses, { level: 'x' }), 0);
      t.equal(await store.count(courses, { tags: 'p' }), 0);
      t.equal(await store.count(courses, { $text: { $search: 'old' } }), 0);
      t.same(ids(await store.find(courses, { filter: { tags: 'r', price: { $gt: 1 } } })), ['a']);
      t.same(ids(await store.find(courses, { filter: { $text: { $search: 'NEW wörds' } } })), ['a']);
      await writer.write('courses', [], ['a', 'never there']);
      t.equal(await store.count(courses), 0);
      t.equal(await store.count(courses, { level: 'y' }), 0);
      t.equal(await store.get(courses, 'a'), undefined);
    });

    await t.test('a page deep in 10,000 rows', async (t) => {
      const store = await open(t);
      const all = numbered(10_000);
      await serving(store, all);
      const deep: Query = { filter: { level: 'odd' }, sort: { price: -1 }, skip: 4_980, limit: 20 };
      t.strictSame(await store.find(courses, deep), answer(all, deep, []));
      const backwards: Query = { filter: { level: 'odd' }, sort: { price: 1 }, skip: 2_490, limit: 20 };
      t.strictSame(await store.find(courses, backwards), answer(all, backwards, []));
      const merged: Query = { filter: { level: { $in: ['odd', 'even'] } }, sort: { price: -1 }, skip: 9_970, limit: 50 };
      t.strictSame(await store.find(courses, merged), answer(all, merged, []));
      t.equal(await store.count(courses, { level: 'odd', price: { $gte: 50 } }), 2_500);
      t.equal(await store.count(courses), 10_000);
    });

    await t.test('place after place, a walk through any list gives all of it, once, in its order', async (t) => {
      const sorted = fc.constantFrom('price', 'title', 'owner.name', 'owner.since');
      const sort = fc.dictionary(sorted, direction, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
      const all = fc.uniqueArray(course, { selector: ({ id }) => id });
      const store = await open(t);
      const writer = await serving(store, []);
      let known: readonly string[] = [];
      await fc.assert(
        fc.asyncProperty(all, sort, fc.integer({ min: 1, max: 4 }), async (documents, sort, limit) => {
          await writer.write('courses', documents, known.filter((id) => !ids(documents).includes(id)));
          known = ids(documents);
          for (const filter of [{}, { price: { $in: [0, 2, 3] } }, { price: { $gte: 0 }, title: { $ne: 'a' } }]) {
            const walked: Document[] = [];
            let place: Place | null = null;
            do {
              const { found, total, next }: FoundSlice<Course> = await findSlice(store, courses, { filter, sort }, { skip: 0, limit, ...(place === null ? {} : { after: place }) });
              t.equal(total, answer(documents, { filter }, []).length);
              walked.push(...found);
              place = next;
            } while (place !== null && walked.length <= documents.length);
            t.strictSame(walked, answer(documents, { filter, sort }, []));
          }
        }),
        { numRuns: 25 },
      );
    });

    await t.test('chunks are the whole list, and others have a turn between them', async (t) => {
      const store = await open(t);
      await serving(store, Array.from({ length: 10 }, (_, n) => ({ id: `c${n}`, level: n % 3, price: n })));
      const list = { filter: {}, sort: { level: 1 } } as const;
      const walked: Document[] = [];
      let turns = 0;
      let isOver = false;
      const turn = (): void => {
        turns += 1;
        if (!isOver) setImmediate(turn);
      };
      setImmediate(turn);
      for await (const chunk of chunksOf(store, courses, list, { size: 3 })) walked.push(...chunk);
      isOver = true;
      t.same(walked, await store.find(courses, list));
      t.ok(turns >= 3, `${turns} turns`);
    });

    await t.test('a path through an array of objects reaches each of them', async (t) => {
      const store = await open(t);
      await serving(store, [
        { id: 'a', items: [{ courseId: 'x' }, { courseId: 'y' }] },
        { id: 'b', items: [{ courseId: 'y' }] },
      ]);
      t.same(ids(await store.find(courses, { filter: { 'items.courseId': 'y' } })), ['a', 'b']);
      t.same(ids(await store.find(courses, { filter: { 'items.courseId': { $in: ['x', 'y'] } } })), ['a', 'b']);
      t.equal(await store.count(courses, { 'items.courseId': 'x' }), 1);
    });

    await t.test('strings too long for a key are still found, ranged and sorted', async (t) => {
      const store = await open(t);
      const long = 'é'.repeat(700);
      const documents = ['b', 'a', 'c', ''].map((end, n): Course => ({ id: String(n), level: `${long}${end}`, price: n }));
      await serving(store, documents);
      for (const query of [
        { filter: { level: `${long}a` } },
        { filter: { level: { $gt: `${long}a` } } },
        { filter: { level: { $lte: `${long}a` } }, sort: { price: -1 } },
        { filter: { level: { $gt: 'e' } }, sort: { level: -1 } },
      ] satisfies Query[]) {
        t.same(await store.find(courses, query), answer(documents, query, []), JSON.stringify(query).slice(0, 30));
        t.equal(await store.count(courses, query.filter), answer(documents, query, []).length);
      }
    });

    await t.test('a filter outside the language is refused', async (t) => {
      const store = await open(t);
      await serving(store, []);
      const unknown = { $where: 'true' };
      await t.rejects(store.find(courses, { filter: { level: { $regex: 'x' } as never } }), TypeError);
      await t.rejects(store.find(courses, { filter: unknown as never }), TypeError);
    });

    await t.test('any query over any documents is answered as the language says', async (t) => {
      const store = await open(t);
      await fc.assert(
        fc.asyncProperty(
          fc.array(course, { maxLength: 12 }), fc.array(course, { maxLength: 6 }), fc.array(query, { minLength: 1, maxLength: 20 }),
          async (before, after, queries) => {
            const writer = await Writer.create(store);
            await writer.write('courses', before);
            await writer.write('courses', after, ['1']);
            await store.activate(writer.generation);
            const current = new Map([...before, ...after].map((document) => [document.id, document]));
            current.delete('1');
            for (const query of queries) {
              const expected = answer([...current.values()], query, courses.text ?? []);
              const told = JSON.stringify({ query, documents: [...current.values()] });
              const total = answer([...current.values()], { filter: query.filter ?? {} }, courses.text ?? []).length;
              if ((await store.count(courses, query.filter)) !== total) throw new Error(`count differs: ${told}`);
              if (!isDeepStrictEqual(await store.find(courses, query), expected)) throw new Error(`find differs: ${told}`);
            }
          },
        ),
        { numRuns: 150 },
      );
    });

    await t.test('issue 9.6: pages of searches, of one word and of several, with filters and without, in every order', async (t) => {
      const store = await open(t);
      const texts = fc.array(fc.constantFrom('red', 'blue', 'green', '簿記', 'é'.repeat(121)), { maxLength: 3 }).map((words) => words.join(' '));
      const made = fc.array(fc.record({ title: texts, price: fc.integer({ min: 0, max: 3 }), level: fc.constantFrom('l', 'm') }), { maxLength: 15 });
      const searched = fc.record({
        search: texts,
        level: fc.option(fc.constantFrom('l', 'm'), { nil: undefined }),
        sort: fc.constantFrom({ price: -1 } as const, { price: 1 } as const, { price: -1, title: 1 } as const, {} as const),
        skip: fc.integer({ min: 0, max: 10 }),
        limit: fc.integer({ min: 1, max: 5 }),
      });
      await fc.assert(
        fc.asyncProperty(made, fc.array(searched, { minLength: 1, maxLength: 5 }), async (fields, searches) => {
          const documents = fields.map((each, place): Course => ({ id: `d${place}`, ...each }));
          await serving(store, documents);
          for (const { search, level, sort, skip, limit } of searches) {
            const filter: Filter = { $text: { $search: search }, ...(level === undefined ? {} : { level }) };
            const wanted: Query = { filter, sort, skip, limit };
            const expected = answer(documents, wanted, courses.text ?? []);
            if (!isDeepStrictEqual(await store.find(courses, wanted), expected)) throw new Error(`find differs: ${JSON.stringify({ wanted, documents })}`);
            const total = answer(documents, { filter }, courses.text ?? []).length;
            if ((await store.count(courses, filter)) !== total) throw new Error(`count differs: ${JSON.stringify({ wanted, documents })}`);
          }
        }),
        { numRuns: 20 },
      );
    });

    await t.test('a generation serves from its activation on, and the others are gone', async (t) => {
      const store = await open(t);
      const old = await serving(store, [{ id: 'a', level: 'old' }]);
      const next = await Writer.create(store, courses, 2);
      await next.write('courses', [{ id: 'a', level: 'new' }, { id: 'b' }]);
      t.equal((await store.get(courses, 'a'))?.level, 'old', 'the old one serves meanwhile');
      t.equal(await store.count(courses), 1);
      await old.write('courses', [{ id: 'c' }]);
      t.equal(await store.count(courses), 2, 'and is fed');
      await store.activate(next.generation);
      t.equal((await store.get(courses, 'a'))?.level, 'new');
      t.equal(await store.count(courses), 2);
      t.strictSame(await store.generations(), [{ ...next.generation, state: 'serving' }]);
      t.equal(next.generation.generation, old.generation.generation + 1);
      await t.rejects(old.write('courses', []), GenerationConflict);
      const third = await Writer.create(store, courses, 2);
      await store.drop(third.generation);
      t.equal((await store.generations()).length, 1);
      t.equal(await store.count(courses), 2);
    });

    await t.test('queries under way while generations are switched succeed', async (t) => {
      const store = await open(t);
      await serving(store, numbered(50));
      let reading = true;
      const reader = (async () => {
        let reads = 0;
        for (; reading; reads += 1) {
          const [found, count, one] = await Promise.all([
            store.find(courses, { filter: { level: 'odd' }, sort: { price: 1 } }), store.count(courses), store.get(courses, 'c000001'),
          ]);
          if (found.length !== 25 || count !== 50 || one === undefined) throw new Error('a query saw half a switch');
          await new Promise((resolve) => setImmediate(resolve));
        }
        return reads;
      })();
      for (let round = 0; round < 10; round += 1) await serving(store, numbered(50));
      reading = false;
      t.ok((await reader) > 0);
    });

    await t.test('pitfall 20: documents and checkpoint are written together or not at all, and only once', async (t) => {
      const store = await open(t);
      const writer = await serving(store, [{ id: 'a', price: 1 }]);
      const stale = writer.generation;
      await writer.write('courses', [{ id: 'a', price: 2 }]);
      const write = { collection: 'courses', id: 'a', document: { id: 'a', price: 99 }, position: 9n };
      await t.rejects(store.commit([{ generation: stale, writes: [write], checkpoint: 9n }]), GenerationConflict);
      t.equal((await store.get(courses, 'a'))?.price, 2);
      t.equal((await store.generations())[0]?.checkpoint, 2n);
      await t.rejects(store.commit([{ generation: writer.generation, writes: [write, { ...write, collection: 'nowhere' }], checkpoint: 9n }]));
      t.equal((await store.get(courses, 'a'))?.price, 2);
      t.equal(await store.count(courses, { price: 99 }), 0);
      t.equal((await store.generations())[0]?.checkpoint, 2n);
    });

    await t.test('load reads a generation that does not serve', async (t) => {
      const store = await open(t);
      const writer = await Writer.create(store);
      await writer.write('courses', [{ id: 'a', price: 1 }]);
      const loaded = await store.load(writer.generation, 'courses', ['b', 'a']);
      t.strictSame(loaded.map(({ document }) => document), [undefined, { id: 'a', price: 1 }]);
      t.ok(loaded.every(({ position }) => position <= 1n), 'nothing is newer than what was written');
      t.equal(await store.get(courses, 'a'), undefined);
    });

    await t.test('indexes that are declared later are built, those that are not any more are dropped', async (t) => {
      const store = await open(t);
      const writer = await serving(store, numbered(1_200));
      const changed = { ...courses, indexes: [{ title: 1 }, { level: 1 }] as const, text: ['level'] };
      await store.ensureIndexes(writer.generation, [changed]);
      t.equal(await store.count(changed, { title: 'Course 7' }), 1);
      t.equal(await store.count(changed, { level: 'odd' }), 600);
      t.equal(await store.count(changed, { $text: { $search: 'odd' } }), 600);
      const inOrder = { ...changed, indexes: [...changed.indexes, { $text: 1, price: -1 }] as const };
      await store.ensureIndexes(writer.generation, [inOrder]);
      t.same((await store.find(inOrder, { filter: { $text: { $search: 'odd' } }, sort: { price: -1 }, limit: 2 })).map(({ price }) => price), [99, 99]);
      await store.ensureIndexes(writer.generation, [changed]);
      t.equal(await store.count(changed, { $text: { $search: 'odd' } }), 600, 'without that index again');
      await writer.write('courses', [{ id: 'c000007', title: 'Other', level: 'odd' }]);
      t.equal(await store.count(changed, { title: 'Course 7' }), 0);
      t.equal(await store.count(changed, { title: 'Other' }), 1);
    });

    await t.test('one holder has the lease until it ends, or gives it back', async (t) => {
      const store = await open(t);
      const start = new Date('2026-01-01T00:00:00.000Z');
      const later = (milliseconds: number): Date => new Date(start.getTime() + milliseconds);
      const first = (await store.lease('one', start, 1_000)) ?? 0n;
      t.ok(first > 0n);
      t.equal(await store.lease('two', later(999), 1_000), undefined);
      t.equal(await store.lease('one', later(999), 1_000), first, 'renewed');
      t.equal(await store.lease('two', later(1_500), 1_000), undefined);
      const second = (await store.lease('two', later(2_000), 1_000)) ?? 0n;
      t.ok(second > first, 'taken over');
      await store.releaseLease('one');
      t.equal(await store.lease('one', later(2_001), 1_000), undefined, 'only the holder gives it back');
      await store.releaseLease('two');
      t.ok(((await store.lease('one', later(2_001), 1_000)) ?? 0n) > second);
    });

    await t.test('a paused owner that wakes up after another one has begun cannot write', async (t) => {
      const store = await open(t);
      const start = new Date('2026-01-01T00:00:00.000Z');
      const paused = store.fenced((await store.lease('one', start, 1_000)) ?? 0n);
      const writer = await Writer.create(paused);
      await writer.write('courses', [{ id: 'a', price: 1 }]);
      await paused.activate(writer.generation);
      const half = await Writer.create(paused);
      const next = store.fenced((await store.lease('two', new Date(start.getTime() + 1_000), 1_000)) ?? 0n);
      await t.rejects(writer.write('courses', [{ id: 'a', price: 2 }]), GenerationConflict, 'although nothing was written since');
      await t.rejects(paused.activate(half.generation), GenerationConflict);
      await t.rejects(paused.drop(half.generation), GenerationConflict);
      await t.rejects(paused.recordFailure(writer.generation, { reason: 'late', since: CREATED_AT }), GenerationConflict);
      await t.rejects(paused.createGeneration('catalogue', 2, [courses], new Date(CREATED_AT)), GenerationConflict);
      t.strictSame(await next.get(courses, 'a'), { id: 'a', price: 1 });
      t.strictSame(await next.generations(), [{ ...writer.generation, state: 'serving' }, half.generation]);
      const write = { collection: 'courses', id: 'a', document: { id: 'a', price: 3 }, position: 2n };
      await next.commit([{ generation: writer.generation, writes: [write], checkpoint: 2n }]);
      t.strictSame(await store.get(courses, 'a'), { id: 'a', price: 3 });
    });

    await t.test('who listens for changes hears of every commit and switch', async (t) => {
      const store = await open(t);
      if (store.changes === undefined) return;
      const writer = await Writer.create(store);
      const stop = new AbortController();
      const seen: bigint[] = [];
      let turns = 0;
      for await (const _turn of store.changes(stop.signal)) {
        turns += 1;
        const [generation] = await store.generations();
        seen.push(generation?.checkpoint ?? -1n);
        if (generation?.state === 'serving') stop.abort();
        else if (generation?.checkpoint === 3n) await store.activate(generation);
        else if (generation?.checkpoint === BigInt(seen.length) - 1n) await writer.write('courses', []);
      }
      t.same(seen.at(-1), 3n);
      t.ok(turns <= 6);
    });

    await t.test('a failure is told to every process, and goes with its generation', async (t) => {
      const store = await open(t);
      const writer = await serving(store, [{ id: 'a', level: 'old' }]);
      t.match(await store.generations(), [{ createdAt: CREATED_AT, failure: null }]);
      const failure = { reason: 'CourseRepriced $event: no price', since: '2026-03-02T00:00:00.000Z' };
      await store.recordFailure(writer.generation, failure);
      t.strictSame((await store.generations()).map((generation) => generation.failure), [failure]);
      await writer.write('courses', [{ id: 'b' }]);
      t.strictSame((await store.generations()).map((generation) => generation.failure), [failure], 'a commit leaves it');
      await store.recordFailure(writer.generation, null);
      t.strictSame((await store.generations()).map((generation) => generation.failure), [null]);
      await store.recordFailure(writer.generation, failure);
      const next = await serving(store, []);
      t.strictSame(await store.generations(), [{ ...next.generation, state: 'serving' }]);
      await t.rejects(store.recordFailure(writer.generation, failure), GenerationConflict, 'it is gone');
    });

    await t.test('generations that share a checkpoint move with one write, all or nothing; who leaves keeps where it was', async (t) => {
      const store = await open(t);
      const [one, two, late] = [await serving(store, [{ id: 'a', price: 1 }]), await Writer.create(store, others), await Writer.create(store, third)];
      const checkpoints = async () => Object.fromEntries((await store.generations()).map(({ projection, checkpoint }) => [projection, checkpoint]));
      await store.share([one.generation, two.generation], 1n);
      t.same(await checkpoints(), { catalogue: 1n, others: 1n, third: 0n });
      const write = { collection: 'courses', id: 'a', document: { id: 'a', price: 2 }, position: 4n };
      await store.advance({ from: 1n, to: 4n, commits: [{ generation: one.generation, writes: [write] }] });
      await store.advance({ from: 4n, to: 5n, commits: [] });
      t.same(await checkpoints(), { catalogue: 5n, others: 5n, third: 0n });
      t.equal((await store.get(courses, 'a'))?.price, 2);
      const lost = { ...write, document: { id: 'a', price: 99 } };
      await t.rejects(store.advance({ from: 4n, to: 6n, commits: [{ generation: one.generation, writes: [lost] }] }), GenerationConflict);
      await t.rejects(store.advance({ from: 5n, to: 6n, commits: [{ generation: one.generation, writes: [lost, { ...lost, collection: 'nowhere' }] }] }));
      t.equal((await store.get(courses, 'a'))?.price, 2);
      t.same(await checkpoints(), { catalogue: 5n, others: 5n, third: 0n });
      await late.write('third', [{ id: 'x' }]);
      await store.share([one.generation, late.generation], 5n);
      await store.advance({ from: 5n, to: 7n, commits: [] });
      t.same(await checkpoints(), { catalogue: 7n, others: 5n, third: 7n });
      await store.commit([{ generation: { ...two.generation, checkpoint: 5n }, writes: [], checkpoint: 6n }]);
      await store.share([], 0n);
      t.same(await checkpoints(), { catalogue: 7n, others: 6n, third: 7n });
    });

    await t.test('a paused owner that wakes up moves no shared checkpoint', async (t) => {
      const store = await open(t);
      const start = new Date('2026-01-01T00:00:00.000Z');
      const paused = store.fenced((await store.lease('one', start, 1_000)) ?? 0n);
      const writer = await Writer.create(paused);
      await paused.share([writer.generation], 0n);
      await paused.advance({ from: 0n, to: 1n, commits: [] });
      const next = store.fenced((await store.lease('two', new Date(start.getTime() + 1_000), 1_000)) ?? 0n);
      await t.rejects(paused.advance({ from: 1n, to: 2n, commits: [] }), GenerationConflict);
      await t.rejects(paused.share([], 0n), GenerationConflict);
      await next.advance({ from: 1n, to: 3n, commits: [] });
      t.match(await store.generations(), [{ checkpoint: 3n }]);
    });

    await t.test('how far a fan-out is, is kept with its documents; a query reads a generation that does not serve', async (t) => {
      const store = await open(t);
      const definition = { ...courses, indexes: [...courses.indexes, { level: 1, id: 1 }] as const };
      const writer = await Writer.create(store, definition);
      await writer.write('courses', numbered(1_200));
      const { generation } = writer;
      const page = (after: string) => store.findIn(generation, 'courses', { filter: { level: 'odd', id: { $gt: after } }, sort: { id: 1 }, limit: 3 });
      t.same(ids(await page('')), ['c000001', 'c000003', 'c000005']);
      t.same(ids(await page('c000005')), ['c000007', 'c000009', 'c000011']);
      t.same(ids(await page('c001198')), ['c001199']);
      const fanOut = { position: 9n, rule: 1, after: 'c000001' };
      const write = { collection: 'courses', id: 'c000001', document: { id: 'c000001', level: 'new' }, position: 9n };
      await store.commit([{ generation, writes: [write], checkpoint: 1n, fanOut }]);
      t.strictSame((await store.generations()).map(({ checkpoint, fanOut }) => ({ checkpoint, fanOut })), [{ checkpoint: 1n, fanOut }]);
      t.same(ids(await page('')), ['c000003', 'c000005', 'c000007']);
      await store.commit([{ generation, writes: [], checkpoint: 9n, fanOut: null }]);
      t.strictSame((await store.generations()).map(({ checkpoint, fanOut }) => ({ checkpoint, fanOut })), [{ checkpoint: 9n, fanOut: null }]);
    });

    await t.test('the last rebuild of each projection is kept', async (t) => {
      const store = await open(t);
      t.strictSame(await store.rebuilds(), []);
      const rebuild = { projection: 'catalogue', state: 'requested', requestedAt: '2026-01-01T00:00:00.000Z', position: 0n, head: 0n, failure: null } as const;
      await store.recordRebuild(rebuild);
      await store.recordRebuild({ ...rebuild, state: 'running', position: 5n, head: 12345678901234567890n });
      t.strictSame(await store.rebuilds(), [{ ...rebuild, state: 'running', position: 5n, head: 12345678901234567890n }]);
      t.strictSame(await store.rebuildStops(), []);
      await store.requestRebuildStop({ projection: 'catalogue', requestedAt: '2025-01-01T00:00:00.000Z' });
      await store.requestRebuildStop({ projection: 'catalogue', requestedAt: rebuild.requestedAt });
      t.strictSame(await store.rebuildStops(), [{ projection: 'catalogue', requestedAt: rebuild.requestedAt }]);
      t.equal((await store.rebuilds()).length, 1, 'a stop is no rebuild');
    });
  });
};
