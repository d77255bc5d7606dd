import t from 'tap';
import { ASSESSMENTS, choice, MALFORMED_IDS, newAssessment, newQuestion, NOT_FOUND, optionsOf, refusedCallers, right, short, UNKNOWN_ID, wrong, type Request } from './assessment-steps.js';
import { createEduproApp } from './edupro-app.js';

const app = await createEduproApp();
t.teardown(() => app.close());
const { send } = app;
const teacher = await app.teacher();
const other = await app.teacher();
const assessment = await newAssessment(app, teacher, { is_published: false });
const list = `${ASSESSMENTS}${assessment}/questions/`;
const at = (id: string): string => `${ASSESSMENTS}questions/${id}/`;
const required = ['This field is required.'];
const several = { options: ['Only one option of a question can be correct.'] };

t.test('10.3: a question is created from the document\'s body, with its options', async (t) => {
  const { status, body } = await send(teacher, 'POST', list, choice);
  t.equal(status, 201);
  const { id, options, ...rest } = body;
  t.same(rest, { assessment, question_text: choice.question_text, question_type: 'multiple_choice', points: 2, correct_answer: null, is_complete: true });
  t.match(id, /^[0-9a-f-]{36}$/);
  t.match(options, [{ id: /^[0-9a-f-]{36}$/, ...right }, { id: /^[0-9a-f-]{36}$/, ...wrong }]);
  t.same((await send(teacher, 'GET', at(String(id)))).body, body);
  const answer = await send(teacher, 'POST', list, { ...short, correct_answer: 'Because' });
  t.match(answer, { status: 201, body: { options: [], correct_answer: 'Because', is_complete: true } });
  t.match((await send(teacher, 'POST', list, { ...short, correct_answer: ' ' })).body, { correct_answer: null });
  t.match((await send(teacher, 'POST', list, { ...choice, question_type: 'true_false', points: '3', options: undefined })).body, { points: 3, options: [], is_complete: false });
});

const refused: readonly (readonly [body: object, answer: object])[] = [
  [{ question_text: undefined, question_type: undefined, points: undefined }, { question_text: required, question_type: required, points: required }],
  [{ question_text: ' ' }, { question_text: ['This field may not be blank.'] }],
  [{ question_type: 'essay' }, { question_type: ['"essay" is not a valid choice.'] }],
  [{ points: 0 }, { points: ['Ensure this value is greater than or equal to 1.'] }],
  [{ points: 1_001 }, { points: ['Ensure this value is less than or equal to 1000.'] }],
  [{ points: 1.5 }, { points: ['A valid integer is required.'] }],
  [{ options: 'x' }, { options: ['Expected a list of items.'] }],
  [{ options: Array.from({ length: 11 }, () => wrong) }, { options: ['Ensure this field has no more than 10 elements.'] }],
  [{ options: [right, { is_correct: 'perhaps' }] }, { options: [{}, { option_text: required, is_correct: ['Must be a valid boolean.'] }] }],
  [{ options: [right, right] }, several],
  [{ question_type: 'true_false', options: [right, wrong, wrong] }, { options: ['A true or false question has two options.'] }],
  [{ question_type: 'short_answer' }, { options: ['A short answer question has no options.'] }],
  [{ correct_answer: 'Bach' }, { correct_answer: ['Only a short answer question has a correct answer in words.'] }],
];

t.test('10.3 and 10.4: what is wrong is told at its place, and nothing of it is kept', async (t) => {
  const id = await newQuestion(app, teacher, assessment);
  const before = (await send(teacher, 'GET', list)).list;
  for (const [body, answer] of refused) {
    const what = JSON.stringify(body).slice(0, 100);
    t.match(await send(teacher, 'POST', list, { ...choice, ...body }), { status: 400 }, what);
    t.same((await send(teacher, 'POST', list, { ...choice, ...body })).body, answer, what);
    t.same((await send(teacher, 'PUT', at(id), { ...choice, ...body })).body, answer, what);
  }
  t.match(await send(teacher, 'PATCH', at(id), { options: [right, right] }), { status: 400, body: several });
  t.same((await send(teacher, 'GET', list)).list, before);
});

t.test('10.3: an assessment of 100,000 characters is long enough', async (t) => {
  const own = await newAssessment(app, teacher);
  const path = `${ASSESSMENTS}${own}/questions/`;
  const long = { ...short, question_text: 'x'.repeat(5_000) };
  for (let count = 0; count < 20; count += 1) t.equal((await send(teacher, 'POST', path, long)).status, 201);
  const sentence = 'The questions and options of an assessment have at most 100000 characters together.';
  t.match(await send(teacher, 'POST', path, short), { status: 400, body: { non_field_errors: [sentence] } });
});

