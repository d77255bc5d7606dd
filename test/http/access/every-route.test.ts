import type { RouteOptions } from 'fastify';
import t from 'tap';
import { founded, joined } from '../../fixtures/organizations.js';
import { openShop } from '../../fixtures/shop.js';
import type { SignedUp } from '../../fixtures/test-app.js';

// Every route with every caller: nobody, accounts without the role, and, where a route is about one thing, strangers to it, its people
// and admins. A route that is added has to be added here, or to the exceptions, each with its reason.

const routes: RouteOptions[] = [];
const shop = await openShop({ onRoute: (route) => routes.push(route) });
t.teardown(() => shop.close());
const { send, admin, ada, sam, kim, services: { commands } } = shop;
type Method = Parameters<typeof send>[1];

const made = async (account: SignedUp, url: string, body: object): Promise<string> => {
  const { status, body: answer } = await send(account, 'POST', url, body);
  if (status !== 201) throw new Error(`${url} answered ${status} ${JSON.stringify(answer)}`);
  return String(answer['id'] ?? answer['roleId']);
};

const olga = await shop.signUp();
const tom = await shop.signUp();
const stranger = { student: await shop.signUp(), instructor: await shop.signUp('instructor') };

const sold = await shop.course();
const draft = await made(ada, '/courses', { title: 'x', description: 'x', level: 'advanced', category: 'x', price: 1 });
const payment = await made(sam, '/payments', shop.purchase([sold]));
await shop.settled();
const invoices = (await send(sam, 'GET', '/invoices')).body['data'] as readonly { readonly id: string; readonly invoiceNumber: string }[];
const [invoice] = invoices;
const discount = await made(ada, '/discounts', { code: 'ADAS', type: 'course_specific', courseId: sold, value: 10, valueType: 'percentage', applicableOn: 'both' });
const organization = await founded(commands, olga.id);
await joined(commands, { organizationId: organization, by: olga.id, userId: tom.id, roleId: 'student' });
await shop.caughtUp();
const role = await made(olga, `/organizations/${organization}/roles`, { name: 'Tutor' });
const level = await made(olga, '/levels', { organizationId: organization, name: 'One' });
const term = await made(olga, `/organizations/${organization}/terms`, { name: 'Spring' });
const course = { title: 'x', description: 'x', level: 'advanced', category: 'x', price: 0, isPublished: true, isOrgPrivate: true };
const privateCourse = await made(olga, `/organizations/${organization}/courses`, course);
const material = await made(olga, '/materials', { courseId: privateCourse, title: 'x', type: 'text', content: 'x' });
const attendance = await made(olga, '/attendance', { userId: tom.id, courseId: privateCourse, materialId: material, organizationId: organization, status: 'late' });
const chat = await made(sam, '/chat', { type: 'private', participants: [kim.id] });

interface Place {
  readonly at: string;
  /** Somebody who may read it. */
  readonly person: SignedUp;
  /** False: private also to admins. */
  readonly admins?: false;
}

const inOrganization = (rest = ''): Place => ({ at: `/organizations/${organization}${rest}`, person: olga });

/** One thing of somebody for each URL. */
const places: Readonly<Record<string, Place>> = {
  '/payments/:id': { at: `/payments/${payment}`, person: sam },
  '/invoices/:id': { at: `/invoices/${invoice?.id}`, person: sam },
  '/invoices/:id/pdf': { at: `/invoices/${invoice?.id}/pdf`, person: sam },
  '/invoices/number/:invoiceNumber': { at: `/invoices/number/${invoice?.invoiceNumber}`, person: sam },
  '/discounts/:id': { at: `/discounts/${discount}`, person: ada },
  '/courses/:id': { at: `/courses/${draft}`, person: ada },
  '/courses/:id/editors': { at: `/courses/${draft}/editors`, person: ada },
  '/courses/:id/editors/:editorId': { at: `/courses/${draft}/editors/${kim.id}`, person: ada },
  '/chat/:id': { at: `/chat/${chat}`, person: kim, admins: false },
  '/chat/:id/messages': { at: `/chat/${chat}/messages`, person: kim, admins: false },
  '/organizations/:id': inOrganization(),
  '/organizations/:id/members': inOrganization('/members'),
  '/organizations/:id/members/:userId': inOrganization(`/members/${tom.id}`),
  '/organizations/:id/users': inOrganization('/users'),
  '/organizations/:id/users/:userId': inOrganization(`/users/${tom.id}`),
  '/organizations/:id/users/:userId/role': inOrganization(`/users/${tom.id}/role`),
  '/organizations/:id/roles': inOrganization('/roles'),
  '/organizations/:id/roles/:roleId': inOrganization(`/roles/${role}`),
  '/organizations/:id/courses': inOrganization('/courses'),
  '/organizations/:id/courses/:courseId': inOrganization(`/courses/${privateCourse}`),
  '/organizations/:id/courses/:courseId/assign-term': inOrganization(`/courses/${privateCourse}/assign-term`),
  '/organizations/:organizationId/terms': inOrganization('/terms'),
  '/levels/:id': { at: `/levels/${level}`, person: tom },
  '/levels/organization/:organizationId': { at: `/levels/organization/${organization}`, person: tom },
  '/terms/:id': { at: `/terms/${term}`, person: tom },
  '/materials/:id': { at: `/materials/${material}`, person: olga },
  '/materials/course/:courseId': { at: `/materials/course/${privateCourse}`, person: olga },
  '/attendance/:id': { at: `/attendance/${attendance}`, person: tom },
  '/operations/read-models/:name': { at: '/operations/read-models/accounts', person: admin },
  '/operations/read-models/:name/rebuild': { at: '/operations/read-models/accounts/rebuild', person: admin },
  '/operations/dead-letters/:id/replay': { at: '/operations/dead-letters/x/replay', person: admin },
  '/operations/mails/:id/resend': { at: '/operations/mails/x/resend', person: admin },
  '/operations/mails/:id/settle': { at: '/operations/mails/x/settle', person: admin },
  '/analysis/instructor/:instructorId/count': { at: `/analysis/instructor/${ada.id}/count`, person: ada },
};

