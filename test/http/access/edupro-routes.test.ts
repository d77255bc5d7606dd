import type { RouteOptions } from 'fastify';
import t from 'tap';
import { createEduproApp, type Answer, type Caller, type Member } from '../edupro/edupro-app.js';

// Every route of EduPro with every caller: nobody, a student of the teacher, one of another teacher, one who is blocked, the teacher,
// another teacher, and an admin. A route that is added has to be added here.

const routes: RouteOptions[] = [];
const app = await createEduproApp({ onRoute: (route) => routes.push(route) });
t.teardown(() => app.close());
const { send } = app;

const mona = await app.teacher('mona');
const omar = await app.teacher('omar');
const root = await app.member('admin', 'root');
const sami = await app.student(mona, 'sami');
const noor = await app.student(omar, 'noor');
const bilal = await app.student(mona, 'bilal');
const callers = { sami, noor, bilal, mona, omar, root } as const;
type Who = keyof typeof callers;

const made = async (as: Caller, path: string, body: object): Promise<Answer['body']> => {
  const { status, body: answer } = await send(as, 'POST', path, body);
  if (status !== 200 && status !== 201) throw new Error(`${path} answered ${status} ${JSON.stringify(answer)}`);
  return answer;
};

const category = await made(root, '/course/category/create/', { name: 'Maths' });
const newCourse = { title: 'Algebra', description: 'From scratch', price: '10.00', is_free: false, category: category['id'] };
const course = String((await made(mona, '/course/create/', newCourse))['id']);
await send(mona, 'PATCH', `/course/update/${course}`, { is_published: true });
const module = String((await made(mona, `/courses/${course}/modules/create/`, { title: 'Groups', order: 1, is_published: true }))['id']);
const { data: video } = await made(mona, '/course/create-vdocipher-upload-credentials/', { title: 'Axioms' });
const vdo_cipher_video_id = (video as { readonly vdo_cipher_video_id: string }).vdo_cipher_video_id;
const lesson = String((await made(mona, `/modules/${module}/lessons/create/`, { title: 'Axioms', order: 1, is_published: true, vdo_cipher_video_id }))['id']);
const coupons = (await send(mona, 'POST', '/coupon/create/', { number_of_coupons: 3, price: '10.00' })).list;
const enroll = (as: Member, code: unknown) => made(as, '/course/course-enrollment/', { course_id: course, coupon_code: code });
const enrollment = await enroll(sami, coupons[0]?.['code']);
await enroll(bilal, coupons[1]?.['code']);
const rating = await made(sami, `/courses/${course}/ratings/create/`, { rating: 5 });
const assessment = String((await made(mona, '/teacher/assessments/', { title: 'Quiz', assessment_type: 'quiz', course }))['id']);
const questionBody = { question_text: 'Why?', question_type: 'short_answer', points: 2 };
const question = String((await made(mona, `/teacher/assessments/${assessment}/questions/`, questionBody))['id']);
const choice = await made(mona, `/teacher/assessments/${assessment}/questions/`, {
  question_text: 'Which?', question_type: 'multiple_choice', points: 1, options: [{ option_text: 'a', is_correct: true }, { option_text: 'b', is_correct: false }],
});
const option = String((choice['options'] as readonly { readonly id: string }[])[0]?.id);
const attempt = String((await made(sami, `/student/assessments/${assessment}/mona/start/`, {}))['attempt_id']);
await made(sami, `/students/attempts/${attempt}/submit/`, { answers: [{ question_id: question, short_answer_text: 'Because' }] });
const pending = await send(mona, 'GET', '/teacher/grading/pending/');
const answer = String((pending.body['results'] as readonly { readonly answer_id: string }[])[0]?.answer_id);
await send(mona, 'PATCH', `/teacher/students/toggle-block/${bilal.id}/`);

/** Values of the parameters: things of mona's, and of sami's under her. */
const parameters: Readonly<Record<string, string>> = {
  teacher_username: 'mona', student_id: String(sami.id), category_id: String(category['id']), course_id: course, enrollment_id: String(enrollment['id']),
  coupon_id: String(coupons[2]?.['id']), module_id: module, lesson_id: lesson, assessment_id: assessment, question_id: question, option_id: option,
  attempt_id: attempt, answer_id: answer, name: 'none',
};

