import type { LightMyRequestResponse } from 'fastify';
import t from 'tap';
import { createRole } from '../../../../src/commands/organizations/organization-roles.js';
import { deleteOrganization } from '../../../../src/commands/organizations/change-organization.js';
import { createRecord } from '../../../../src/commands/records/create-record.js';
import type { Permission } from '../../../../src/domain/organization/permissions.js';
import { level } from '../../../../src/domain/resources/level.js';
import { term } from '../../../../src/domain/resources/term.js';
import { contextFor } from '../../../fixtures/command-services.js';
import { courseClient, newCourse } from '../../../fixtures/course-client.js';
import { actorOf, founded, invited, joined, valueOf } from '../../../fixtures/organizations.js';
import type { SignedUp } from '../../../fixtures/test-app.js';

const idsOf = (answer: LightMyRequestResponse): readonly string[] => answer.json<{ data: { id: string }[] }>().data.map(({ id }) => id);
const idOf = (answer: LightMyRequestResponse): string => answer.json<{ id: string }>().id;

const { app, call } = await courseClient(t);
const { commands } = app.services;

/** An organization with an owner, an instructor, a manager of courses, a member and one who is only invited. */
const school = async () => {
  const people = { owner: await app.signUp(), ivy: await app.signUp(), max: await app.signUp(), sam: await app.signUp(), guest: await app.signUp(), eve: await app.signUp() };
  const { owner, ivy, max, sam, guest } = people;
  const organizationId = await founded(commands, owner.id);
  const permissions: readonly Permission[] = ['courses.manage'];
  const { roleId } = await valueOf(createRole(commands)({ actor: actorOf(owner.id), organizationId, name: 'Head of courses', permissions }, contextFor()));
  const join = (userId: string, role: string) => joined(commands, { organizationId, by: owner.id, userId, roleId: role });
  await join(ivy.id, 'instructor');
  await join(max.id, roleId);
  await join(sam.id, 'student');
  await invited(commands, { organizationId, by: owner.id, userId: guest.id });
  await app.caughtUp();
  const url = `/organizations/${organizationId}/courses`;
  const draw = async (as: SignedUp, fields: object = {}): Promise<string> => {
    const answer = await call('POST', url, as, { ...newCourse, ...fields });
    if (answer.statusCode !== 201) throw new Error(answer.body);
    app.clock.advance(1_000);
    return idOf(answer);
  };
  const placed = async (kind: 'term' | 'level', name: string): Promise<string> => {
    const input = { actor: actorOf(owner.id), fields: { organizationId, name } };
    const { recordId } = kind === 'term' ? await valueOf(createRecord(term)(commands)(input, contextFor())) : await valueOf(createRecord(level)(commands)(input, contextFor()));
    return recordId;
  };
  return { ...people, organizationId, url, draw, placed };
};

void t.test('who may create courses in an organization is a matter of its roles, not of the marketplace', async (t) => {
  const { owner, ivy, max, sam, guest, eve, organizationId, url } = await school();
  const statusOf = async (as: SignedUp | null, to = url, body: object = newCourse) => (await call('POST', to, as, body)).statusCode;
  t.equal(await statusOf(null), 401);
  for (const as of [max, sam, guest, eve]) t.equal(await statusOf(as), 403);
  t.equal(await statusOf(owner), 201);
  t.equal(await statusOf(await app.signUp('admin')), 201);
  t.equal(await statusOf(ivy, '/organizations/none/courses'), 404);
  const answer = await call('POST', url, ivy, { ...newCourse, isOrgPrivate: true });
  t.equal(answer.statusCode, 201);
  t.match(answer.json(), { organizationId, isOrgPrivate: true, instructorId: ivy.id, termId: null, levelId: null });

  const teacher = await app.signUp('instructor');
  for (const isOrgPrivate of [true, false]) {
    const there = await call('POST', '/courses', teacher, { ...newCourse, organizationId, isOrgPrivate });
    t.match(there.json(), { status: 403, code: 'organization-not-permitted' }, 'the other way to create them is no other door');
  }
  t.match((await call('POST', '/courses', teacher, { ...newCourse, organizationId: 'none' })).json(), { status: 404, code: 'organization-not-found' });
});

void t.test('each account sees what is on sale to it and what it runs; who manages the courses sees all', async (t) => {
  const { owner, ivy, max, sam, guest, eve, organizationId, url, draw } = await school();
  const open = await draw(ivy);
  const secret = await draw(ivy, { isOrgPrivate: true });
  const draft = await draw(ivy, { isPublished: false });
  const ownersDraft = await draw(owner, { isPublished: false, isOrgPrivate: true });
  await call('DELETE', `/courses/${await draw(ivy)}`, ivy);
  const seen = async (as: SignedUp | null, query = '') => idsOf(await call('GET', `${url}${query}`, as));
  for (const as of [null, guest, eve]) t.same(await seen(as), [open]);
  t.same(await seen(sam), [secret, open]);
  t.same(await seen(ivy), [draft, secret, open]);
  for (const as of [owner, max, await app.signUp('admin')]) t.same(await seen(as), [ownersDraft, draft, secret, open]);
  t.equal((await call('POST', `/courses/${ownersDraft}/editors`, owner, { editorId: ivy.id })).statusCode, 200);
  t.same(await seen(ivy), [ownersDraft, draft, secret, open], 'an editor sees what is to be edited');

  t.same(await seen(ivy, '?isPublished=false'), [ownersDraft, draft]);
  t.same(await seen(sam, '?isPublished=false'), []);
  t.same(await seen(max, '?isPublished=true'), [secret, open]);
  t.same(await seen(max, `?instructor=${owner.id}`), [ownersDraft]);
  t.same(await seen(sam, `?instructor=${owner.id}`), []);
  t.match((await call('GET', `${url}?limit=2&page=2`, ivy)).json(), { data: [{ id: secret }, { id: open }], page: 2, total: 4, totalPages: 2 });
  t.equal((await call('GET', `${url}?isPublished=perhaps`)).statusCode, 400);
  t.equal((await call('GET', '/organizations/none/courses')).statusCode, 404);

  await valueOf(deleteOrganization(commands)({ actor: actorOf(owner.id), organizationId }, contextFor()));
  await app.caughtUp();
  t.equal((await call('GET', url, owner)).statusCode, 404);
  const reads = async (as: SignedUp) => (await call('GET', `/courses/${secret}`, as)).statusCode;
  t.same([await reads(ivy), await reads(sam), await reads(max), await reads(owner)], [200, 404, 404, 404], 'the course stays with its instructor');
  const take = (as: SignedUp) => call('POST', '/cart/items', as, { courseId: secret });
  t.match((await take(ivy)).json(), { status: 403, code: 'course-private' }, 'who knows of the course is told why');
  t.match((await take(sam)).json(), { status: 404, code: 'course-not-found' });
});