t.test('10.3: questions are listed in the order in which they were added', async (t) => {
  const own = await newAssessment(app, teacher);
  const ids: string[] = [];
  for (const question of [short, choice, short]) ids.push(await newQuestion(app, teacher, own, question));
  const { status, list: found } = await send(teacher, 'GET', `${ASSESSMENTS}${own}/questions`);
  t.same([status, found.map(({ id }) => id)], [200, ids]);
});

t.test('10.4: PUT asks for what POST asks for, PATCH for nothing; options that are sent replace the others', async (t) => {
  const id = await newQuestion(app, teacher, assessment);
  t.same((await send(teacher, 'PUT', at(id), {})).body, { question_text: required, question_type: required, points: required });
  const [first, second] = await optionsOf(app, teacher, id);
  const { body: kept } = await send(teacher, 'PUT', at(id), { question_text: 'What?', question_type: 'multiple_choice', points: 4 });
  t.match(kept, { question_text: 'What?', points: 4, options: [{ id: first?.id }, { id: second?.id }] });
  const sent = [{ id: second?.id, option_text: 'Both', is_correct: true }, { option_text: 'Neither', is_correct: false }];
  const { status, body } = await send(teacher, 'PATCH', at(id), { options: sent });
  t.equal(status, 200);
  t.match(body, { question_text: 'What?', options: [{ id: second?.id, option_text: 'Both', is_correct: true }, { option_text: 'Neither' }] });
  t.match(await send(teacher, 'GET', `/teacher/questions/options/${first?.id}/`), { status: 404 });
  t.same((await send(teacher, 'PUT', at(id), body)).body, body, 'what was read can be sent back');
  t.match((await send(teacher, 'PATCH', at(id), { options: [] })).body, { options: [], is_complete: false });
  t.match((await send(teacher, 'PATCH', at(id), { question_type: 'short_answer', correct_answer: 'x' })).body, { options: [], correct_answer: 'x', is_complete: true });
});

t.test('10.4: a question that students are shown stays answerable', async (t) => {
  const live = await newAssessment(app, teacher);
  const id = await newQuestion(app, teacher, live);
  const kept = { non_field_errors: ['The assessment is published: a question that students are shown must keep its options, one of them correct. Unpublish it first.'] };
  t.match(await send(teacher, 'PATCH', at(id), { options: [] }), { status: 400, body: kept });
  t.match(await send(teacher, 'PUT', at(id), { ...choice, options: [wrong, wrong] }), { status: 400, body: kept });
  const last = { non_field_errors: ['The assessment is published: its last question can not be removed. Unpublish it first.'] };
  t.match(await send(teacher, 'DELETE', at(id)), { status: 400, body: last });
  t.match(await send(teacher, 'PATCH', at(id), { points: 9, options: [wrong, right, wrong] }), { status: 200, body: { points: 9 } });
  t.match((await send(teacher, 'GET', `${ASSESSMENTS}${live}/`)).body, { total_points: 9 });
  await newQuestion(app, teacher, live, short);
  t.equal((await send(teacher, 'DELETE', at(id))).status, 204);
  t.match(await send(teacher, 'GET', at(id)), { status: 404, body: NOT_FOUND });
  t.match((await send(teacher, 'GET', `${ASSESSMENTS}${live}/`)).body, { total_points: 5, questions_count: 1, is_available: true });
});

const requests = (id: string, question: string): readonly Request[] => [
  { method: 'GET', path: `${ASSESSMENTS}${id}/questions/` },
  { method: 'POST', path: `${ASSESSMENTS}${id}/questions/`, body: choice },
  { method: 'GET', path: at(question) },
  { method: 'PUT', path: at(question), body: choice },
  { method: 'PATCH', path: at(question), body: { points: 1 } },
  { method: 'DELETE', path: at(question) },
];

t.test('10.3 and 10.4 are for the teacher', async (t) => {
  const own = await newAssessment(app, teacher);
  const question = await newQuestion(app, teacher, own);
  const before = (await send(teacher, 'GET', `${ASSESSMENTS}${own}/questions/`)).list;
  for (const [who, caller, status, body] of [...(await refusedCallers(app, teacher)), ['another teacher', other, 404, NOT_FOUND] as const]) {
    for (const { method, path, body: sent } of requests(own, question)) t.match(await send(caller, method, path, sent), { status, body }, `${who}: ${method} ${path}`);
  }
  t.same((await send(teacher, 'GET', `${ASSESSMENTS}${own}/questions/`)).list, before);
});

t.test('10.3 and 10.4: an unknown or malformed id is not found', async (t) => {
  for (const id of [UNKNOWN_ID, ...MALFORMED_IDS]) {
    for (const { method, path, body } of requests(id, id)) t.match(await send(teacher, method, path, body), { status: 404, body: NOT_FOUND }, `${method} ${path}`);
  }
});
