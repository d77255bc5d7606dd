import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { documentsIn } from '../log-copy/day-of-use.js';
import { pay, publishCourse, RunningApplication, signUp, text } from './running-application.js';
import { fc } from '../fixtures/properties.js';

/** Random actions of people in a shop, including some that the program refuses. */
const randomDay = async (app: RunningApplication): Promise<void> => {
  const admin = await signUp(app, 'ada', 'admin');
  const teacher = await signUp(app, 'ivo', 'instructor');
  const students = await Promise.all(['sam', 'kim', 'lee'].map((name) => signUp(app, name, 'student')));
  const courses: string[] = [];
  for (const [index, capacity] of [null, 2, 3].entries()) {
    courses.push(await publishCourse(app, teacher, `Course ${index}`, capacity === null ? {} : { capacity }));
  }
  const free = await publishCourse(app, teacher, 'Free', { price: 0 });
  await app.call({
    method: 'POST', url: '/discounts', token: admin.token,
    payload: { code: 'HALF', type: 'platform_wide', value: 50, valueType: 'percentage', applicableOn: 'both', maxUses: 2 },
  });
  const payments: string[] = [];
  const some = <Value>(values: readonly Value[], index: number): Value => {
    const value = values[index % values.length];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  };
  const steps = fc.sample(fc.tuple(fc.nat(9), fc.nat(5), fc.nat(5)), { numRuns: 120, seed: 20_260_301 });
  for (const [what, who, which] of steps) {
    const student = some(students, who);
    const courseId = some(courses, which);
    const { token } = student;
    if (what <= 1) await app.call({ method: 'POST', url: '/cart/items', token, payload: { courseId } });
    else if (what === 2) await app.call({ method: 'DELETE', url: `/cart/items/${courseId}`, token });
    else if (what === 3) await app.call({ method: 'POST', url: `/courses/${free}/enroll`, token });
    else if (what === 4) await app.call({ method: 'PATCH', url: `/courses/${courseId}`, token: teacher.token, payload: { title: `Renamed ${who}`, tags: ['x'] } });
    else if (what <= 7) {
      const more = [{}, { paymentToken: 'sandbox-declined' }, { paymentMethod: 'cash' }, { discountCode: 'HALF', amount: 20 }][(who + which) % 4] ?? {};
      const { status, body } = await pay(app, student, [courseId], more);
      if (status === 201) payments.push(text(body.id));
    } else if (payments.length > 0) {
      const payload = what === 8 ? { status: 'refunded', ...(who % 2 === 0 ? { amount: 5 } : {}) } : { status: 'completed' };
      await app.call({ method: 'PATCH', url: `/payments/${some(payments, which)}`, token: admin.token, payload });
    }
  }
  await app.settle();
};

/** A school from its founding until a role is deleted; some join, leave, come back and are removed. */
const schoolYear = async (app: RunningApplication): Promise<void> => {
  const [head, ...students] = await Promise.all(['hal', 'pat', 'joe', 'eva'].map((name) => signUp(app, name, 'student')));
  if (head === undefined) throw new Error('nobody is there');
  const { token } = head;
  const school = text((await app.call({ method: 'POST', url: '/organizations', token, payload: { name: 'School' } })).body.id);
  const url = `/organizations/${school}`;
  const roleId = text((await app.call({ method: 'POST', url: `${url}/roles`, token, payload: { name: 'Tutor', permissions: ['members.read'] } })).body.id);
  const levelId = text((await app.call({ method: 'POST', url: '/levels', token, payload: { name: 'First', organizationId: school } })).body.id);
  const termId = text((await app.call({ method: 'POST', url: `${url}/terms`, token, payload: { name: 'Autumn' } })).body.id);
  for (const [index, student] of [...students, ...students].entries()) {
    await app.call({ method: 'POST', url: `${url}/members`, token, payload: { userId: student.id, roleId, levelId, termId } });
    if (index !== 5) await app.call({ method: 'POST', url: `${url}/invitations/accept`, token: student.token });
    await app.call({ method: 'POST', url: '/users/switch-context', token: student.token, payload: { organizationId: school } });
    if (index % 3 === 0) await app.call({ method: 'POST', url: `${url}/members/leave`, token: student.token });
    if (index % 3 === 2) await app.call({ method: 'DELETE', url: `${url}/members/${student.id}`, token });
  }
  await app.call({ method: 'DELETE', url: `/levels/${levelId}`, token });
  await app.call({ method: 'DELETE', url: `${url}/roles/${roleId}`, token });
  await app.settle();
};

const checkpointsOf = async (app: RunningApplication): Promise<unknown> => {
  const { body } = await app.call({ method: 'GET', url: '/health' });
  return Array.isArray(body.projections) && body.projections.map(({ projection, checkpoint }: Record<string, unknown>) => [projection, checkpoint]);
};

t.test('pitfalls 20 and 22: all read models dropped and replayed are the same, and the replay has no effect', async (t) => {
  const app = await RunningApplication.start(t);
  await randomDay(app);
  await schoolYear(app);
  const headBefore = await checkpointsOf(app);
  await app.stop();
  const before = await documentsIn(app.folder);
  const mailsBefore = await readdir(join(app.folder, 'outbox'));
  t.ok(Object.keys(before).length > 80, `${Object.keys(before).length} documents`);

  await rm(join(app.folder, 'read-models'), { recursive: true });
  await app.boot();
  await app.until(async () => {
    const { body } = await app.call({ method: 'GET', url: '/health' });
    return Array.isArray(body.projections) && body.projections.every(({ behind }: { behind: number }) => behind === 0);
  });
  t.same(await checkpointsOf(app), headBefore, 'the log is as long as it was');
  await app.stop();
  const after = await documentsIn(app.folder);
  t.same(after, before);
  t.same(await readdir(join(app.folder, 'outbox')), mailsBefore);
});