const pathOf = (url: string): string =>
  url.replace('/api/v1', '').replaceAll(/:(\w+)/g, (_, name: string) => {
    if (name === 'id') return url.includes('retrive-upadate-delete-ratings') ? String(rating['id']) : lesson;
    const value = parameters[name];
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
  .filter(({ url }) => url.startsWith('/api/v1'))
  .flatMap(({ method, url, config }) => [method].flat().filter(isMethod).map((each) => ({ method: each, url: url.replace(/\/$/, ''), access: config?.access })));

/** Bodies that pass their schemas, so that it is the caller who is refused. */
const bodies: Readonly<Record<string, object>> = {
  'POST /course/create': newCourse,
  'PUT /course/update/:course_id': newCourse,
  'POST /course/category/create': { name: 'Art' },
  'PUT /course/category/update/:category_id': { name: 'Art' },
  'POST /courses/:course_id/modules/create': { title: 'Rings', order: 2 },
  'PUT /modules/:module_id/update': { title: 'Rings', order: 2 },
  'POST /modules/:module_id/lessons/create': { title: 'Units', order: 2 },
  'PUT /lessons/:id/update': { title: 'Units', order: 2 },
  'PUT /lessons/:id/status': { is_completed: true },
  'PATCH /lessons/:id/status': { is_completed: true },
  'POST /courses/:course_id/ratings/create': { rating: 1 },
  'PUT /course/retrive-upadate-delete-ratings/:id': { rating: 1 },
  'POST /coupon/create': { number_of_coupons: 1, price: '1.00' },
  'PUT /coupon/update/:coupon_id': { status: 'available', max_uses: 1, price: '1.00', is_active: true, expiration_date: '2099-01-01T00:00:00Z' },
  'POST /course/course-enrollment': { course_id: course, coupon_code: 'X' },
  'POST /course/module-enrollment': { module_id: module, coupon_code: 'X' },
  'POST /course/create-vdocipher-upload-credentials': { title: 'x' },
  'POST /teacher/assessments': { title: 'x', assessment_type: 'quiz' },
  'PUT /teacher/assessments/:assessment_id': { title: 'x', assessment_type: 'quiz' },
  'POST /teacher/assessments/:assessment_id/questions': questionBody,
  'PUT /teacher/assessments/questions/:question_id': questionBody,
  'POST /teacher/questions/:question_id/options': { option_text: 'x', is_correct: false },
  'PUT /teacher/questions/options/:option_id': { option_text: 'x', is_correct: false },
  'POST /students/attempts/:attempt_id/submit': { answers: [] },
  'PUT /teacher/grading/answer/:answer_id': { points_awarded: 1 },
  'PATCH /teacher/grading/answer/:answer_id': { points_awarded: 1 },
  'PATCH /teacher/get-student-profile/:student_id': { notes: 'x' },
  'PUT /change-password': { old_password: 'wrong horse', new_password: 'another horse' },
};
const keyOf = ({ method, url }: Walked): string => `${method} ${url.replace('/api/v1', '')}`;
const callAs = (as: Caller | null, route: Walked) =>
  send(as, route.method, pathOf(route.url), route.method === 'GET' || route.method === 'DELETE' ? undefined : (bodies[keyOf(route)] ?? {}));

t.test('without a token no route of accounts answers', async (t) => {
  t.ok(walked.length > 100, `${walked.length} routes`);
  for (const route of walked.filter(({ access }) => access !== 'public')) t.equal((await callAs(null, route)).status, 401, keyOf(route));
});

t.test('each role is kept to its own routes', async (t) => {
  const roles: readonly (readonly [string, Member])[] = [['student', sami], ['instructor', mona], ['admin', root]];
  for (const route of walked) {
    if (!Array.isArray(route.access)) continue;
    for (const [role, as] of roles) {
      if (!route.access.includes(role)) t.equal((await callAs(as, route)).status, 403, `${keyOf(route)} as ${role}`);
    }
  }
});

/** Who may use the routes about a thing of mona's, or of sami's under her; all others are refused with 403 or 404. */
const thingsOf: Readonly<Record<string, readonly Who[]>> = {
  // Who is blocked reads that they are.
  '/student/student-profile/:teacher_username': ['sami', 'bilal'],
  '/teacher/students/remove/:student_id': ['mona'],
  '/teacher/students/toggle-block/:student_id': ['mona'],
  '/teacher/get-student-profile/:student_id': ['mona'],
  '/course/category/update/:category_id': ['root'],
  '/course/update/:course_id': ['mona'],
  '/course/course-delete/:course_id': ['mona'],
  '/course/private-deatils/:course_id': ['mona', 'root'],
  '/get_student-enrollments/:course_id': ['mona', 'root'],
  '/teacher/courses/:course_id/enrollments': ['mona'],
  '/course/course-enrollment-delete/:course_id/:enrollment_id': ['mona', 'root'],
  '/coupon/detail/:coupon_id': ['mona'],
  '/coupon/update/:coupon_id': ['mona'],
  '/coupon/delete/:coupon_id': ['mona'],
  '/courses/:course_id/ratings/create': ['sami'],
  '/course/retrive-upadate-delete-ratings/:id': ['sami'],
  '/courses/:course_id/modules/create': ['mona', 'root'],
  '/modules/:module_id/update': ['mona', 'root'],
  '/modules/:module_id/delete': ['mona', 'root'],
  '/modules/:module_id/lessons/create': ['mona', 'root'],
  '/lessons/:id': ['sami', 'mona', 'root'],
  '/lessons/:id/update': ['mona', 'root'],
  '/lessons/:id/delete': ['mona', 'root'],
  '/lessons/:id/status': ['sami'],
  '/lessons/:id/video': ['sami', 'mona', 'root'],
  '/lessons/:id/document': ['sami', 'mona', 'root'],
  '/video/check-status/:lesson_id': ['mona'],
  '/teacher/assessments/:assessment_id': ['mona'],
  '/teacher/assessments/:assessment_id/questions': ['mona'],
  '/teacher/assessments/questions/:question_id': ['mona'],
  '/teacher/questions/:question_id/options': ['mona'],
  '/teacher/questions/options/:option_id': ['mona'],
  '/student/assessments/:assessment_id/:teacher_username/start': ['sami'],
  '/students/attempts/:attempt_id/submit': ['sami'],
  '/student/attempts/:attempt_id/result': ['sami'],
  '/teacher/grading/answer/:answer_id': ['mona'],
};

/** About a thing, and open to whoever may call: what they answer depends on the caller in ways that other tests show. */
const openToAll: ReadonlySet<string> = new Set([
  '/join-teacher/:teacher_username', '/course/course-enrollment-list/:teacher_username', '/course/course-enrollment-delete/:course_id',
  '/student/assessments/:teacher_username', '/courses/:course_id/modules', '/modules/:module_id', '/modules/:module_id/lessons', '/student/:teacher_username/attempts',
  '/student/refresh/:teacher_username',
]);

const isAboutOne = ({ url, access }: Walked): boolean => url.includes(':') && access !== 'public';
const placeOf = ({ url }: Walked): string => url.replace('/api/v1', '');

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
    // The lesson has no file.
    if (/\/(video|document)$/.test(route.url)) continue;
    for (const who of thingsOf[placeOf(route)] ?? []) t.equal((await callAs(callers[who], route)).status, 200, `${keyOf(route)} as ${who}`);
  }
});

