import t from 'tap';
import { pay, publishCourse, RunningApplication, signUp, type Person } from '../application/running-application.js';
import { sumOf } from './eventstoredb-front/calls.js';
import type { Front } from './eventstoredb-front/front.js';
import { openFront } from './eventstoredb-front/open-front.js';

const STUDENTS = 20;
const COURSES = 10;
const PURCHASES = STUDENTS * COURSES;
const AT_ONCE = 50;
/** Mails and invoices follow a purchase: longer than this nothing of it is under way. */
const QUIET_MS = 1_500;

const quiet = async ({ context: { log } }: Front): Promise<void> => {
  for (let head = -1n; head !== (await log.store.head()); ) {
    head = await log.store.head();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
};

const counted = ({ context: { requests } }: Front) => {
  const { appends, heads, pages, events, checkpoints, subscriptions, reads } = requests;
  return { appends, heads, pages, events, checkpoints, subscriptions, reads: sumOf(reads) };
};

t.test('issue 18.7: what a purchase asks of the event store', { timeout: 300_000 }, async (t) => {
  const front = await openFront(t);
  const app = await RunningApplication.start(t, undefined, { EVENTSTORE_URL: front.connectionString });
  const teacher = await signUp(app, 'ivo', 'instructor');
  const admin = await signUp(app, 'ada', 'admin');
  const code = { code: 'SAVE10', type: 'platform_wide', value: 10, valueType: 'percentage', applicableOn: 'both' };
  t.match(await app.call({ method: 'POST', url: '/discounts', token: admin.token, payload: code }), { status: 201 });
  const courses: string[] = [];
  for (let n = 0; n < COURSES; n += 1) courses.push(await publishCourse(app, teacher, `Course ${n}`));
  const students: Person[] = [];
  for (let n = 0; n < STUDENTS; n += 1) students.push(await signUp(app, `student${n}`, 'student'));
  const buy = async (student: Person, course: string): Promise<void> => {
    t.match(await pay(app, student, [course], { discountCode: 'SAVE10', amount: 36 }), { status: 201, body: { status: 'completed' } });
  };
  await buy(await signUp(app, 'first', 'student'), courses[0] ?? '');
  await quiet(front);

  const before = counted(front);
  const wishes = courses.flatMap((course) => students.map((student) => ({ course, student })));
  const buyOn = async (): Promise<void> => {
    for (let wish = wishes.pop(); wish !== undefined; wish = wishes.pop()) await buy(wish.student, wish.course);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, buyOn));
  await quiet(front);

  const after = counted(front);
  const each = (what: keyof typeof after): number => (after[what] - before[what]) / PURCHASES;
  t.ok(each('appends') <= 16, `${each('appends')} appends`);
  t.ok(each('reads') <= 4, `${each('reads')} reads of a stream`);
  t.ok(each('heads') + each('pages') <= 0.2, `${each('heads')} reads of the head, ${each('pages')} of pages`);
  t.ok(each('events') <= 26, `${each('events')} events received`);
  t.ok(each('checkpoints') <= 3, `${each('checkpoints')} checkpoints received`);
  t.ok(after.subscriptions - before.subscriptions <= 2, `${after.subscriptions - before.subscriptions} subscriptions begun`);
});
