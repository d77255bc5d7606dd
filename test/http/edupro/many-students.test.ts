import t from 'tap';
import type { DomainEvent } from '../../../src/domain/events.js';
import { uuidV5 } from '../../../src/primitives/uuid-v5.js';
import type { ReadModels } from '../../../src/ports/read-models.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { registered } from '../../projections/account-events.js';
import { recorded, type Published } from '../../projections/projected.js';
import { createEduproApp, type Answer } from './edupro-app.js';

const NAMESPACE = 'f0b7c0c0-7a54-4f7b-9a3e-0d6f1d1b2c33';
const STUDENTS = 1_000;

const counts = { reads: 0, documents: 0 };
const counted = (readModels: ReadModels): ReadModels => {
  const counting = async <Found>(read: Promise<Found>): Promise<Found> => {
    counts.reads += 1;
    const found = await read;
    counts.documents += Array.isArray(found) ? found.length : 1;
    return found;
  };
  return {
    get: (collection, id) => counting(readModels.get(collection, id)),
    getMany: (collection, ids) => counting(readModels.getMany(collection, ids)),
    find: (collection, query) => counting(readModels.find(collection, query)),
    count: (collection, filter) => counting(readModels.count(collection, filter)),
  };
};

const store = new MemoryEventStore<DomainEvent>();
const app = await createEduproApp({ store, services: (services) => ({ ...services, readModels: counted(services.readModels) }) });
t.teardown(() => app.close());

const teacher = await app.teacher('tess');
const ids = Array.from({ length: STUDENTS }, (_, index) => `s${String(index).padStart(4, '0')}`);
// Ten of each name, and all of one moment: only the id tells them apart.
const log = ids.flatMap((studentId, index): readonly Published[] => [
  registered(studentId, { name: `Student ${index % 100}`, username: studentId }),
  [`teaching-${teacher.accountId}.${studentId}`, { type: 'StudentJoined', data: { teacherId: teacher.accountId, studentId, joinedAt: '2026-03-01T10:00:00.000Z' } }],
]);
for (const { stream, revision: _revision, position: _position, ...event } of recorded(log)) await store.append(stream, 'any', [{ ...event, id: uuidV5(event.id, NAMESPACE) }]);
await app.caughtUp();

const list = (query: string): Promise<Answer> => app.send(teacher, 'GET', `/teacher/get_students/?${query}`);
const usernamesIn = ({ body }: Answer): string[] => (body['results'] as { student: { user: { username: string } } }[]).map(({ student }) => student.user.username);

t.test('pages of every size and order lead through all of them, none twice', async (t) => {
  for (const order of ['enrollment_date', '-enrollment_date', 'student__full_name', '-student__full_name']) {
    for (const size of [100, 37]) {
      const found: string[] = [];
      for (let path: string | null = `/teacher/get_students/?page_size=${size}&ordering=${order}`; path !== null; ) {
        const answer: Answer = await app.send(teacher, 'GET', path);
        t.equal(answer.body['count'], STUDENTS);
        found.push(...usernamesIn(answer));
        const { next } = answer.body;
        path = typeof next === 'string' ? next.slice(next.indexOf('/teacher/')) : null;
      }
      t.same(found.toSorted(), ids, `${order} ${size}`);
    }
  }
});

t.test('a page costs as many reads as it has students, wherever it stands', async (t) => {
  const costOf = async (query: string): Promise<typeof counts> => {
    counts.reads = 0;
    counts.documents = 0;
    const { status } = await list(query);
    t.equal(status, 200, query);
    return { ...counts };
  };
  await list('page_size=1');
  const first = await costOf('page_size=100');
  // Students, people, profiles, progress and enrolments of each; a few for the caller.
  t.ok(first.reads <= 120, `${first.reads} reads`);
  t.ok(first.documents <= 520, `${first.documents} documents`);
  t.same(await costOf('page_size=100&page=10'), first);
  t.same(await costOf('page_size=100&page=5&ordering=-student__full_name&is_active=true'), first);
  const small = await costOf('page_size=5');
  t.ok(small.reads <= 25 && small.documents <= 60, `${small.reads} reads of ${small.documents} documents`);
});

t.test('a search among them finds whom it means', async (t) => {
  t.match((await list('search=student')).body, { count: STUDENTS });
  t.match((await list('search=student%2042&page_size=100&ordering=student__full_name')).body, { count: 10 });
  t.same(usernamesIn(await list('search=s0123')), ['s0123']);
});

t.test('the number of students is that of those who are not blocked', async (t) => {
  const [first] = (await list('search=s0123')).body['results'] as { student: { id: number } }[];
  t.match((await app.send(null, 'GET', '/teacher/teacher-profile/tess')).body, { number_of_students: STUDENTS });
  await app.send(teacher, 'PATCH', `/teacher/students/toggle-block/${first?.student.id}/`);
  t.match((await app.send(null, 'GET', '/teacher/teacher-profile/tess')).body, { number_of_students: STUDENTS - 1 });
});
