import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import type { Document } from '../../src/ports/read-models.js';
import { peopleProjection } from '../../src/projections/people/projection.js';
import { personById, personByNumber, personByUsername, peopleByIds } from '../../src/projections/people/queries.js';
import { sortKeyOf } from '../../src/projections/people/sort-key.js';
import { countActiveStudents, studentsOf, teachingOf, type StudentSearch } from '../../src/projections/people/teaching-queries.js';
import { at, later, onAccount, registered } from './account-events.js';
import { Projected, recorded, type Published } from './projected.js';

const projected = (...published: readonly Published[]) => new Projected(peopleProjection, recorded(published));

const inTeaching = (teacherId: string, studentId: string, event: Published[1]): Published => [`teaching-${teacherId}.${studentId}`, event];
const joined = (teacherId: string, studentId: string, joinedAt = at) => inTeaching(teacherId, studentId, { type: 'StudentJoined', data: { teacherId, studentId, joinedAt } });
const blocked = (teacherId: string, studentId: string) => inTeaching(teacherId, studentId, { type: 'StudentBlocked', data: { teacherId, studentId, blockedAt: later } });
const unblocked = (teacherId: string, studentId: string) => inTeaching(teacherId, studentId, { type: 'StudentUnblocked', data: { teacherId, studentId, unblockedAt: later } });
const removed = (teacherId: string, studentId: string) => inTeaching(teacherId, studentId, { type: 'StudentRemoved', data: { teacherId, studentId, removedAt: later } });
const noted = (teacherId: string, studentId: string, notes: string) =>
  inTeaching(teacherId, studentId, { type: 'StudentNotesChanged', data: { teacherId, studentId, notes, changedAt: later } });
const renamed = (accountId: string, changes: { name?: string; fullName?: { firstName: string; lastName: string } }) =>
  onAccount(accountId)({ type: 'AccountProfileChanged', data: { accountId, ...changes, changedAt: later } });
const deleted = (accountId: string) => onAccount(accountId)({ type: 'AccountDeleted', data: { accountId, avatarFile: null, deletedAt: later } });

const slice = { skip: 0, limit: 10 };
const byName: StudentSearch = { order: { by: 'sortKey', direction: 1 } };
const namesOf = async (readModels: Projected, search: StudentSearch = byName, teacherId = 'tess'): Promise<readonly string[]> =>
  (await studentsOf(readModels, teacherId, search, slice)).students.map(({ name }) => name);

t.test('people are numbered in log order and keep number and slug', async (t) => {
  const readModels = projected(registered('ada', { username: 'Ada.L' }), registered('bob', { name: 'Bob Žižka' }), renamed('bob', { name: 'Robert Z' }));
  t.match(await personById(readModels, 'ada'), { number: 1, slug: 'ada-l-1', username: 'Ada.L' });
  t.match(await personByNumber(readModels, 2), { id: 'bob', slug: 'bob-zizka-2', name: 'Robert Z', fullName: { firstName: 'Robert', lastName: 'Z' } });
  t.match(await personByUsername(readModels, 'ada.l'), { id: 'ada' }, 'as usernames are compared');
  t.equal(await personByUsername(readModels, 'nobody'), undefined);
  t.same((await peopleByIds(readModels, ['bob', 'none', 'ada'])).map((person) => person?.number), [2, undefined, 1]);
});

t.test('the parts of a name change without the name', async (t) => {
  const readModels = projected(registered('ada', { name: 'Ada King Lovelace' }), renamed('ada', { fullName: { firstName: 'Ada King', lastName: 'Lovelace' } }));
  t.match(await personById(readModels, 'ada'), { name: 'Ada King Lovelace', fullName: { firstName: 'Ada King', lastName: 'Lovelace' } });
});

