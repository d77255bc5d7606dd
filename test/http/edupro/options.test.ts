import t from 'tap';
import { ASSESSMENTS, choice, MALFORMED_IDS, newAssessment, newQuestion, NOT_FOUND, optionsOf, refusedCallers, right, short, UNKNOWN_ID, wrong, type Request } from './assessment-steps.js';
import { createEduproApp } from './edupro-app.js';

const app = await createEduproApp();
t.teardown(() => app.close());
const { send } = app;
const teacher = await app.teacher();
const other = await app.teacher();
const draft = await newAssessment(app, teacher, { is_published: false });
const listOf = (question: string): string => `/teacher/questions/${question}/options/`;
const at = (option: string): string => `/teacher/questions/options/${option}/`;
const required = ['This field is required.'];

t.test('10.5: options are added one by one, by the document\'s body', async (t) => {
  const assessment = await newAssessment(app, teacher);
  const question = await newQuestion(app, teacher, assessment, { ...choice, options: undefined });
  const isAvailable = async () => (await send(teacher, 'GET', `${ASSESSMENTS}${assessment}/`)).body['is_available'];
  const first = await send(teacher, 'POST', listOf(question), right);
  t.equal(first.status, 201);
  t.match(first.body, { id: /^[0-9a-f-]{36}$/, ...right });
  t.equal(await isAvailable(), false);
  const second = await send(teacher, 'POST', listOf(question), { option_text: ' Satie ', is_correct: 'false' });
  t.match(second, { status: 201, body: wrong });
  t.equal(await isAvailable(), true);
  const { status, list } = await send(teacher, 'GET', listOf(question));
  t.same([status, list], [200, [first.body, second.body]]);
  t.same((await send(teacher, 'GET', at(String(second.body['id'])))).body, second.body);
});

t.test('10.5 and 10.6: what is wrong is told by field', async (t) => {
  const question = await newQuestion(app, teacher, draft);
  const [option] = await optionsOf(app, teacher, question);
  const path = at(option?.id ?? '');
  const missing = { status: 400, body: { option_text: required, is_correct: required } };
  t.match(await send(teacher, 'POST', listOf(question), {}), missing);
  t.match(await send(teacher, 'PUT', path, {}), missing);
  for (const [body, answer] of [
    [{ option_text: ' ' }, { option_text: ['This field may not be blank.'] }],
    [{ option_text: 'x'.repeat(501) }, { option_text: ['Ensure this field has no more than 500 characters.'] }],
    [{ is_correct: null }, { is_correct: ['This field may not be null.'] }],
    [{ is_correct: 'x' }, { is_correct: ['Must be a valid boolean.'] }],
  ] as const) {
    t.match(await send(teacher, 'POST', listOf(question), { ...right, ...body }), { status: 400, body: answer });
    t.match(await send(teacher, 'PUT', path, { ...right, ...body }), { status: 400, body: answer });
    t.match(await send(teacher, 'PATCH', path, body), { status: 400, body: answer });
  }
});

t.test('10.5: a question has as many options as its type allows', async (t) => {
  const add = async (question: object) => send(teacher, 'POST', listOf(await newQuestion(app, teacher, draft, question)), wrong);
  const refused = (sentence: string) => ({ status: 400, body: { non_field_errors: [sentence] } });
  t.match(await add(short), refused('A short answer question has no options.'));
  t.match(await add({ ...choice, question_type: 'true_false' }), refused('A true or false question has two options.'));
  t.match(await add({ ...choice, options: Array.from({ length: 10 }, () => wrong) }), refused('A question has at most 10 options.'));
});

t.test('10.5 and 10.6: an option that is made correct is the only correct one', async (t) => {
  const question = await newQuestion(app, teacher, draft);
  const [first, second] = await optionsOf(app, teacher, question);
  const correct = async () => (await optionsOf(app, teacher, question)).filter((option) => option.is_correct).map(({ id }) => id);
  t.match(await send(teacher, 'PATCH', at(second?.id ?? ''), { is_correct: true }), { status: 200, body: { id: second?.id, option_text: 'Satie', is_correct: true } });
  t.same(await correct(), [second?.id]);
  t.match(await send(teacher, 'PUT', at(first?.id ?? ''), right), { status: 200, body: right });
  t.same(await correct(), [first?.id]);
  const { body } = await send(teacher, 'POST', listOf(question), { option_text: 'Ives', is_correct: true });
  t.same(await correct(), [body['id']]);
  t.match((await send(teacher, 'PATCH', at(String(body['id'])), {})).body, body);
});

t.test('10.5: of 200 options at once that are correct, ten are kept and one is correct', async (t) => {
  const question = await newQuestion(app, teacher, await newAssessment(app, teacher), { ...choice, options: [] });
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => send(teacher, 'POST', listOf(question), { option_text: `Option ${index}`, is_correct: true })));
  t.same(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 400), []);
  t.equal(answers.filter(({ status }) => status === 201).length, 10);
  const options = await optionsOf(app, teacher, question);
  t.equal(options.length, 10);
  t.equal(options.filter(({ is_correct: isCorrect }) => isCorrect).length, 1);
});

t.test('10.6: an option that students need stays', async (t) => {
  const live = await newAssessment(app, teacher);
  const question = await newQuestion(app, teacher, live, { ...choice, options: [right, wrong, wrong] });
  const [first, second, third] = (await optionsOf(app, teacher, question)).map(({ id }) => at(id));
  const refused = { status: 400, body: { non_field_errors: [/^The assessment is published: a question that students are shown must keep its options/] } };
  t.match(await send(teacher, 'DELETE', first ?? ''), refused);
  t.match(await send(teacher, 'PATCH', first ?? '', { is_correct: false }), refused);
  const { status, raw } = await send(teacher, 'DELETE', third ?? '');
  t.same([status, raw.body], [204, '']);
  t.match(await send(teacher, 'GET', third ?? ''), { status: 404, body: NOT_FOUND });
  t.match(await send(teacher, 'DELETE', second ?? ''), refused);
  await send(teacher, 'PATCH', `${ASSESSMENTS}${live}/`, { is_published: false });
  t.equal((await send(teacher, 'DELETE', second ?? '')).status, 204);
  t.equal((await send(teacher, 'DELETE', first ?? '')).status, 204);
  t.same(await optionsOf(app, teacher, question), []);
});

const requests = (question: string, option: string): readonly Request[] => [
  { method: 'GET', path: listOf(question) },
  { method: 'POST', path: listOf(question), body: wrong },
  { method: 'GET', path: at(option) },
  { method: 'PUT', path: at(option), body: wrong },
  { method: 'PATCH', path: at(option), body: { option_text: 'x' } },
  { method: 'DELETE', path: at(option) },
];

t.test('10.5 and 10.6 are for the teacher', async (t) => {
  const question = await newQuestion(app, teacher, draft);
  const before = await optionsOf(app, teacher, question);
  for (const [who, caller, status, body] of [...(await refusedCallers(app, teacher)), ['another teacher', other, 404, NOT_FOUND] as const]) {
    for (const { method, path, body: sent } of requests(question, before[0]?.id ?? '')) {
      t.match(await send(caller, method, path, sent), { status, body }, `${who}: ${method} ${path}`);
    }
  }
  t.same(await optionsOf(app, teacher, question), before);
});

t.test('10.5 and 10.6: an unknown or malformed id is not found', async (t) => {
  for (const id of [UNKNOWN_ID, ...MALFORMED_IDS]) {
    for (const { method, path, body } of requests(id, id)) t.match(await send(teacher, method, path, body), { status: 404, body: NOT_FOUND }, `${method} ${path}`);
  }
});
