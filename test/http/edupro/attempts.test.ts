import t from 'tap';
import { ASSESSMENTS, MALFORMED_IDS, newAssessment, NOT_FOUND, UNKNOWN_ID } from './assessment-steps.js';
import { attemptsIn, choice, chosen, newPaper, sides, SUBMITTED, why, written, type Paper } from './attempt-steps.js';
import type { Member } from './edupro-app.js';
import { createSchool } from './school.js';
import { studyIn } from './study.js';

const app = await createSchool();
t.teardown(() => app.close());
const { send } = app;
const { begin, begun, submit, result, pending, grade } = attemptsIn(app);
const teacher = await app.teacher();
const other = await app.teacher();
const paper = await newPaper(app, teacher);
const DENIED = { detail: 'You do not have permission to perform this action.' };
const ANONYMOUS = { detail: 'Authentication credentials were not provided.' };

const available = (student: Member | null, { username }: { readonly username: string } = teacher) => send(student, 'GET', `/student/assessments/${username}/`);

t.test('10.8: starting gives the document\'s body, and does not say which option is right', async (t) => {
  const student = await app.student(teacher);
  const { status, body, raw } = await begin(student, paper.id, teacher.username);
  t.equal(status, 201);
  const { attempt_id: attemptId, ...rest } = body;
  t.match(attemptId, /^[0-9a-f-]{36}$/);
  const asked = (question: { readonly question_text: string; readonly question_type: string; readonly points: number }, id: string, options: readonly object[]) => ({
    question_id: id,
    question_text: question.question_text,
    question_type: question.question_type,
    points: question.points,
    options,
  });
  const { choiceId, sidesId, whyId, rightId, wrongId } = paper;
  t.match(rest, {
    assessment_title: 'Fugues',
    questions: [
      asked(choice, choiceId, [{ option_id: rightId, option_text: 'Bach' }, { option_id: wrongId, option_text: 'Satie' }]),
      asked(sides, sidesId, [{ option_text: 'True' }, { option_text: 'False' }]),
      asked(why, whyId, []),
    ],
  });
  const questions = body['questions'] as readonly { readonly options: readonly object[] }[];
  t.same(Object.keys(questions[0] ?? {}).toSorted(), ['options', 'points', 'question_id', 'question_text', 'question_type']);
  t.same(Object.keys(questions[0]?.options[0] ?? {}).toSorted(), ['option_id', 'option_text']);
  t.notMatch(raw.body, /correct|subject enters/);
  t.same((await begin(student, paper.id, teacher.username)).body, body, 'the same again');
});

t.test('10.8: 20 starts at once give one attempt', async (t) => {
  const student = await app.student(teacher);
  const answers = await Promise.all(Array.from({ length: 20 }, () => begin(student, paper.id, teacher.username)));
  t.ok(answers.every(({ status }) => status === 201));
  t.equal(new Set(answers.map(({ body }) => body['attempt_id'])).size, 1);
});

t.test('10.8: later edits do not change an open attempt; the next one has them', async (t) => {
  const own = await newPaper(app, teacher);
  const student = await app.student(teacher);
  const first = await begin(student, own.id, teacher.username);
  t.equal((await send(teacher, 'PATCH', `${ASSESSMENTS}questions/${own.choiceId}/`, { question_text: 'Who did?', points: 9 })).status, 200);
  t.equal((await send(teacher, 'DELETE', `${ASSESSMENTS}questions/${own.sidesId}/`)).status, 204);
  t.equal((await send(teacher, 'PATCH', `${ASSESSMENTS}${own.id}/`, { title: 'Canons' })).status, 200);
  t.same((await begin(student, own.id, teacher.username)).body, first.body);
  t.equal((await submit(student, String(first.body['attempt_id']), [chosen(own.sidesId, own.trueId)])).status, 200, 'a question that was removed since');
  t.match((await begin(student, own.id, teacher.username)).body, { assessment_title: 'Canons', questions: [{ question_text: 'Who did?', points: 9 }, { question_id: own.whyId }] });
});