t.test('a deleted person keeps the number, and nothing that tells who it was', async (t) => {
  const readModels = projected(registered('tess', { role: 'instructor' }), registered('sam', { name: 'Canary', username: 'canary', email: 'canary@example.org' }), joined('tess', 'sam'), noted('tess', 'sam', 'Canary'), deleted('sam'));
  t.notMatch(JSON.stringify(readModels.contents()), /canary/i);
  t.match(await personByNumber(readModels, 2), { id: 'sam', deleted: true, slug: 'deleted-2' });
  t.same(await namesOf(readModels), []);
  t.equal(await countActiveStudents(readModels, 'tess'), 0);
});

t.test('what was under way when a student was deleted brings nothing back', async (t) => {
  const late = [unblocked('tess', 'sam'), noted('tess', 'sam', 'Canary'), joined('tess', 'sam'), noted('tess', 'sam', 'Canary'), joined('ted', 'sam')];
  const readModels = projected(registered('sam', { name: 'Canary' }), joined('tess', 'sam'), blocked('tess', 'sam'), deleted('sam'), ...late);
  t.notMatch(JSON.stringify(readModels.contents()), /canary/i);
  for (const teacherId of ['tess', 'ted']) {
    t.match(await teachingOf(readModels, teacherId, 'sam'), { removed: true, active: false });
    t.equal(await countActiveStudents(readModels, teacherId), 0);
  }
});

t.test('students of a teacher', async (t) => {
  const start = [registered('sam', { name: 'Sam' }), registered('kim', { name: 'Kim' }), joined('tess', 'sam'), joined('tess', 'kim', later), joined('ted', 'kim')];

  t.test('are those who joined, each with a number of the relation', async (t) => {
    const readModels = projected(...start);
    t.match(await teachingOf(readModels, 'tess', 'kim'), { number: 2, active: true, removed: false, joinedAt: later, notes: '' });
    t.same(await namesOf(readModels), ['Kim', 'Sam']);
    t.same(await namesOf(readModels, byName, 'ted'), ['Kim']);
    t.same(await namesOf(readModels, { order: { by: 'joinedAt', direction: 1 } }), ['Sam', 'Kim']);
    t.same(await namesOf(readModels, { order: { by: 'joinedAt', direction: -1 } }), ['Kim', 'Sam']);
  });

  t.test('are blocked and unblocked, and filtered by that', async (t) => {
    const readModels = projected(...start, blocked('tess', 'sam'));
    t.same(await namesOf(readModels), ['Kim', 'Sam']);
    t.same(await namesOf(readModels, { ...byName, active: true }), ['Kim']);
    t.same(await namesOf(readModels, { ...byName, active: false }), ['Sam']);
    t.equal(await countActiveStudents(readModels, 'tess'), 1);
    readModels.publish(recorded([unblocked('tess', 'sam')]));
    t.equal(await countActiveStudents(readModels, 'tess'), 2);
  });

  t.test('are removed, and join again under the same number with their notes', async (t) => {
    const readModels = projected(...start, noted('tess', 'sam', 'Late'), removed('tess', 'sam'));
    t.same(await namesOf(readModels), ['Kim']);
    t.same(await namesOf(readModels, { ...byName, active: false }), [], 'not among the blocked');
    readModels.publish(recorded([joined('tess', 'sam', later)]));
    t.match(await teachingOf(readModels, 'tess', 'sam'), { number: 1, active: true, removed: false, joinedAt: later, notes: 'Late' });
  });

  t.test('are found by their names, usernames and addresses of today, at every teacher', async (t) => {
    const readModels = projected(
      ...start,
      renamed('kim', { name: 'Kimberly Zorn' }),
      onAccount('kim')({ type: 'AccountUsernameChanged', data: { accountId: 'kim', username: 'kimmie', previousUsername: null, changedAt: later } }),
      onAccount('kim')({ type: 'AccountEmailChanged', data: { accountId: 'kim', email: 'zorn@example.net', previousEmail: 'kim@example.com', changedAt: later } }),
    );
    for (const teacherId of ['tess', 'ted']) {
      for (const search of ['kimberly', 'ZORN kimberly', 'kimmie', 'zorn@example.net']) t.same(await namesOf(readModels, { ...byName, search }, teacherId), ['Kimberly Zorn'], search);
      t.same(await namesOf(readModels, { ...byName, search: 'kim' }, teacherId), []);
    }
    t.same(await namesOf(readModels, { ...byName, search: 'sam' }), ['Sam']);
    t.same(await namesOf(readModels), ['Kimberly Zorn', 'Sam'], 'and stand at their new place');
    readModels.publish(recorded([renamed('sam', { name: 'aaron' })]));
    t.same(await namesOf(readModels), ['aaron', 'Kimberly Zorn']);
  });
});

