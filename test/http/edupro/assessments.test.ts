import t from 'tap';
import { ASSESSMENTS, choice, MALFORMED_IDS, newAssessment, newCourse, newQuestion, NOT_FOUND, quiz, refusedCallers, short, UNKNOWN_ID, type Request } from './assessment-steps.js';
import { createEduproApp } from './edupro-app.js';

const app = await createEduproApp();
t.teardown(() => app.close());
const { send } = app;
const teacher = await app.teacher();
const other = await app.teacher();
const required = ['This field is required.'];

const found = async (id: string, path = `${ASSESSMENTS}${id}/`) => (await send(teacher, 'GET', path)).body;

t.test('10.1: an assessment is created from the document\'s body', async (t) => {
  const course = await newCourse(app, teacher);
  const { status, body } = await send(teacher, 'POST', ASSESSMENTS, { ...quiz, course });
  t.equal(status, 201);
  const { id, created_at: createdAt, updated_at: updatedAt, ...rest } = body;
  t.same(rest, { ...quiz, course, max_attempts: null, is_published: true, is_available: false, total_points: 0, questions_count: 0 });
  t.match(id, /^[0-9a-f-]{36}$/);
  t.match([createdAt, updatedAt], [/^\d{4}-/, /^\d{4}-/]);
  t.same(await found(String(id)), body);
});

t.test('10.1: what is left out, or null, is as if nothing had been said', async (t) => {
  const usual = { description: '', course: null, passing_grade: 50, max_attempts: null, is_published: true };
  t.match((await send(teacher, 'POST', '/teacher/assessments', { title: ' Canons ', assessment_type: 'exam' })).body, { title: 'Canons', assessment_type: 'exam', ...usual });
  const nulls = { description: null, course: null, passing_grade: null, max_attempts: null };
  t.match((await send(teacher, 'POST', ASSESSMENTS, { title: 'x', assessment_type: 'assignment', ...nulls })).body, usual);
  const all = { description: '', course: ' ', passing_grade: '33.30', max_attempts: '3', is_published: 'false', unknown: 1 };
  t.match((await send(teacher, 'POST', ASSESSMENTS, { title: 'x', assessment_type: 'quiz', ...all })).body, { course: null, passing_grade: 33.3, max_attempts: 3, is_published: false });
  t.match((await send(teacher, 'POST', ASSESSMENTS, { title: 'x', assessment_type: 'quiz', max_attempts: '' })).body, { max_attempts: null });
});

const refused: readonly (readonly [body: object, field: string, sentence: string])[] = [
  [{ title: undefined }, 'title', 'This field is required.'],
  [{ title: ' ' }, 'title', 'This field may not be blank.'],
  [{ title: 'x'.repeat(256) }, 'title', 'Ensure this field has no more than 255 characters.'],
  [{ description: 'x'.repeat(5_001) }, 'description', 'Ensure this field has no more than 5000 characters.'],
  [{ assessment_type: undefined }, 'assessment_type', 'This field is required.'],
  [{ assessment_type: 'poll' }, 'assessment_type', '"poll" is not a valid choice.'],
  [{ passing_grade: 100.01 }, 'passing_grade', 'Ensure this value is less than or equal to 100.'],
  [{ passing_grade: -1 }, 'passing_grade', 'Ensure this value is greater than or equal to 0.'],
  [{ passing_grade: 1.005 }, 'passing_grade', 'Ensure that there are no more than 2 decimal places.'],
  [{ passing_grade: 'half' }, 'passing_grade', 'A valid number is required.'],
  [{ max_attempts: 0 }, 'max_attempts', 'Ensure this value is greater than or equal to 1.'],
  [{ max_attempts: 101 }, 'max_attempts', 'Ensure this value is less than or equal to 100.'],
  [{ is_published: 'perhaps' }, 'is_published', 'Must be a valid boolean.'],
  [{ course: UNKNOWN_ID }, 'course', `Invalid pk "${UNKNOWN_ID}" - object does not exist.`],
  [{ course: 'x' }, 'course', 'Invalid pk "x" - object does not exist.'],
];

t.test('10.1 and 10.2: what is wrong is told by field', async (t) => {
  const id = await newAssessment(app, teacher);
  const before = await found(id);
  for (const [body, field, sentence] of refused) {
    const created = await send(teacher, 'POST', ASSESSMENTS, { ...quiz, ...body });
    t.same([created.status, created.body], [400, { [field]: [sentence] }], JSON.stringify(body).slice(0, 80));
    const put = await send(teacher, 'PUT', `${ASSESSMENTS}${id}/`, { ...quiz, ...body });
    t.same([put.status, put.body], [400, { [field]: [sentence] }]);
    if (sentence === 'This field is required.') continue;
    const patched = await send(teacher, 'PATCH', `${ASSESSMENTS}${id}/`, body);
    t.same([patched.status, patched.body], [400, { [field]: [sentence] }]);
  }
  t.same(await found(id), before);
});

t.test('10.1: a course of another teacher is none', async (t) => {
  const course = await newCourse(app, other);
  const { status, body } = await send(teacher, 'POST', ASSESSMENTS, { ...quiz, course });
  t.same([status, body], [400, { course: [`Invalid pk "${course}" - object does not exist.`] }]);
});

t.test('10.1: the list has the teacher\'s own, the newest first, or those for a course', async (t) => {
  const own = await app.teacher();
  t.same((await send(own, 'GET', ASSESSMENTS)).list, []);
  const course = await newCourse(app, own);
  const first = await newAssessment(app, own, { course });
  const second = await newAssessment(app, own);
  const ids = async (query = '') => (await send(own, 'GET', `${ASSESSMENTS}${query}`)).list.map(({ id }) => id);
  t.same(await ids(), [second, first]);
  t.same(await ids(`?course=${course}`), [first]);
  t.same(await ids('?course='), [second, first]);
  t.same(await ids(`?course=${UNKNOWN_ID}`), []);
  t.notOk((await send(other, 'GET', ASSESSMENTS)).list.some(({ id }) => id === first || id === second));
});

