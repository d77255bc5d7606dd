import t from 'tap';
import { leaveOrganization, removeMember } from '../../../../src/commands/organizations/join-and-leave.js';
import { formerMembersConsumer } from '../../../../src/workers/former-members/close-courses.js';
import { contextFor } from '../../../fixtures/command-services.js';
import { actorOf, founded, invited, joined, valueOf } from '../../../fixtures/organizations.js';
import { openShop, type Answer } from '../../../fixtures/shop.js';
import type { SignedUp } from '../../../fixtures/test-app.js';

const shop = await openShop();
t.teardown(() => shop.close());
const { send, services: { commands } } = shop;

const idsOf = ({ body }: Answer): readonly unknown[] => (body as { data: readonly { id: unknown }[] }).data.map(({ id }) => id);
const newCourse = { title: 'Secret canons', description: 'For members', level: 'advanced', category: 'music', isPublished: true, isOrgPrivate: true };

/** An organization of people of every kind, with an instructor who has private courses. */
const school = async () => {
  const people = { owner: await shop.signUp(), ivy: await shop.signUp('instructor'), sam: await shop.signUp(), guest: await shop.signUp(), eve: await shop.signUp(), editor: await shop.signUp(), gone: await shop.signUp(), out: await shop.signUp() };
  const { owner, ivy, sam, guest, gone, out } = people;
  const organizationId = await founded(commands, owner.id);
  const join = (userId: string, roleId = 'student') => joined(commands, { organizationId, by: owner.id, userId, roleId });
  await join(ivy.id, 'instructor');
  for (const { id } of [sam, gone, out]) await join(id);
  await invited(commands, { organizationId, by: owner.id, userId: guest.id });
  const leave = async ({ id }: SignedUp): Promise<void> => {
    await valueOf(leaveOrganization(commands)({ actor: actorOf(id), organizationId }, contextFor()));
    await shop.caughtUp();
  };
  await leave(gone);
  await valueOf(removeMember(commands)({ actor: actorOf(owner.id), organizationId, userId: out.id }, contextFor()));
  await shop.caughtUp();
  const course = async (price = 20, fields: object = {}): Promise<string> =>
    String((await send(ivy, 'POST', `/organizations/${organizationId}/courses`, { ...newCourse, price, ...fields })).body['id']);
  const within = (as: SignedUp) => send(as, 'POST', '/users/switch-context', { organizationId });
  return { ...people, organizationId, course, leave, within };
};

void t.test('who manages the courses of an organization writes and reads their materials, and no other member does', async (t) => {
  const { owner, ivy, sam, eve, organizationId, course } = await school();
  const courseId = await course();
  const made = await send(owner, 'POST', '/materials', { courseId, title: 'Draft', type: 'text', content: 'x' });
  t.equal(made.status, 201);
  const url = `/materials/${String(made.body['id'])}`;
  t.match(await send(owner, 'PATCH', url, { title: 'Better' }), { status: 200, body: { title: 'Better' } });
  t.match(await send(owner, 'GET', `/materials/course/${courseId}`), { status: 200, body: { total: 1 } });
  t.match(await send(ivy, 'GET', url), { status: 200 });
  for (const as of [sam, eve]) t.equal((await send(as, 'GET', url)).status, 404);
  t.not((await send(sam, 'PATCH', url, { title: 'Mine' })).status, 200);
  const elsewhere = String((await send(ivy, 'POST', '/courses', { ...newCourse, isOrgPrivate: false, price: 1 })).body['id']);
  t.equal((await send(owner, 'POST', '/materials', { courseId: elsewhere, title: 'x', type: 'text', content: 'x' })).status, 403, `${organizationId} is not the organization of every course`);
});

/** What the answer to a stranger says, without what names the request. */
const words = ({ status, body: { instance: _request, details: _details, ...body } }: Answer) => ({ status, ...body });

void t.test('to all but members and its people a private course is one that does not exist', async (t) => {
  const { owner, ivy, sam, guest, eve, editor, gone, out, course } = await school();
  const id = await course();
  await send(ivy, 'POST', `/courses/${id}/editors`, { editorId: editor.id });
  const strangers = [guest, eve, gone, out];
  const routes = (courseId: string) =>
    [
      ['GET', `/courses/${courseId}`, undefined],
      ['PATCH', `/courses/${courseId}`, { title: 'Mine' }],
      ['DELETE', `/courses/${courseId}`, undefined],
      ['POST', `/courses/${courseId}/enroll`, undefined],
      ['POST', `/courses/${courseId}/editors`, { editorId: eve.id }],
      ['DELETE', `/courses/${courseId}/editors/${eve.id}`, undefined],
      ['POST', '/cart/items', { courseId }],
    ] as const;
  for (const as of strangers) {
    for (const [place, [method, url, body]] of routes(id).entries()) {
      const [, absentUrl = '', absentBody] = routes('unknown')[place] ?? [];
      const [hidden, absent] = [await send(as, method, url, body), await send(as, method, absentUrl, absentBody)];
      t.equal(hidden.status, 404, `${method} ${url}`);
      t.same(words(hidden), words(absent), `${method} ${url}`);
    }
    const bought = (courseId: string) => send(as, 'POST', '/payments', shop.purchase([courseId], { userId: as.id, amount: 20 }));
    t.same(words(await bought(id)), words(await bought('unknown')));
    t.equal((await bought(id)).status, 404);
  }
  const anonymous = (courseId: string) => send(null, 'GET', `/courses/${courseId}`);
  t.same(words(await anonymous(id)), words(await anonymous('unknown')));
  for (const as of [owner, ivy, sam, editor, shop.admin]) t.match(await send(as, 'GET', `/courses/${id}`), { status: 200, body: { id, isOrgPrivate: true } });
  t.equal((await send(ivy, 'PATCH', `/courses/${id}`, { isPublished: false })).status, 200);
  t.equal((await send(sam, 'GET', `/courses/${id}`)).status, 404, 'members see what is published');
  t.equal((await send(sam, 'POST', '/cart/items', { courseId: id })).status, 404);
  t.equal((await send(owner, 'GET', `/courses/${id}`)).status, 200, 'owners manage the courses');
});

