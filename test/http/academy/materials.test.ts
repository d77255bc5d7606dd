import t from 'tap';
import { aggregates } from '../../../src/domain/aggregates.js';
import { contextFor } from '../../fixtures/command-services.js';
import { createAcademyApp } from './academy-app.js';

const app = await createAcademyApp();
t.teardown(() => app.close());
const { send, must, services: { commands } } = app;
const admin = await app.admin();
const enrolled = await app.umum();
const stranger = await app.dike();
const guest = await app.guest();
const courseId = await app.course();
const NOBODY = '00000000-0000-4000-8000-000000000000';

const at = commands.clock.now();
const grant = { type: 'GrantAccess', data: { studentId: enrolled.id, courseId, grantId: 'g', source: 'package', at: at.toISOString() } } as const;
await commands.handler.handle(aggregates.enrollment, `${enrolled.id}.${courseId}`, grant, contextFor());
await app.caughtUp();

/** A time in WIB, so many hours from now. */
const wib = (hours: number): string => new Date(at.getTime() + (hours + 7) * 3_600_000).toISOString().slice(0, 19);
const resourceUrl = 'https://drive.example/slides';
const create = (title: string, unlockDate: string, more: object = {}) => send(admin, 'POST', '/materials', { courseId, title, resourceUrl, unlockDate, ...more });

t.test('a material is created, changed and deleted; its date is sent in WIB and kept in UTC (7)', async (t) => {
  const created = await create('Slides', '2025-05-14T01:00:00', { description: 'Of the first meeting' });
  t.same([created.status, created.message], [201, 'Material created successfully']);
  t.match(created.data, { courseId, title: 'Slides', description: 'Of the first meeting', resourceUrl, unlockDate: '2025-05-13T18:00:00.000Z' });
  const id = String(created.data['id']);
  const changed = await send(admin, 'PUT', `/materials/${id}`, { courseId: NOBODY, title: 'Notes', unlockDate: '2025-05-14T01:00:00+07:00' });
  t.same([changed.status, changed.message], [200, 'Material updated successfully']);
  t.match(changed.data, { id, courseId, title: 'Notes', unlockDate: '2025-05-13T18:00:00.000Z' });
  t.same((await send(admin, 'DELETE', `/materials/${id}`)).body, { status: 'success', message: 'Material deleted successfully', data: null });
  for (const [method, body] of [['GET', undefined], ['PUT', { title: 'More' }], ['DELETE', undefined]] as const) {
    const gone = await send(admin, method, `/materials/${id}`, body);
    t.same([gone.status, gone.body], [404, { status: 'error', message: 'Material not found', errors: null }]);
  }
});

t.test('bad materials are refused', async (t) => {
  const bad = await send(admin, 'POST', '/materials', { courseId, title: 'ab', resourceUrl: 'ftp://x', unlockDate: '2025-05-14T01:00:00' });
  t.match([bad.status, bad.body], [400, { message: 'Invalid material data', errors: [{ field: 'title', message: 'Title must be at least 3 characters' }, { field: 'resourceUrl' }] }]);
  for (const unlockDate of ['14 Mei 2025', '2025-02-30T01:00:00']) {
    const answer = await create('Dated', unlockDate);
    t.same([answer.status, answer.body], [400, { status: 'error', message: 'Invalid unlock date format', errors: null }]);
  }
  const unknown = await create('Elsewhere', wib(0), { courseId: NOBODY });
  t.same([unknown.status, unknown.message], [404, 'Course not found']);
  const raced = await Promise.all(['Raced', 'RACED'].map((title) => create(title, wib(0))));
  t.same(raced.map(({ status }) => status).toSorted(), [201, 400]);
  t.same(raced.find(({ status }) => status === 400)?.body, { status: 'error', message: 'A material with this title already exists in this course', errors: null });
});

t.test('an empty description is none: what is read can be sent back', async (t) => {
  for (const description of ['', null]) {
    const created = await create(`Described by ${String(description)}`, wib(0), { description });
    t.same([created.status, created.data['description']], [201, null]);
    const path = `/materials/${String(created.data['id'])}`;
    t.equal((await must(admin, 'PUT', path, { description: 'Of loops' })).data['description'], 'Of loops');
    t.equal((await must(admin, 'PUT', path, { description })).data['description'], null);
    t.equal((await must(admin, 'GET', path)).data['description'], null);
    t.equal((await send(admin, 'PUT', path, { description: 5 })).status, 400);
  }
});

