import t from 'tap';
import { pay, publishCourse, RunningApplication, signUp, type Person } from '../application/running-application.js';
import { sumOf } from './eventstoredb-front/calls.js';
import { openFront } from './eventstoredb-front/open-front.js';

const STUDENTS = 20;
const COURSES = 15;
const PURCHASES = STUDENTS * COURSES;
const AT_ONCE = 20;

t.test('issue 18.5: workers that begin anew do not ask the store about every event', { timeout: 600_000 }, async (t) => {
  const front = await openFront(t);
  const { requests, log } = front.context;
  const settings = { EVENTSTORE_URL: front.connectionString };
  const app = await RunningApplication.start(t, undefined, settings);
  const teacher = await signUp(app, 'ivo', 'instructor');
  const admin = await signUp(app, 'ada', 'admin');
  const code = { code: 'SAVE10', type: 'platform_wide', value: 10, valueType: 'percentage', applicableOn: 'both' };
  t.match(await app.call({ method: 'POST', url: '/discounts', token: admin.token, payload: code }), { status: 201 });
  const courses: string[] = [];
  for (let n = 0; n < COURSES; n += 1) courses.push(await publishCourse(app, teacher, `Course ${n}`));
  const students: Person[] = [];
  for (let n = 0; n < STUDENTS; n += 1) students.push(await signUp(app, `student${n}`, 'student'));
  const wishes = courses.flatMap((course) => students.map((student) => ({ course, student })));
  const buyOn = async (): Promise<void> => {
    for (let wish = wishes.pop(); wish !== undefined; wish = wishes.pop()) {
      t.match(await pay(app, wish.student, [wish.course], { discountCode: 'SAVE10', amount: 36 }), { status: 201, body: { status: 'completed' } });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, buyOn));
  await app.settle();
  await app.stop();

  const head = await log.store.head();
  const before = { reads: new Map(requests.reads), appends: new Map(requests.appendsTo) };
  const again = await RunningApplication.start(t, undefined, settings);
  await again.settle();
  await again.stop();
  t.equal(await log.store.head(), head, 'nothing is done a second time');
  const asked = sumOf(requests.reads) - sumOf(before.reads) + sumOf(requests.appendsTo) - sumOf(before.appends);
  for (const [what, now, then] of [['reads', requests.reads, before.reads], ['appends', requests.appendsTo, before.appends]] as const) {
    for (const [category, count] of now) t.comment(`${what} ${category} ${count - (then.get(category) ?? 0)}`);
  }
  t.ok(asked <= PURCHASES / 3, `${asked} calls for ${PURCHASES} purchases`);
});