t.test('names are sorted without case, accents and odd blanks', async (t) => {
  const sorted = ['Åsa', 'adam', 'Émile', 'eva', 'Zoë', 'жанна', 'Ёлка'].toSorted((one, other) => (sortKeyOf(one) < sortKeyOf(other) ? -1 : 1));
  t.same(sorted, ['adam', 'Åsa', 'Émile', 'eva', 'Zoë', 'Ёлка', 'жанна']);
  t.equal(sortKeyOf('  Ada \t King '), 'ada king');
  t.ok(Buffer.byteLength(sortKeyOf('漢'.repeat(200))) <= 240, 'an index keeps it whole');
  t.equal(sortKeyOf('हिन्दी'), 'हिन्दी'.normalize('NFC'), 'signs that are no accents stay');
});

t.test('no list of students reads documents that it does not show', async (t) => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), strict: true, scanLimit: 10 });
  t.teardown(() => readModels.close());
  const ids = Array.from({ length: 120 }, (_, index) => `s${index}`);
  const log = ids.flatMap((id, index): readonly Published[] => [
    registered(id, { name: `${index % 2 === 0 ? 'John' : 'jane'} ${String((index * 37) % 120).padStart(3, '0')}`, username: `user${index}` }),
    joined('tess', id, new Date(Date.UTC(2026, 0, 1, 0, (index * 53) % 120)).toISOString()),
    joined('ted', id),
    ...(index % 3 === 0 ? [blocked('tess', id)] : []),
    ...(index % 10 === 0 ? [removed('tess', id)] : []),
  ]);
  const expected = projected(...log);
  const { name, version, collections } = peopleProjection;
  const generation = await readModels.createGeneration(name, version, collections, new Date(0));
  const writes = Object.entries(expected.contents()).map(([key, document]: [string, Document]) => ({ collection: key.split('/')[0] ?? '', id: document.id, document, position: 1n }));
  await readModels.commit([{ generation, writes, checkpoint: 1n }]);
  await readModels.activate({ ...generation, checkpoint: 1n });
  for (const by of ['joinedAt', 'sortKey'] as const) {
    for (const direction of [1, -1] as const) {
      for (const active of [undefined, true, false]) {
        for (const search of [undefined, 'john', 'JANE', 'user7', 'john user8']) {
          const asked = { order: { by, direction }, ...(active === undefined ? {} : { active }), ...(search === undefined ? {} : { search }) };
          const found = await studentsOf(readModels, 'tess', asked, { skip: 2, limit: 5 });
          t.same(found, await studentsOf(expected, 'tess', asked, { skip: 2, limit: 5 }), JSON.stringify(asked));
        }
      }
    }
  }
  t.equal(await countActiveStudents(readModels, 'tess'), await countActiveStudents(expected, 'tess'));
});

t.test('a log that is replayed gives the same', async (t) => {
  const log = [registered('sam', { name: 'Sam' }), joined('tess', 'sam'), blocked('tess', 'sam'), renamed('sam', { name: 'Samuel' }), removed('tess', 'sam'), joined('tess', 'sam', later), deleted('sam')];
  for (let length = 1; length <= log.length; length += 1) {
    const events = recorded(log.slice(0, length));
    const oneByOne = new Projected(peopleProjection);
    for (const event of events) oneByOne.publish([event]);
    t.same(oneByOne.contents(), new Projected(peopleProjection, events).contents());
  }
});
