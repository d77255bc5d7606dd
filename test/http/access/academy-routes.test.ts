import type { RouteOptions } from 'fastify';
import t from 'tap';
import { createAcademyApp, type Answer, type Caller, type Member } from '../academy/academy-app.js';

// Every route of the academy with every caller: nobody, a service, DIKE, UMUM, USER, ADMIN, and of the things of one person: the owner, a
// member of the group, and strangers. A route that is added has to be added here.

const routes: RouteOptions[] = [];
const app = await createAcademyApp({ onRoute: (route) => routes.push(route) });
t.teardown(() => app.close());
const { send, must } = app;

const root = await app.admin('root');
const dina = await app.dike('dina');
const umar = await app.umum('umar');
const grace = await app.umum('grace');
const mira = await app.umum('mira');
const gus = await app.guest('gus');
const service = app.service();
const callers = { root, dina, umar, grace, mira, gus } as const;
type Who = keyof typeof callers;

const idOf = ({ data }: Answer): string => String(data['id']);
const made = async (as: Caller, path: string, body: object): Promise<string> => idOf(await must(as, 'POST', path, body));

const entryCourse = await app.course('ENTRY');
const course = await app.course('INTERMEDIATE');
const entry = await made(root, '/packages', { name: 'Entry', type: 'ENTRY', price: 49_000 });
const intermediate = await made(root, '/packages', { name: 'Intermediate', type: 'INTERMEDIATE', price: 90_000 });
await must(root, 'POST', `/packages/${entry}/courses`, { courseId: entryCourse });
await must(root, 'POST', `/packages/${intermediate}/courses`, { courseId: course });
const session = await made(root, '/sessions', { courseId: course, startAt: '2030-05-20T14:00:00.000Z' });
const material = await made(root, '/materials', { courseId: course, title: 'Slides', resourceUrl: 'https://drive.example/slides', unlockDate: '2020-01-01T00:00:00' });
const assignment = await made(root, '/assignments', { title: 'Task', description: 'Do it.', courseId: course, dueDate: '2099-01-01T00:00:00' });

const proofLink = 'https://drive.example/proof';
const payment = await made(umar, '/payments', { packageId: intermediate, courseId: course, type: 'UMUM', proofLink });
await must(root, 'PATCH', `/payments/${payment}/approve`);
await app.caughtUp();
const enrollment = String((await must(umar, 'GET', '/enrollments/me')).list[0]?.['id']);
const submission = await made(umar, `/submissions/${assignment}`, { fileUrl: 'https://github.example/umar' });
const group = await made(grace, '/group-payments', { packageId: intermediate, creatorCourseId: course, proofLink, members: [{ email: mira.email, courseId: course }] });

/** Values of the parameters by the first word of the path; else by name. */
const things: Readonly<Record<string, string>> = {
  courses: course, sessions: session, materials: material, assignments: assignment, submissions: submission, packages: intermediate,
  payments: payment, 'group-payments': group, enrollments: enrollment,
};
const named: Readonly<Record<string, string>> = {
  courseId: course, userId: umar.id, packageId: intermediate,
  templateId: 'payment-confirmation', messageId: '00000000-0000-4000-8000-000000000000@example.org',
};

const pathOf = ({ method, url }: Pick<Walked, 'method' | 'url'>): string =>
  url.replace('/academy', '').replaceAll(/:(\w+)/g, (_, name: string) => {
    // What is handed in names its assignment.
    if (method === 'POST' && url === '/academy/submissions/:id') return assignment;
    const value = name === 'id' ? things[url.split('/')[2] ?? ''] : named[name];
    if (value === undefined) throw new Error(`${url}: no value for ${name}`);
    return value;
  });

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
interface Walked {
  readonly method: Method;
  readonly url: string;
  readonly access: unknown;
}
const isMethod = (method: string): method is Method => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method);
const walked: readonly Walked[] = routes
  .filter(({ url }) => url.startsWith('/academy'))
  .flatMap(({ method, url, config }) => [method].flat().filter(isMethod).map((each) => ({ method: each, url, access: config?.access })));

const mailTo = { email: 'someone@example.org', username: 'Someone', courseName: 'Python', date: '11 Mei 2025' };
const paymentId = '75c2d819-7a8d-4ce7-ac19-bba55efd2b72';