void t.test('editors and who manages the courses change a course; what is no business of theirs is 404 or 403', async (t) => {
  const { owner, ivy, max, sam, eve, url, draw } = await school();
  const [open, secret] = [await draw(ivy), await draw(ivy, { isOrgPrivate: true })];
  const patch = (as: SignedUp | null, id: string, body: object = { title: 'New' }, to = url) => call('PATCH', `${to}/${id}`, as, body);
  t.equal((await patch(null, open)).statusCode, 401);
  for (const as of [sam, eve]) t.equal((await patch(as, open)).statusCode, 403);
  const missing = (await patch(eve, 'unknown')).json<{ detail: string }>();
  const hidden = (await patch(eve, secret)).json<{ detail: string }>();
  t.match([missing, hidden], [{ status: 404, code: 'course-not-found' }, { status: 404, code: 'course-not-found', detail: missing.detail }]);
  t.equal((await patch(sam, secret)).statusCode, 403, 'a member knows of it');
  for (const as of [ivy, max, owner]) t.match((await patch(as, secret, { title: as.id, price: 3 })).json(), { id: secret, title: as.id, price: 3 });
  t.match((await call('PATCH', `/courses/${secret}`, max, { isOrgPrivate: false })).json(), { isOrgPrivate: false }, 'also where courses are changed otherwise');

  const elsewhere = await school();
  t.equal((await patch(ivy, open, { title: 'x' }, elsewhere.url)).statusCode, 404, 'a course is looked for in its organization alone');
  t.equal((await call('DELETE', `${elsewhere.url}/${open}`, ivy)).statusCode, 404);

  t.equal((await call('DELETE', `${url}/${open}`, sam)).statusCode, 403);
  t.match((await call('DELETE', `${url}/${open}`, max)).json(), { id: open, deleted: true });
  t.equal((await call('DELETE', `${url}/${open}`, max)).statusCode, 404);
  t.equal((await call('GET', `/courses/${open}`, ivy)).statusCode, 404);
});

void t.test('a course is assigned to a term of its organization, and has a level', async (t) => {
  const { ivy, max, sam, owner, eve, url, organizationId, draw, placed } = await school();
  const [spring, first] = [await placed('term', 'Spring'), await placed('level', 'First year')];
  const foreign = await (await school()).placed('term', 'Spring');
  const [a, b] = [await draw(ivy, { levelId: first }), await draw(owner)];
  const assign = (as: SignedUp | null, id: string, termId: unknown = spring) => call('PATCH', `${url}/${id}/assign-term`, as, { termId });
  t.equal((await assign(null, a)).statusCode, 401);
  t.equal((await call('PATCH', `${url}/${a}/assign-term`, ivy, {})).statusCode, 400);
  t.equal((await assign(ivy, a, 7)).statusCode, 400);
  for (const as of [sam, eve]) t.match((await assign(as, a)).json(), { status: 403, code: 'organization-not-permitted' });
  t.equal((await assign(ivy, b)).statusCode, 403, 'an instructor assigns their own');
  t.match((await assign(ivy, a, foreign)).json(), { status: 422, code: 'placement-not-found' });
  t.match((await assign(ivy, a)).json(), { id: a, termId: spring, levelId: first });
  t.match((await assign(max, b)).json(), { id: b, termId: spring, levelId: null });
  t.match((await app.events(`course-${b}`)).at(-1), { type: 'CourseTermAssigned', data: { courseId: b, termId: spring }, metadata: { actorId: max.id } });
  const listed = async (query: string) => idsOf(await call('GET', `${url}?${query}`));
  t.same(await listed(`termId=${spring}`), [b, a]);
  t.same(await listed(`levelId=${first}`), [a]);
  t.same(await listed(`termId=${spring}&levelId=${first}`), [a]);
  t.same(await listed(`termId=${foreign}`), []);
  t.match((await assign(ivy, a, null)).json(), { termId: null });
  t.same(await listed(`termId=${spring}`), [b]);

  t.match((await call('PATCH', `${url}/${a}`, ivy, { levelId: null })).json(), { levelId: null });
  t.match((await call('PATCH', `${url}/${a}`, ivy, { levelId: 'none' })).json(), { status: 422, code: 'placement-not-found' });
  t.match((await call('POST', url, ivy, { ...newCourse, levelId: 'none' })).json(), { status: 422, code: 'placement-not-found' });
  const alone = idOf(await call('POST', '/courses', await app.signUp('admin'), newCourse));
  t.equal((await call('PATCH', `/courses/${alone}`, await app.signUp('admin'), { levelId: first })).statusCode, 422);
  t.match((await call('GET', `/courses/${a}`)).json(), { organizationId, termId: null });
});