const bodies: Readonly<Record<string, object>> = {
  'POST /courses/:id/editors': { editorId: kim.id },
  'POST /chat/:id/messages': { text: 'x', clientMessageId: 'x' },
  'POST /organizations/:id/members': { userId: kim.id, roleId: 'student' },
  'POST /organizations/:id/roles': { name: 'x' },
  'POST /organizations/:organizationId/terms': { name: 'x' },
  'POST /organizations/:id/courses': course,
  'PATCH /organizations/:id/users/:userId/role': { roleId: 'student' },
  'PATCH /organizations/:id/courses/:courseId/assign-term': { termId: term },
  'PATCH /payments/:id': { status: 'cancelled' },
};

/** Routes of anybody's own things, or that take whoever calls as a stranger by their nature. */
const NOBODYS: ReadonlySet<string> = new Set([
  '/courses/:id/enroll', '/cart/items/:courseId', '/discounts/code/:code',
  '/organizations/:id/members/leave', '/organizations/:id/invitations/accept',
  // An answer without an end, read by feed.test.ts.
  '/chat/:id/events',
]);

interface Walked {
  readonly method: Method;
  readonly url: string;
  readonly access: unknown;
}

const isMethod = (method: string): method is Method => ['GET', 'POST', 'PATCH', 'DELETE'].includes(method);
const walked: readonly Walked[] = routes.flatMap(({ method, url, config }) =>
  [method].flat().filter(isMethod).map((each) => ({ method: each, url, access: config?.access })));
const bodyOf = ({ method, url }: Walked): object | undefined => (method === 'GET' || method === 'DELETE' ? undefined : (bodies[`${method} ${url}`] ?? {}));
const aboutOne = walked.filter(({ url, access }) => url in places || (access !== 'public' && url.includes(':') && !NOBODYS.has(url)));

t.test('without a token, and without the role, no route of accounts does anything', async (t) => {
  t.ok(walked.length > 90, `${walked.length} routes`);
  for (const route of walked.filter(({ access }) => access !== 'public')) {
    const url = places[route.url]?.at ?? route.url.replaceAll(/:\w+/g, 'unknown');
    t.equal((await send(null, route.method, url, bodyOf(route))).status, 401, `${route.method} ${route.url}`);
    if (!Array.isArray(route.access)) continue;
    t.equal((await send(stranger.student, route.method, url, bodyOf(route))).status, 403, `${route.method} ${route.url} as a student`);
  }
});

t.test('who is a stranger to a thing neither sees nor changes it', async (t) => {
  t.same(aboutOne.filter(({ url }) => !(url in places)).map(({ method, url }) => `${method} ${url}`), [], 'each stands in this file');
  for (const route of aboutOne) {
    const place = places[route.url];
    if (place === undefined || (route.access === 'public' && route.url.startsWith('/organizations/:id'))) continue;
    for (const [who, account] of Object.entries(stranger)) {
      const { status } = await send(account, route.method, place.at, bodyOf(route));
      t.ok(status === 403 || status === 404, `${route.method} ${route.url} as another ${who}: ${status}`);
    }
    if (place.admins !== false || route.method !== 'GET') continue;
    t.equal((await send(admin, 'GET', place.at)).status, 404, `GET ${route.url} as an admin`);
  }
});

t.test('a hidden course is for strangers one that does not exist, also where something is made in it', async (t) => {
  const lesson = { title: 'x', type: 'text', content: 'x' };
  for (const account of Object.values(stranger)) {
    const [hidden, absent] = [await send(account, 'POST', '/materials', { ...lesson, courseId: privateCourse }), await send(account, 'POST', '/materials', { ...lesson, courseId: 'unknown' })];
    t.same([hidden.status, hidden.body['code'], hidden.body['detail']], [absent.status, absent.body['code'], absent.body['detail']]);
    t.equal(hidden.status, 422);
  }
});

t.test('its people see it, and admins do where it is not private to them', async (t) => {
  for (const { url } of aboutOne.filter(({ method }) => method === 'GET')) {
    const { at, person, admins } = places[url] ?? { at: url, person: admin };
    // A PDF is no JSON.
    const get = async (account: SignedUp) => (await shop.inject({ method: 'GET', url: at, headers: account.headers })).statusCode;
    t.equal(await get(person), 200, url);
    if (admins !== false) t.equal(await get(admin), 200, `${url} as an admin`);
  }
});