t.test('who sees which link, and when (7)', async (t) => {
  const course = await app.course('ENTRY', 'Locked course');
  await commands.handler.handle(aggregates.enrollment, `${enrolled.id}.${course}`, { ...grant, data: { ...grant.data, courseId: course } }, contextFor());
  const early = String((await must(admin, 'POST', '/materials', { courseId: course, title: 'Early', resourceUrl, unlockDate: wib(-1) })).data['id']);
  const late = String((await must(admin, 'POST', '/materials', { courseId: course, title: 'Late', resourceUrl, unlockDate: wib(30) })).data['id']);
  await app.caughtUp();
  const unlock = new Date(at.getTime() + 30 * 3_600_000);
  unlock.setUTCMilliseconds(0);
  const message = `This material will be available from ${new Date(unlock.getTime() + 7 * 3_600_000).toISOString().replace('Z', '+07:00')}`;

  const asAdmin = await send(admin, 'GET', `/materials/course/${course}`);
  t.equal(asAdmin.message, 'Materials retrieved successfully');
  t.match(asAdmin.list, [
    { id: early, enrollmentStatus: 'admin_access', resourceUrl, unlocked: true, adminInfo: { unlocked: true, unlockStatus: 'UNLOCKED', timeUntilUnlock: null, daysUntilUnlock: null } },
    { id: late, enrollmentStatus: 'admin_access', resourceUrl, unlocked: true, adminInfo: { unlocked: false, unlockStatus: 'LOCKED', daysUntilUnlock: 2 } },
  ]);
  t.match(asAdmin.list[1]?.['unlockDate'], { utc: { iso: unlock.toISOString(), timestamp: unlock.getTime() }, wib: { timestamp: unlock.getTime() } });

  for (const path of [`/materials/course/${course}`, `/materials/course/${course}/public`]) {
    t.match((await send(enrolled, 'GET', path)).list, [
      { id: early, enrollmentStatus: 'enrolled', resourceUrl, unlocked: true },
      { id: late, enrollmentStatus: 'enrolled', resourceUrl: null, unlocked: false, message },
    ]);
  }
  for (const caller of [stranger, guest]) {
    const shown = await send(caller, 'GET', `/materials/course/${course}/public`);
    t.match(shown.list, [{ id: early, enrollmentStatus: 'not_enrolled', resourceUrl: null, message: 'Resource access requires enrollment' }, { id: late, resourceUrl: null }]);
    t.notMatch(shown.raw.body, resourceUrl);
  }
  for (const path of [`/materials/course/${course}`, `/materials/${early}`]) {
    const refused = await send(stranger, 'GET', path);
    t.same([refused.status, refused.body], [403, { status: 'error', message: 'You are not enrolled in this course', errors: null }]);
  }
  t.match(await send(enrolled, 'GET', `/materials/${early}`), { status: 200, message: 'Material retrieved successfully', data: { id: early, resourceUrl, unlocked: true } });
  const locked = await send(enrolled, 'GET', `/materials/${late}`);
  t.same([locked.status, locked.body], [403, { status: 'error', message, errors: null }]);
  t.match((await send(admin, 'GET', `/materials/${late}`)).data, { resourceUrl, adminInfo: { unlockStatus: 'LOCKED' } });
  const none = await app.course('ENTRY', 'Nothing here');
  for (const path of ['', '/public']) {
    const missing = await send(admin, 'GET', `/materials/course/${none}${path}`);
    t.same([missing.status, missing.body], [404, { status: 'error', message: 'No materials found for this course', errors: null }]);
  }
});

t.test('admins list all materials, by course and date', async (t) => {
  const all = await send(admin, 'GET', '/materials');
  t.equal(all.message, 'All materials retrieved successfully');
  const places = all.list.map(({ courseId: course, unlockDate }) => `${String(course)} ${(unlockDate as { readonly utc: { readonly iso: string } }).utc.iso}`);
  t.same(places, places.toSorted());
  t.match(all.list.find(({ title }) => title === 'Late'), { course: { title: 'Locked course' }, adminInfo: { unlockStatus: 'LOCKED' } });
  t.equal(all.raw.headers['x-total-count'], String(all.list.length));
  const refused = await send(enrolled, 'GET', '/materials');
  t.same([refused.status, refused.body], [403, { status: 'error', message: "Access denied. Role 'UMUM' is not permitted to perform this action.", errors: null }]);
});