void t.test('lists and searches show it to members who work within the organization', async (t) => {
  const { ivy, sam, eve, gone, guest, course, within, leave } = await school();
  const id = await course(20, { title: 'Unheard polyphony' });
  const lists = ['/courses', '/courses?search=unheard', '/courses?category=music&level=advanced', `/courses/instructor/${ivy.id}`];
  const shownTo = async (as: SignedUp | null) => (await Promise.all(lists.map(async (url) => idsOf(await send(as, 'GET', url)).includes(id)))).filter(Boolean).length;
  for (const as of [null, sam, eve, gone, guest]) t.equal(await shownTo(as), 0);
  t.equal(await shownTo(ivy), 1, 'the instructor has all of them in the own list');
  t.equal((await within(sam)).status, 200);
  t.equal(await shownTo(sam), lists.length);
  for (const as of [eve, gone, guest]) t.equal((await within(as)).status, 403);
  await leave(sam);
  t.equal(await shownTo(sam), 0);
});

void t.test('a member buys it, and keeps it when the membership is over', async (t) => {
  const { sam, eve, gone, course, leave } = await school();
  const [id, other] = [await course(20), await course(30)];
  for (const courseId of [id, other]) t.equal((await send(sam, 'POST', '/cart/items', { courseId })).status, 201);
  t.match((await send(sam, 'GET', '/cart')).body, { items: [{ courseId: id, isAvailable: true }, { courseId: other, isAvailable: true }], subtotals: [{ amount: 50 }] });
  t.equal((await send(sam, 'POST', '/payments', shop.purchase([id], { userId: sam.id, amount: 20 }))).status, 201);
  await shop.settled();
  await leave(sam);
  const consumer = formerMembersConsumer(commands);
  for (const event of await shop.events()) await consumer.handle(event);
  await shop.settled();
  t.match((await send(sam, 'GET', '/cart')).body, { items: [{ courseId: other, isAvailable: false }], subtotals: [] }, 'what is left in the cart can not be bought');
  t.equal((await send(sam, 'POST', '/payments', shop.purchase([other], { userId: sam.id, amount: 30 }))).status, 404);
  t.match(await send(sam, 'GET', `/courses/${id}`), { status: 200, body: { id } });
  t.same(idsOf(await send(sam, 'GET', '/courses/user/purchased')), [id]);
  t.equal((await send(sam, 'GET', `/courses/${other}`)).status, 404);
  for (const as of [eve, gone]) t.equal((await send(shop.admin, 'POST', '/payments', shop.purchase([id], { userId: as.id, amount: 20 }))).status, 404, 'an admin buys nothing for who is no member');
});

void t.test('a member enrolls in a free one until the membership ends', async (t) => {
  const { sam, eve, course, leave } = await school();
  const id = await course(0);
  t.match(await send(sam, 'POST', `/courses/${id}/enroll`), { status: 200, body: { status: 'active', sources: ['organization'] } });
  t.equal((await send(eve, 'POST', `/courses/${id}/enroll`)).status, 404);
  t.same(idsOf(await send(sam, 'GET', '/courses/user/purchased')), [id]);
  await leave(sam);
  const consumer = formerMembersConsumer(commands);
  for (const event of await shop.events()) await consumer.handle(event);
  await shop.settled();
  t.same(idsOf(await send(sam, 'GET', '/courses/user/purchased')), []);
  t.equal((await send(sam, 'GET', `/courses/${id}`)).status, 404);
});

void t.test('a discount code does not tell of it either', async (t) => {
  const { ivy, sam, eve, course } = await school();
  const id = await course();
  const code = { type: 'course_specific', value: 10, valueType: 'percentage', applicableOn: 'both' };
  t.equal((await send(ivy, 'POST', '/discounts', { ...code, code: 'MEMBERS', courseId: id })).status, 201);
  t.match((await send(sam, 'GET', '/discounts/code/members')).body, { courseId: id });
  t.same(words(await send(eve, 'GET', '/discounts/code/members')), words(await send(eve, 'GET', '/discounts/code/nothing')));
  const open = await shop.course(12.5);
  const pay = (discountCode: string) => send(eve, 'POST', '/payments', shop.purchase([open], { userId: eve.id, discountCode }));
  t.same(words(await pay('MEMBERS')), words(await pay('NOTHING')));
  t.notMatch(JSON.stringify((await pay('MEMBERS')).body), id);
  const teacher = await shop.signUp('instructor');
  const issue = (courseId: string) => send(teacher, 'POST', '/discounts', { ...code, code: 'THEIRS', courseId });
  t.same(words(await issue(id)), words(await issue('unknown')));
  t.equal((await issue(id)).status, 404);
});
