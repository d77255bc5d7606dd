import t from 'tap';
import { dayInZone } from '../../../src/commands/attendance/day-in-zone.js';
import { founded, joined } from '../../fixtures/organizations.js';
import { openShop } from '../../fixtures/shop.js';

const shop = await openShop();
t.teardown(() => shop.close());
const { send, services: { commands }, clock } = shop;

/** A course with a lesson in an organization, its people, and somebody from elsewhere. */
const school = async () => {
  const people = { owner: await shop.signUp(), ivy: await shop.signUp('instructor'), sam: await shop.signUp(), kim: await shop.signUp(), eve: await shop.signUp() };
  const { owner, ivy, sam, kim } = people;
  const organizationId = await founded(commands, owner.id);
  await joined(commands, { organizationId, by: owner.id, userId: ivy.id, roleId: 'instructor' });
  for (const { id } of [sam, kim]) await joined(commands, { organizationId, by: owner.id, userId: id, roleId: 'student' });
  await shop.caughtUp();
  const course = { title: 'Fugues', description: 'For members', level: 'advanced', category: 'music', price: 0, isPublished: true };
  const courseId = String((await send(ivy, 'POST', `/organizations/${organizationId}/courses`, course)).body['id']);
  const lesson = { courseId, title: 'Two voices', type: 'text', content: 'Listen', isPublished: true };
  const materialId = String((await send(ivy, 'POST', '/materials', lesson)).body['id']);
  return { ...people, organizationId, courseId, materialId, of: (userId: string, more: object = {}) => ({ userId, courseId, materialId, organizationId, status: 'present', ...more }) };
};

const rowsOf = ({ body }: { readonly body: Readonly<Record<string, unknown>> }): readonly unknown[] => (Array.isArray(body['data']) ? body['data'].map(({ userId }: { userId: string }) => userId) : []);

t.test('a day is that of the organization: late in the evening in UTC it is tomorrow in Berlin', async (t) => {
  const moment = new Date('2026-03-28T23:30:00.000Z');
  t.equal(dayInZone(moment, 'Europe/Berlin'), '2026-03-29');
  t.equal(dayInZone(moment, 'America/New_York'), '2026-03-28');
  for (const unknown of [undefined, 7, 'Atlantis/Capital']) t.equal(dayInZone(moment, unknown), '2026-03-28');
});

t.test('one record for a person, a material and a day; a correction is kept beside what stood there', async (t) => {
  const { owner, ivy, sam, organizationId, of } = await school();
  clock.set('2026-03-28T23:30:00.000Z');
  t.equal((await send(owner, 'PATCH', `/organizations/${organizationId}`, { settings: { timeZone: 'Europe/Berlin' } })).status, 200);
  const recorded = await send(ivy, 'POST', '/attendance', of(sam.id, { notes: 'by train' }));
  t.match(recorded, { status: 201, body: { userId: sam.id, day: '2026-03-29', status: 'present', notes: 'by train' } });
  t.match(await send(ivy, 'POST', '/attendance', of(sam.id)), { status: 409, body: { detail: /correct it with a PATCH/ } });
  const answers = await Promise.all(Array.from({ length: 50 }, () => send(ivy, 'POST', '/attendance', of(sam.id, { day: '2026-03-27' }))));
  t.equal(answers.filter(({ status }) => status === 201).length, 1);
  t.equal(answers.filter(({ status }) => status === 409).length, 49);

  const url = `/attendance/${String(recorded.body['id'])}`;
  t.match(await send(ivy, 'PATCH', url, { status: 'late', day: '2026-01-01', courseId: 'other' }), { status: 200, body: { status: 'late', day: '2026-03-29', notes: 'by train' } });
  const events = await shop.events(`attendance-${String(recorded.body['id'])}`);
  t.same(events.map(({ type }) => type), ['AttendanceCreated', 'AttendanceChanged']);
  t.match(await send(ivy, 'DELETE', url), { status: 200, body: { deleted: true } });
  t.equal((await send(ivy, 'GET', url)).status, 404);
  t.equal((await shop.events(`attendance-${String(recorded.body['id'])}`)).length, 3);
});

t.test('what does not belong together is refused by its field', async (t) => {
  const { ivy, sam, eve, of } = await school();
  const other = await school();
  const refused = async (more: object, field: string) =>
    t.match(await send(ivy, 'POST', '/attendance', of(sam.id, more)), { status: 422, body: { errors: [{ field }] } }, field);
  await refused({ courseId: other.courseId }, 'courseId');
  await refused({ materialId: other.materialId }, 'materialId');
  await refused({ userId: eve.id }, 'userId');
  await refused({ day: '2999-01-01' }, 'day');
  t.equal((await send(ivy, 'POST', '/attendance', of(sam.id, { status: 'asleep' }))).status, 400);
  t.equal((await send(ivy, 'POST', '/attendance', of(sam.id, { day: '2026-02-30' }))).status, 400);
  t.equal((await send(ivy, 'POST', '/attendance', of(sam.id, { organizationId: 'nowhere' }))).status, 404);
});

t.test('who manages attendance writes and reads it, a person reads their own, and nobody else sees that there is any', async (t) => {
  const { owner, ivy, sam, kim, eve, organizationId, courseId, of } = await school();
  for (const as of [sam, eve]) t.equal((await send(as, 'POST', '/attendance', of(kim.id))).status, 403);
  t.equal((await send(null, 'POST', '/attendance', of(kim.id))).status, 401);
  const url = `/attendance/${String((await send(ivy, 'POST', '/attendance', of(sam.id))).body['id'])}`;
  t.equal((await send(owner, 'POST', '/attendance', of(kim.id))).status, 201);
  const seen = [];
  for (const as of [owner, ivy, sam, shop.admin, kim, eve, null]) seen.push((await send(as, 'GET', url)).status);
  t.same(seen, [200, 200, 200, 200, 404, 404, 401]);
  for (const method of ['PATCH', 'DELETE'] as const) {
    t.equal((await send(sam, method, url, { status: 'excused' })).status, 403);
    t.equal((await send(eve, method, url, { status: 'excused' })).status, 404);
  }
  t.same(rowsOf(await send(ivy, 'GET', `/attendance?organizationId=${organizationId}`)).toSorted(), [sam.id, kim.id].toSorted());
  t.same(rowsOf(await send(ivy, 'GET', `/attendance?organizationId=${organizationId}&courseId=${courseId}&userId=${sam.id}`)), [sam.id]);
  t.same(rowsOf(await send(sam, 'GET', '/attendance')), [sam.id]);
  t.same(rowsOf(await send(sam, 'GET', `/attendance?organizationId=${organizationId}`)), [sam.id]);
  t.equal((await send(sam, 'GET', `/attendance?userId=${kim.id}`)).status, 403);
  t.same(rowsOf(await send(eve, 'GET', `/attendance?courseId=${courseId}`)), []);
  t.ok(rowsOf(await send(shop.admin, 'GET', '/attendance')).length >= 2);
  t.equal((await send(null, 'GET', '/attendance')).status, 401);
});
