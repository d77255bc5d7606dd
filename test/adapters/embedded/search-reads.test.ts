import t from 'tap';
import { DocumentStore } from '../../../src/adapters/embedded/read-models/document-store.js';
import { openReadModelFolder } from '../../../src/adapters/embedded/read-models/environment.js';
import type { KeyDatabase } from '../../../src/adapters/embedded/read-models/key-streams.js';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { QueryReader } from '../../../src/adapters/embedded/read-models/query-reader.js';
import { Registry } from '../../../src/adapters/embedded/read-models/registry.js';
import { listedCourses } from '../../../src/projections/courses/queries.js';
import { courses, EVERYONE, UNPUBLISHED, type CourseDocument } from '../../../src/projections/courses/document.js';
import type { ReadModels } from '../../../src/ports/read-models.js';

const COURSES = 10_000;
const PAGE = 20;

const course = (place: number): CourseDocument => ({
  id: `course-${place}`,
  instructorId: `instructor-${place % 100}`,
  title: `Common ground ${place}`,
  description: place % 2 === 0 ? 'for everybody' : 'for the few',
  thumbnailUrl: null,
  level: place % 3 === 0 ? 'beginner' : 'advanced',
  category: place % 1_000 === 0 ? 'rare' : 'frequent',
  categoryId: null,
  tags: place % 10 === 0 ? ['tenth'] : [],
  price: '10.00',
  currency: 'USD',
  organizationId: null,
  organizationPrivate: false,
  published: true,
  deleted: false,
  // Every fourth is a draft, which a search must not have to look through.
  audience: place % 4 !== 0 || place % 1_000 === 0 ? EVERYONE : UNPUBLISHED,
  termId: null,
  levelId: null,
  capacity: null,
  seatsInUse: 0,
  editors: [],
  createdAt: new Date(1_700_000_000_000 + place * 1_000).toISOString(),
  updatedAt: new Date(1_700_000_000_000).toISOString(),
});

const filled = async (folder: string): Promise<readonly CourseDocument[]> => {
  const documents = Array.from({ length: COURSES }, (_, place) => course(place));
  const store = await LmdbReadModels.open({ folder });
  const generation = await store.createGeneration('courses', 1, [courses], new Date());
  const writes = documents.map((document) => ({ collection: 'courses', id: document.id, document, position: 1n }));
  await store.commit([{ generation, writes, checkpoint: 1n }]);
  await store.activate({ ...generation, checkpoint: 1n });
  await store.close();
  return documents;
};

interface Counted {
  readonly readModels: ReadModels;
  /** Entries of indexes, and documents, that were read since it was asked last. */
  read(): { entries: number; documents: number };
}

/** The adapter's reader over the folder, with a count of what it reads. */
const counting = async (folder: string, onUnindexed: (query: string) => void): Promise<Counted & { close(): Promise<void> }> => {
  const environment = await openReadModelFolder(folder, () => undefined);
  let entries = 0;
  let documents = 0;
  const { keys } = environment;
  const counted = (given: Parameters<KeyDatabase['getKeys']>[0]): ReturnType<KeyDatabase['getKeys']> =>
    keys.getKeys(given).map((key) => {
      entries += 1;
      return key;
    });
  const database = new Proxy(keys, {
    get: (target, name): unknown => (name === 'getKeys' ? counted : name === 'getKeysCount' ? target.getKeysCount.bind(target) : undefined),
  });
  const live = new Registry(environment.control, true).serving('courses')?.collections.get('courses');
  if (live === undefined) throw new Error('there are no courses');
  const store = new DocumentStore(environment.documents, undefined);
  const source = {
    read: (_: unknown, id: string) => {
      documents += 1;
      return store.read(live, id);
    },
    ids: () => store.ids(live),
    size: () => store.size(live),
  };
  const reader = new QueryReader(database, source, { scanLimit: 1_000, strict: false, onUnindexed });
  return {
    readModels: {
      get: () => Promise.reject(new Error('no search')),
      getMany: () => Promise.reject(new Error('no search')),
      find: async (_, query) => reader.find(live.record, query) as never,
      count: async (_, filter = {}) => reader.count(live.record, filter),
    },
    read: () => {
      const told = { entries, documents };
      entries = 0;
      documents = 0;
      return told;
    },
    close: environment.close,
  };
};

t.test('issue 9.6: a search for a common word reads its page, whatever else has the word', async (t) => {
  const folder = t.testdir();
  const documents = await filled(folder);
  const told: string[] = [];
  const { readModels, read, close } = await counting(folder, (query) => told.push(query));
  t.teardown(close);
  const newest = (matches: (document: CourseDocument) => boolean): readonly string[] =>
    documents.filter((document) => document.audience === EVERYONE && matches(document)).toReversed().map(({ id }) => id);
  const searches: readonly (readonly [Parameters<typeof listedCourses>[1], (document: CourseDocument) => boolean])[] = [
    [{ search: 'common' }, () => true],
    [{ search: 'Common GROUND' }, () => true],
    [{ search: 'common everybody' }, ({ description }) => description.includes('everybody')],
    [{ search: 'common tenth' }, ({ tags }) => tags.length > 0],
    [{ search: 'common', level: 'beginner' }, ({ level }) => level === 'beginner'],
    [{ search: 'common', category: 'rare' }, ({ category }) => category === 'rare'],
    [{ search: 'common ground', category: 'frequent', level: 'advanced' }, ({ category, level }) => category === 'frequent' && level === 'advanced'],
    [{ search: 'nothing' }, () => false],
  ];
  for (const [search, matches] of searches) {
    const told = JSON.stringify(search);
    const found: string[] = [];
    const page = { ...readModels, count: async () => 0 };
    for (const skip of [0, PAGE]) {
      const slice = await listedCourses(page, search, { skip, limit: PAGE });
      found.push(...slice.courses.map(({ id }) => id));
      const { entries, documents: read_ } = read();
      t.ok(entries <= (skip + PAGE) * 12, `${entries} entries for a page: ${told}`);
      t.ok(read_ <= PAGE, `${read_} documents for a page: ${told}`);
    }
    const expected = newest(matches);
    t.same(found, expected.slice(0, 2 * PAGE), told);
    const { total } = await listedCourses(readModels, search, { skip: 0, limit: PAGE });
    const { entries, documents: read_ } = read();
    t.ok(read_ <= PAGE, 'the total reads no document');
    t.ok(entries <= 2_400, `${entries} entries for page and total`);
    t.ok(total === expected.length || (total >= 300 && total < expected.length), `${total} of ${expected.length}: ${told}`);
  }
  t.ok(told.length > 0 && told.every((query) => /ended after/.test(query) && !/common|ground/i.test(query)), told.join('\n'));
});