t.test('10.8: what can not be started', async (t) => {
  const student = await app.student(teacher);
  const draft = await newPaper(app, teacher, { is_published: false });
  const empty = await newAssessment(app, teacher);
  for (const id of [draft.id, empty, UNKNOWN_ID, ...MALFORMED_IDS]) t.match(await begin(student, id, teacher.username), { status: 404, body: NOT_FOUND }, id);
  t.match(await begin(student, paper.id, other.username), { status: 404, body: NOT_FOUND }, 'under another teacher');
  t.match(await begin(student, paper.id, 'nobody'), { status: 404, body: NOT_FOUND });
  t.match(await begin(student, paper.id, student.username), { status: 404, body: NOT_FOUND }, 'no teacher');
});

t.test('10.8: as many attempts as the assessment allows', async (t) => {
  const once = await newPaper(app, teacher, { max_attempts: 1 });
  const student = await app.student(teacher);
  t.equal((await submit(student, await begun(student, once, teacher), [])).status, 200);
  t.match(await begin(student, once.id, teacher.username), { status: 400, body: { non_field_errors: ['You have no attempts left.'] } });
  const [listed] = (await available(student)).list.filter(({ id }) => id === once.id);
  t.match(listed, { attempts_count: 1, can_start: false, open_attempt_id: null });
});

t.test('10.7 and 10.8: of an assessment for a course, who has the course or a module of it', async (t) => {
  const course = await app.course(teacher);
  const ofCourse = await newPaper(app, teacher, { course });
  const students = { none: await app.student(teacher), whole: await app.student(teacher), part: await app.student(teacher), ended: await app.student(teacher) };
  await app.open(students.whole, course);
  await app.open(students.part, course, await app.module(teacher, course, 1));
  await app.open(students.ended, course);
  await app.endAccess(students.ended, course);
  const sees = async (student: Member): Promise<boolean> => (await available(student)).list.some(({ id }) => id === ofCourse.id);
  for (const student of [students.none, students.ended]) {
    t.match(await begin(student, ofCourse.id, teacher.username), { status: 403, body: DENIED });
    t.notOk(await sees(student));
  }
  for (const student of [students.whole, students.part]) {
    t.equal((await begin(student, ofCourse.id, teacher.username)).status, 201);
    t.ok(await sees(student));
  }
});

t.test('10.7: what the student may take, and how the student stands', async (t) => {
  const own = await app.teacher();
  const student = await app.student(own);
  t.same((await available(student, own)).list, []);
  const first = await newPaper(app, own);
  const second = await newPaper(app, own);
  await newPaper(app, own, { is_published: false });
  await newAssessment(app, own);
  await send(own, 'POST', `${ASSESSMENTS}${first.id}/questions/`, { ...choice, options: [] });
  const [newest, oldest, ...rest] = (await available(student, own)).list;
  t.same(rest, []);
  t.match(newest, { id: second.id, attempts_count: 0, open_attempt_id: null, can_start: true, best_percentage: null, is_passed: null });
  t.match(oldest, { id: first.id, title: 'Fugues', assessment_type: 'quiz', passing_grade: 60.5, total_points: 8, questions_count: 3 }, 'what students are shown counts');

  const standing = async () => (await available(student, own)).list.find(({ id }) => id === second.id);
  const attempt = await begun(student, second, own);
  t.match(await standing(), { attempts_count: 1, open_attempt_id: attempt, best_percentage: null });
  await submit(student, attempt, [chosen(second.choiceId, second.rightId), written(second.whyId, 'So')]);
  t.match(await standing(), { attempts_count: 1, open_attempt_id: null, can_start: true, best_percentage: null, is_passed: null }, 'an answer waits');
  const [waiting] = await pending(own);
  await grade(own, String(waiting?.['answer_id']), 5);
  t.match(await standing(), { best_percentage: '87.50', is_passed: true });
  await submit(student, await begun(student, second, own), [chosen(second.choiceId, second.rightId)]);
  t.match(await standing(), { attempts_count: 2, best_percentage: '87.50', is_passed: true }, 'the best counts');
  await grade(own, String(waiting?.['answer_id']), 0);
  t.match(await standing(), { best_percentage: '25.00', is_passed: false }, 'graded anew');
});

