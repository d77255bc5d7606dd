import t from 'tap';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { submitAttempt } from '../../../src/commands/attempts/submit-attempt.js';
import { startAttempt } from '../../../src/commands/attempts/start-attempt.js';
import { answersOf, attemptById, attemptsOfStudent, standingsOf } from '../../../src/projections/attempts/queries.js';
import { contextFor } from '../../fixtures/command-services.js';
import { ASSESSMENTS, MALFORMED_IDS, newCourse, NOT_FOUND, refusedCallers, UNKNOWN_ID } from './assessment-steps.js';
import { attemptsIn, chosen, newPaper, PENDING, written, type Paper } from './attempt-steps.js';
import { createEduproApp, type Member } from './edupro-app.js';
import { studyIn } from './study.js';

const app = await createEduproApp();
t.teardown(() => app.close());
const { send } = app;
const { begun, submit, result, pending, grade } = attemptsIn(app);
const teacher = await app.teacher();
const other = await app.teacher();
const paper = await newPaper(app, teacher);

/** Hands in a short answer, and says its id. */
const waiting = async (student: Member, own: Paper = paper, of: Member = teacher, text = 'Voices enter'): Promise<string> => {
  const attempt = await begun(student, own, of);
  await submit(student, attempt, [chosen(own.choiceId, own.rightId), written(own.whyId, text)]);
  const [found] = (await pending(of, '?page_size=100')).filter(({ attempt_id: id }) => id === attempt);
  return String(found?.['answer_id']);
};

t.test('10.12: answers that wait, the oldest first, in pages', async (t) => {
  const own = await app.teacher();
  const first = await newPaper(app, own);
  t.same((await send(own, 'GET', PENDING)).body, { count: 0, next: null, previous: null, results: [] });
  const students = [await app.student(own, 'eve'), await app.student(own), await app.student(own)];
  const ids: string[] = [];
  for (const student of students) ids.push(await waiting(student, first, own));
  const { status, body } = await send(own, 'GET', `${PENDING}?page_size=2`);
  t.equal(status, 200);
  t.match(body, { count: 3, next: /\/api\/v1\/teacher\/grading\/pending\/\?page_size=2&page=2$/, previous: null });
  t.same((body['results'] as readonly { answer_id: string }[]).map(({ answer_id: id }) => id), ids.slice(0, 2));
  const [item] = await pending(own);
  const { submitted_at: at, attempt_id: attempt, ...rest } = item ?? {};
  t.match([at, attempt], [/^\d{4}-/, /^[0-9a-f-]{36}$/]);
  t.same(rest, {
    answer_id: ids[0],
    student: { id: students[0]?.id, full_name: 'Ada eve', username: 'eve' },
    assessment: { id: first.id, title: 'Fugues', course: null },
    question: { id: first.whyId, question_text: 'Why?', question_type: 'short_answer', correct_answer: 'The subject enters' },
    answer_text: 'Voices enter',
    points: 5,
  });
  t.same((await pending(own, '?page_size=2&page=2')).map(({ answer_id: id }) => id), ids.slice(2));
  t.match(await send(own, 'GET', `${PENDING}?page_size=2&page=3`), { status: 404, body: { detail: 'Invalid page.' } });
  await grade(own, ids[0] ?? '', 5);
  t.same((await pending(own)).map(({ answer_id: id }) => id), ids.slice(1), 'what is graded waits no more');
  t.same(await pending(other), [], 'not those of another teacher');
});

t.test('10.12: filters by course, assessment, question and type', async (t) => {
  const own = await app.teacher();
  const course = await newCourse(app, own);
  const ofCourse = await newPaper(app, own, { course });
  const ofNone = await newPaper(app, own);
  const student = await app.student(own);
  await studyIn(app).enroll(student, course);
  const one = await waiting(student, ofCourse, own);
  const two = await waiting(student, ofNone, own);
  const found = async (query: string) => (await pending(own, query)).map(({ answer_id: id }) => id);
  const filters: readonly (readonly [query: string, ids: readonly string[]])[] = [
    ['', [one, two]],
    [`?course=${course}`, [one]],
    ['?course=unknown', []],
    ['?course=', [one, two]],
    [`?assessment=${ofNone.id}`, [two]],
    [`?assessment=${ofNone.id.toUpperCase()}`, [two]],
    [`?assessment=${UNKNOWN_ID}`, []],
    ['?assessment=x', [one, two]],
    [`?question=${ofCourse.whyId}`, [one]],
    [`?question=${ofCourse.choiceId}`, []],
    ['?question_type=short_answer', [one, two]],
    ['?question_type=multiple_choice', []],
    ['?question_type=true_false', []],
    ['?question_type=essay&unknown=1', [one, two]],
    [`?course=${course}&assessment=${ofCourse.id}`, [one]],
    [`?course=${course}&assessment=${ofNone.id}`, []],
    [`?course=${course}&question=${ofCourse.whyId}`, [one]],
    [`?assessment=${ofNone.id}&question=${ofNone.whyId}`, [two]],
    [`?course=${course}&assessment=${ofCourse.id}&question=${ofCourse.whyId}&question_type=short_answer`, [one]],
  ];
  for (const [query, ids] of filters) t.same(await found(query), ids, query);
  t.equal((await send(own, 'DELETE', `${ASSESSMENTS}${ofNone.id}/`)).status, 204);
  t.same(await found(`?assessment=${ofNone.id}`), [two], 'the answers of a deleted assessment wait still');
  t.equal((await grade(own, two, 1)).status, 200);
});