t.test('10.2: PUT asks for what POST asks for, PATCH for nothing; what is left out stays', async (t) => {
  const id = await newAssessment(app, teacher, { max_attempts: 3 });
  const path = `${ASSESSMENTS}${id}/`;
  t.same((await send(teacher, 'PUT', path, {})).body, { title: required, assessment_type: required });
  const put = await send(teacher, 'PUT', path, { title: 'Canons', assessment_type: 'exam' });
  t.equal(put.status, 200);
  t.match(put.body, { id, title: 'Canons', assessment_type: 'exam', description: quiz.description, passing_grade: 60.5, max_attempts: 3, is_published: true });
  const course = await newCourse(app, teacher);
  const patched = await send(teacher, 'PATCH', path, { course, max_attempts: null, passing_grade: null });
  t.equal(patched.status, 200);
  t.match(patched.body, { title: 'Canons', course, max_attempts: null, passing_grade: 50 });
  t.match((await send(teacher, 'PATCH', path, { course: null, description: null })).body, { course: null, description: '' });
  t.equal((await send(teacher, 'PATCH', path, {})).status, 200);
  const { body } = await send(teacher, 'GET', path);
  t.match((await send(teacher, 'PUT', path, body)).body, body, 'what was read can be sent back');
});

t.test('students may take it as soon as it can be answered; drafts wait for the teacher', async (t) => {
  const open = await newAssessment(app, teacher);
  t.match(await found(open), { is_published: true, is_available: false });
  await newQuestion(app, teacher, open, { ...choice, options: [] });
  t.match(await found(open), { is_available: false, questions_count: 1, total_points: 2 });
  await newQuestion(app, teacher, open, short);
  t.match(await found(open), { is_available: true, questions_count: 2, total_points: 7 });

  const draft = await newAssessment(app, teacher, { is_published: false });
  const publish = (is_published: boolean) => send(teacher, 'PATCH', `${ASSESSMENTS}${draft}/`, { is_published });
  const sentence = 'An assessment can be published once it has a question, and each of its questions can be answered.';
  const notReady = { status: 400, body: { is_published: [sentence] } };
  t.match(await publish(true), notReady);
  const unfinished = await newQuestion(app, teacher, draft, { ...choice, options: [choice.options[0]] });
  t.match(await publish(true), notReady);
  t.equal((await send(teacher, 'DELETE', `${ASSESSMENTS}questions/${unfinished}/`)).status, 204);
  await newQuestion(app, teacher, draft);
  t.match(await found(draft), { is_published: false, is_available: false });
  t.match(await publish(true), { status: 200, body: { is_published: true, is_available: true } });
  t.match(await publish(false), { status: 200, body: { is_published: false, is_available: false } });
});

t.test('10.2: a deleted assessment is gone, with its questions and options', async (t) => {
  const id = await newAssessment(app, teacher);
  const question = await newQuestion(app, teacher, id);
  const [option] = (await send(teacher, 'GET', `/teacher/questions/${question}/options/`)).list;
  const { status, raw } = await send(teacher, 'DELETE', `${ASSESSMENTS}${id}/`);
  t.same([status, raw.body], [204, '']);
  for (const path of [`${ASSESSMENTS}${id}/`, `${ASSESSMENTS}${id}/questions/`, `${ASSESSMENTS}questions/${question}/`, `/teacher/questions/options/${String(option?.['id'])}/`]) {
    t.match(await send(teacher, 'GET', path), { status: 404, body: NOT_FOUND }, path);
  }
  t.match(await send(teacher, 'DELETE', `${ASSESSMENTS}${id}/`), { status: 404, body: NOT_FOUND });
  t.match(await send(teacher, 'PATCH', `${ASSESSMENTS}${id}/`, { title: 'x' }), { status: 404, body: NOT_FOUND });
});

const ofOne = (id: string): readonly Request[] => [
  { method: 'GET', path: `${ASSESSMENTS}${id}/` },
  { method: 'PUT', path: `${ASSESSMENTS}${id}/`, body: quiz },
  { method: 'PATCH', path: `${ASSESSMENTS}${id}/`, body: { title: 'x' } },
  { method: 'DELETE', path: `${ASSESSMENTS}${id}/` },
];

t.test('10.1 and 10.2 are for teachers', async (t) => {
  const id = await newAssessment(app, teacher);
  const requests: readonly Request[] = [{ method: 'GET', path: ASSESSMENTS }, { method: 'POST', path: ASSESSMENTS, body: quiz }, ...ofOne(id)];
  for (const [who, caller, status, body] of await refusedCallers(app, teacher)) {
    for (const { method, path, body: sent } of requests) t.match(await send(caller, method, path, sent), { status, body }, `${who}: ${method} ${path}`);
  }
  t.match(await found(id), { title: quiz.title });
});

t.test('10.2: an assessment of another teacher, an unknown and a malformed id are not found', async (t) => {
  const id = await newAssessment(app, teacher);
  for (const { method, path, body } of ofOne(id)) t.match(await send(other, method, path, body), { status: 404, body: NOT_FOUND }, `${method} of another`);
  for (const unknown of [UNKNOWN_ID, ...MALFORMED_IDS]) {
    for (const { method, path, body } of ofOne(unknown)) t.match(await send(teacher, method, path, body), { status: 404, body: NOT_FOUND }, `${method} ${path}`);
  }
  t.match(await found(id), { title: quiz.title });
});