t.test('10.9: submitting answers the document\'s message, and again, and changes nothing then', async (t) => {
  const student = await app.student(teacher);
  const attempt = await begun(student, paper, teacher);
  const { choiceId, rightId, wrongId } = paper;
  t.match(await submit(student, attempt, [chosen(choiceId, rightId)]), { status: 200, body: SUBMITTED });
  const before = await result(student, attempt);
  t.match(before.body, { total_score: 2 });
  for (const answers of [[chosen(choiceId, rightId)], [chosen(choiceId, wrongId)], [chosen(UNKNOWN_ID, wrongId)], []]) {
    t.match(await submit(student, attempt, answers), { status: 200, body: SUBMITTED });
  }
  t.same((await result(student, attempt)).body, before.body);
});

t.test('10.9: of two bodies at once one counts', async (t) => {
  const student = await app.student(teacher);
  const attempt = await begun(student, paper, teacher);
  const { choiceId, rightId, sidesId, trueId } = paper;
  const both = await Promise.all([submit(student, attempt, [chosen(choiceId, rightId)]), submit(student, attempt, [chosen(sidesId, trueId)])]);
  t.same(both.map(({ status }) => status), [200, 200]);
  const { body } = await result(student, attempt);
  const answered = (body['answers'] as readonly { student_answer: string | null }[]).filter(({ student_answer: given }) => given !== null);
  t.equal(answered.length, 1);
});

const refusals = ({ choiceId, rightId, sidesId, trueId, whyId }: Paper): readonly (readonly [answers: unknown, body: object])[] => [
  [undefined, { answers: ['This field is required.'] }],
  [null, { answers: ['This field may not be null.'] }],
  ['x', { answers: ['Expected a list of items.'] }],
  [Array.from({ length: 201 }, () => chosen(choiceId, rightId)), { answers: ['Ensure this field has no more than 200 elements.'] }],
  [[{ selected_option_id: rightId }], { answers: [{ question_id: ['This field is required.'] }] }],
  [[chosen('x', rightId)], { answers: [{ question_id: ['Must be a valid UUID.'] }] }],
  [[chosen(choiceId, 'x')], { answers: [{ selected_option_id: ['Must be a valid UUID.'] }] }],
  [[written(whyId, 'x'.repeat(5_001))], { answers: [{ short_answer_text: ['Ensure this field has no more than 5000 characters.'] }] }],
  [[chosen(choiceId, rightId), chosen(UNKNOWN_ID, rightId)], { answers: [{}, { question_id: ['This question is not part of the attempt.'] }] }],
  [[chosen(choiceId, rightId), chosen(choiceId, rightId)], { answers: [{}, { question_id: ['This question is answered more than once.'] }] }],
  [[chosen(choiceId, trueId)], { answers: [{ selected_option_id: ['This is not an option of the question.'] }] }],
  [[chosen(whyId, rightId)], { answers: [{ selected_option_id: ['This question is answered in words.'] }] }],
  [[written(sidesId, 'True')], { answers: [{ short_answer_text: ['This question is answered by an option.'] }] }],
];

t.test('10.9: what is wrong is told at its place, and the attempt stays open', async (t) => {
  const student = await app.student(teacher);
  const attempt = await begun(student, paper, teacher);
  for (const [answers, body] of refusals(paper)) {
    const refused = await send(student, 'POST', `/students/attempts/${attempt}/submit/`, { answers });
    t.same([refused.status, refused.body], [400, body], JSON.stringify(answers)?.slice(0, 100));
  }
  t.equal(await begun(student, paper, teacher), attempt);
  const { choiceId, rightId, sidesId, whyId } = paper;
  const nulls = [
    { question_id: choiceId.toUpperCase(), selected_option_id: rightId.toUpperCase(), short_answer_text: '' },
    { question_id: sidesId, selected_option_id: null },
    { question_id: whyId, selected_option_id: '', short_answer_text: null },
  ];
  t.match(await submit(student, attempt, nulls), { status: 200, body: SUBMITTED });
  t.match((await result(student, attempt)).body, { total_score: 2 });
});