t.test('10.13: the teacher grades, and grades anew', async (t) => {
  const student = await app.student(teacher);
  const answer = await waiting(student);
  t.match(await grade(teacher, answer, 4), { status: 200, body: { message: 'Answer graded successfully.', answer_id: answer, points_awarded: 4 } });
  t.match(await grade(teacher, answer, '2', 'PATCH'), { status: 200, body: { points_awarded: 2 } });
  t.match(await grade(teacher, answer, 2), { status: 200, body: { points_awarded: 2 } });
  t.match(await grade(teacher, answer, 0), { status: 200, body: { points_awarded: 0 } });
  t.match(await grade(teacher, answer, 5), { status: 200, body: { points_awarded: 5 } });
  const [{ attempt_id: attempt } = { attempt_id: '' }] = (await send(student, 'GET', `/student/${teacher.username}/attempts/`)).list;
  t.match((await result(student, String(attempt))).body, { total_score: 7 });
});

t.test('10.13: points that are none', async (t) => {
  const answer = await waiting(await app.student(teacher));
  const refused: readonly (readonly [points: unknown, sentence: string])[] = [
    [undefined, 'This field is required.'],
    [null, 'This field may not be null.'],
    [6, 'Ensure this value is less than or equal to 5.'],
    [1_001, 'Ensure this value is less than or equal to 5.'],
    [-1, 'Ensure this value is greater than or equal to 0.'],
    [1.5, 'A valid integer is required.'],
    ['many', 'A valid integer is required.'],
  ];
  for (const [points, sentence] of refused) {
    for (const method of ['PUT', 'PATCH'] as const) {
      const { status, body } = await grade(teacher, answer, points, method);
      t.same([status, body], [400, { points_awarded: [sentence] }], `${method} ${String(points)}`);
    }
  }
  t.ok((await pending(teacher, '?page_size=100')).some(({ answer_id: id }) => id === answer));
});

t.test('10.13: only short answers are graded by hand, and only those that were handed in', async (t) => {
  const student = await app.student(teacher);
  const attempt = await begun(student, paper, teacher);
  const [choice, , short] = await answersOf(app.services.readModels, attempt);
  t.match(await grade(teacher, short?.id ?? '', 1), { status: 404, body: NOT_FOUND }, 'the attempt is open');
  await submit(student, attempt, []);
  t.match(await grade(teacher, choice?.id ?? '', 1), { status: 400, body: { non_field_errors: ['Only short answers are graded by hand.'] } });
  t.equal((await grade(teacher, short?.id ?? '', 1)).status, 200, 'one that was left empty');
});

t.test('10.12 and 10.13 are for teachers, each for the own assessments', async (t) => {
  const answer = await waiting(await app.student(teacher));
  for (const [who, caller, status, body] of await refusedCallers(app, teacher)) {
    t.match(await send(caller, 'GET', PENDING), { status, body }, who);
    for (const method of ['PUT', 'PATCH'] as const) t.match(await grade(caller, answer, 1, method), { status, body }, who);
  }
  for (const method of ['PUT', 'PATCH'] as const) {
    t.match(await grade(other, answer, 1, method), { status: 404, body: NOT_FOUND }, 'another teacher');
    for (const id of [UNKNOWN_ID, ...MALFORMED_IDS]) t.match(await grade(teacher, id, 1, method), { status: 404, body: NOT_FOUND }, id);
  }
  t.ok((await pending(teacher, '?page_size=100')).some(({ answer_id: id }) => id === answer));
});

t.test('answers of a student who was blocked or removed wait still', async (t) => {
  const student = await app.student(teacher);
  const answer = await waiting(student);
  await studyIn(app).changeStanding('BlockStudent', teacher, student);
  t.equal((await grade(teacher, answer, 3)).status, 200);
  await studyIn(app).changeStanding('RemoveStudent', teacher, student);
  t.equal((await grade(teacher, answer, 4)).status, 200);
});

t.test('of a deleted account nothing is shown, nor of what it hands in while it is being deleted', async (t) => {
  const { services: { commands, readModels } } = app;
  const student = await app.student(teacher);
  const answer = await waiting(student, paper, teacher, 'canary-1');
  const open = await begun(student, paper, teacher);
  const second = await newPaper(app, teacher);
  const actor = { accountId: (await app.member('admin')).accountId, role: 'admin' } as const;
  const deleted = await deleteAccount(commands)({ accountId: student.accountId, actor }, contextFor());
  t.ok(deleted.ok);
  await submitAttempt(commands)({ studentId: student.accountId, assessmentId: paper.id, attemptId: open, answers: [{ questionId: paper.whyId, optionId: null, text: 'canary-2' }] }, contextFor());
  const begunLate = await startAttempt(commands)({ actor: { accountId: student.accountId, role: 'student' }, teacherId: teacher.accountId, assessmentId: second.id }, contextFor());
  t.ok(begunLate.ok);
  await app.caughtUp();
  t.notMatch((await send(teacher, 'GET', `${PENDING}?page_size=100`)).raw.body, /canary/);
  t.match(await grade(teacher, answer, 1), { status: 404, body: NOT_FOUND });
  t.same(await attemptsOfStudent(readModels, student.accountId, teacher.accountId), []);
  t.same(await standingsOf(readModels, student.accountId, [paper.id, second.id]), [undefined, undefined]);
  t.same(await answersOf(readModels, open), []);
  t.equal(await attemptById(readModels, open), undefined);
});