t.test('lists of one teacher hold nothing of another, nor of who is blocked', async (t) => {
  const lists = ['/teacher/get_students/', '/course/list-by-teacher/', '/coupon/list/', '/coupon/used-coupons/', '/teacher/assessments/', '/teacher/grading/pending/'];
  const countOf = ({ body, list }: Answer): unknown => (Array.isArray(body) ? list.length : body['count']);
  for (const path of lists) {
    t.not(countOf(await send(mona, 'GET', path)), 0, path);
    t.equal(countOf(await send(omar, 'GET', path)), path === '/teacher/get_students/' ? 1 : 0, `${path} of the other teacher`);
  }
  t.equal((await send(sami, 'GET', '/student/assessments/mona/')).list.length, 1);
  for (const as of [noor, bilal]) t.equal((await send(as, 'GET', '/student/assessments/mona/')).list.length, 0);
  t.equal((await send(omar, 'GET', '/teacher/revenue/')).body['revenue'], '0.00');
  t.equal((await send(mona, 'GET', '/teacher/revenue/')).body['revenue'], '20.00');
  t.equal((await send(sami, 'GET', '/course/course-enrollment-list/mona')).body['count'], 1);
  t.not((await send(bilal, 'GET', '/course/course-enrollment-list/mona')).body['count'], 1);
});