/** Bodies that pass their schemas, so that it is the caller who is refused. */
const bodies: Readonly<Record<string, object>> = {
  'POST /courses/admin': { title: 'Another one', description: 'Learn what there is to learn about it.' },
  'POST /sessions': { courseId: course, startAt: '2031-05-20T14:00:00.000Z' },
  'PUT /sessions/:id': { durationHrs: 3 },
  'POST /packages': { name: 'Another', type: 'ENTRY', price: 1 },
  'POST /packages/:packageId/courses': { courseId: entryCourse },
  'POST /materials': { courseId: course, title: 'Notes', resourceUrl: 'https://drive.example/notes', unlockDate: '2020-01-01T00:00:00' },
  'POST /assignments': { title: 'Task', description: 'Do it.', courseId: course },
  'POST /submissions/:id': { fileUrl: 'https://github.example/again' },
  'PATCH /submissions/:id': { fileUrl: 'https://github.example/again' },
  'POST /payments': { packageId: entry, courseId: entryCourse, type: 'UMUM', proofLink },
  'PATCH /payments/:id/update': { proofLink },
  'POST /group-payments': { packageId: intermediate, creatorCourseId: course, proofLink, members: [{ email: 'nobody@example.org', courseId: course }] },
  'POST /group-payments/validate-emails': { emails: ['nobody@example.org'] },
  'PATCH /enrollments/:id/progress': { progress: 50 },
  'PATCH /auth/change-password': { currentPassword: 'wrong horse', newPassword: 'another horse' },
  'PATCH /auth/admin/users/role': { userId: umar.id, role: 'UMUM' },
  'POST /email/payment-confirmation': { ...mailTo, amount: 'Rp 250.000,00', transactionId: paymentId },
  'POST /email/enrollment-confirmation': { ...mailTo, packageName: 'Entry', price: 250_000, paymentId },
  'PUT /email/templates/:templateId': { subject: 'Paid', htmlContent: '<p>{{username}}</p>' },
  'POST /email/templates/:templateId/preview': { subject: 'Paid', htmlContent: '<p>{{username}}</p>' },
};
const placeOf = ({ url }: Walked): string => url.replace('/academy', '');
const keyOf = (route: Walked): string => `${route.method} ${placeOf(route)}`;
const callAs = (as: Caller | null, route: Walked) =>
  send(as, route.method, pathOf(route), route.method === 'GET' || route.method === 'DELETE' ? undefined : (bodies[keyOf(route)] ?? {}));

t.test('without a token no route of accounts answers', async (t) => {
  t.ok(walked.length >= 82, `${walked.length} routes`);
  for (const route of walked.filter(({ access }) => access !== 'public')) t.equal((await callAs(null, route)).status, 401, keyOf(route));
});

t.test('each role is kept to its own routes', async (t) => {
  const roles: readonly (readonly [string, Member])[] = [['student', dina], ['student', umar], ['guest', gus], ['admin', root]];
  for (const route of walked) {
    if (!Array.isArray(route.access)) continue;
    for (const [role, as] of roles) {
      if (!route.access.includes(role)) t.equal((await callAs(as, route)).status, 403, `${keyOf(route)} as ${as.name}`);
    }
  }
});

/** Section 1: SERVICE passes every check of roles there. */
const SALES = /^\/academy\/(payments|group-payments|enrollments)\b/;

t.test('a service passes the checks of roles of payments and enrollments, and is kept to its own routes elsewhere', async (t) => {
  for (const route of walked) {
    if (!Array.isArray(route.access)) continue;
    t.equal(route.access.includes('service'), SALES.test(route.url) || /\/email\/(payment|enrollment)-confirmation$/.test(route.url), keyOf(route));
    if (!route.access.includes('service')) t.equal((await callAs(service, route)).status, 403, keyOf(route));
  }
});

/** Who may use the routes about a thing of umar's, or of grace's group; all others are refused with 403 or 404. */
const thingsOf: Readonly<Record<string, readonly Who[]>> = {
  '/submissions/course/:courseId': ['root'],
  '/submissions/user/:userId': ['umar', 'root'],
  '/submissions/:id': ['umar'],
  '/payments/:id': ['umar', 'root'],
  '/payments/:id/update': ['umar'],
  '/group-payments/:id': ['grace', 'mira', 'root'],
  '/enrollments/:id': ['umar'],
  '/enrollments/:id/progress': ['umar'],
  '/materials/course/:courseId': ['umar', 'root'],
  '/materials/:id': ['umar', 'root'],
};

/** About a thing, and open to whoever may call. */
const openToAll: ReadonlySet<string> = new Set([
  '/courses/:id', '/courses/:courseId/sessions', '/packages/:id', '/packages/:packageId/courses', '/assignments/course/:courseId',
  '/materials/course/:courseId/public', '/payments/:courseId/stats', '/enrollments/:courseId/status',
]);

const isForAdmins = ({ access }: Walked): boolean => Array.isArray(access) && access.every((role) => role === 'admin' || role === 'service');
const isAboutOne = (route: Walked): boolean => route.url.includes(':') && route.access !== 'public' && !isForAdmins(route);

t.test('who is a stranger to a thing neither sees nor changes it', async (t) => {
  const about = walked.filter(isAboutOne);
  t.same(about.map(placeOf).filter((place) => thingsOf[place] === undefined && !openToAll.has(place)), [], 'each stands in this file');
  for (const route of about) {
    const may = thingsOf[placeOf(route)];
    if (may === undefined) continue;
    for (const [who, as] of Object.entries(callers)) {
      if (may.some((each) => each === who)) continue;
      const { status } = await callAs(as, route);
      t.ok(status === 403 || status === 404, `${keyOf(route)} as ${who}: ${status}`);
    }
  }
});

t.test('its people see it', async (t) => {
  for (const route of walked.filter((each) => isAboutOne(each) && each.method === 'GET')) {
    for (const who of thingsOf[placeOf(route)] ?? []) t.equal((await callAs(callers[who], route)).status, 200, `${keyOf(route)} as ${who}`);
  }
});