t.test('10.9: answers of an attempt have an end together', async (t) => {
  const student = await app.student(teacher);
  const id = await newAssessment(app, teacher);
  for (let index = 0; index < 21; index += 1) await send(teacher, 'POST', `${ASSESSMENTS}${id}/questions/`, why);
  const { body } = await begin(student, id, teacher.username);
  const questions = body['questions'] as readonly { question_id: string }[];
  const answers = questions.map(({ question_id: question }) => written(question, 'x'.repeat(5_000)));
  const attempt = String(body['attempt_id']);
  t.match(await submit(student, attempt, answers), { status: 400, body: { answers: ['The short answers of an attempt have at most 100000 characters together.'] } });
  t.equal((await submit(student, attempt, answers.slice(1))).status, 200);
});

t.test('10.7 to 10.9 are for students, each for the own attempts', async (t) => {
  const student = await app.student(teacher);
  const attempt = await begun(student, paper, teacher);
  const callers: readonly (readonly [who: string, caller: Member | null, status: number, body: object])[] = [
    ['nobody', null, 401, ANONYMOUS],
    ['the teacher', teacher, 403, DENIED],
    ['an admin', await app.member('admin'), 403, DENIED],
  ];
  for (const [who, caller, status, body] of callers) {
    t.match(await available(caller), { status, body }, who);
    t.match(await begin(caller, paper.id, teacher.username), { status, body }, who);
    t.match(await submit(caller, attempt, []), { status, body }, who);
  }
  for (const stranger of [await app.student(other), await app.student()]) {
    t.match(await available(stranger), { status: 200, list: [] });
    t.same((await available(stranger)).list, []);
    t.match(await begin(stranger, paper.id, teacher.username), { status: 404, body: NOT_FOUND });
    t.match(await submit(stranger, attempt, []), { status: 404, body: NOT_FOUND });
  }
  t.match(await submit(await app.student(teacher), attempt, []), { status: 404, body: NOT_FOUND }, 'another student of the teacher');
  for (const id of [UNKNOWN_ID, ...MALFORMED_IDS]) t.match(await submit(student, id, []), { status: 404, body: NOT_FOUND }, id);
  t.match(await available(student, { username: 'nobody' }), { status: 404, body: NOT_FOUND });
  t.equal(await begun(student, paper, teacher), attempt, 'nothing of it changed the attempt');
});

for (const shutOut of ['BlockStudent', 'RemoveStudent'] as const) {
  t.test(`${shutOut} while an attempt is open: it can be submitted, and nothing more`, async (t) => {
    const student = await app.student(teacher);
    const attempt = await begun(student, paper, teacher);
    await app.teach(shutOut, teacher, student);
    t.same((await available(student)).list, []);
    t.match(await begin(student, paper.id, teacher.username), { status: 404, body: NOT_FOUND });
    t.match(await submit(student, attempt, [chosen(paper.choiceId, paper.rightId)]), { status: 200, body: SUBMITTED });
    t.match(await result(student, attempt), { status: 404, body: NOT_FOUND });
    t.same((await send(student, 'GET', `/student/${teacher.username}/attempts/`)).list, []);
    await studyIn(app).changeStanding(shutOut === 'BlockStudent' ? 'UnblockStudent' : 'JoinTeacher', teacher, student);
    t.match(await result(student, attempt), { status: 200, body: { total_score: 2 } }, 'let in again');
    t.equal((await begin(student, paper.id, teacher.username)).status, 201);
  });
}

t.test('unpublishing or deleting the assessment while an attempt is open: it can be submitted, and no new one is started', async (t) => {
  for (const end of ['PATCH', 'DELETE'] as const) {
    const own = await newPaper(app, teacher);
    const student = await app.student(teacher);
    const attempt = await begun(student, own, teacher);
    await send(teacher, end, `${ASSESSMENTS}${own.id}/`, end === 'PATCH' ? { is_published: false } : undefined);
    t.equal(await begun(student, own, teacher), attempt, 'it can be gone on with');
    t.match(await submit(student, attempt, [chosen(own.choiceId, own.rightId)]), { status: 200, body: SUBMITTED });
    t.match(await begin(student, own.id, teacher.username), { status: 404, body: NOT_FOUND });
    t.match(await result(student, attempt), { status: 200, body: { assessment_title: 'Fugues', total_score: 2 } });
  }
});
