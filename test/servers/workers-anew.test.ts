import t from 'tap';
import { pay, publishCourse, RunningApplication, signUp, type Person } from '../application/running-application.js';
import { sumOf } from './eventstoredb-front/calls.js';
import type { Front } from './eventstoredb-front/front.js';
import { openFront } from './eventstoredb-front/open-front.js';

const STUDENTS = 20;
const COURSES = 15;
const PURCHASES = STUDENTS * COURSES;
const AT_ONCE = 8;
/** Accounts and the like, once for each of them; all of the purchases' events would be thousands. */
const OTHERS = 5 * STUDENTS;

/** Reads and appends, by category. */
const callsOf = ({ context: { requests } }: Front): ReadonlyMap<string, number> => {
  const calls = new Map(requests.appendsTo);
  for (const [category, reads] of requests.reads) calls.set(category, (calls.get(category) ?? 0) + reads);
  return calls;
};

t.test('issue 18.5: workers that begin anew do not ask the store about every event', { timeout: 600_000 }, async (t) => {
  const front = await openFront(t);
  const { log } = front.context;
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
  const before = callsOf(front);
  const again = await RunningApplication.start(t, undefined, settings);
  await again.settle();
  await again.stop();
  t.equal(await log.store.head(), head, 'nothing is done a second time');
  const asked = new Map([...callsOf(front)].map(([category, calls]) => [category, calls - (before.get(category) ?? 0)]));
  const of = (...categories: readonly string[]): number => categories.reduce((sum, category) => sum + (asked.get(category) ?? 0), 0);
  // Whether a cart held what was bought leaves no event where it did not: at most one purchase asks about it once.
  t.ok(of('cart') <= PURCHASES, `${of('cart')} calls for carts`);
  const others = sumOf(asked) - of('cart', 'auditCheckpoint');
  t.ok(others <= OTHERS, `${others} calls for ${PURCHASES} purchases: ${JSON.stringify([...asked].filter(([, calls]) => calls > 0))}`);
});
