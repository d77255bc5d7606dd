import t from 'tap';
import { MALFORMED_IDS, NOT_FOUND, UNKNOWN_ID } from './assessment-steps.js';
import { attemptsIn, chosen, newPaper, written } from './attempt-steps.js';
import { createEduproApp, type Member } from './edupro-app.js';

const app = await createEduproApp();
t.teardown(() => app.close());
const { send } = app;
const { begun, submit, result, pending, grade } = attemptsIn(app);
const teacher = await app.teacher();
const other = await app.teacher();
const paper = await newPaper(app, teacher);
const { choiceId, rightId, wrongId, sidesId, trueId, whyId } = paper;

const listed = (student: Member | null, username = teacher.username) => send(student, 'GET', `/student/${username}/attempts/`);

t.test('10.11: before all answers are graded nothing is told of points and right answers', async (t) => {
  const student = await app.student(teacher);
  const attempt = await begun(student, paper, teacher);
  const untold = { points_awarded: null, correct_answer: null, is_correct: null };
  const before = await result(student, attempt);
  t.equal(before.status, 200);
  t.match(before.body, { status: 'in_progress', total_score: null, percentage: null, is_passed: null, passing_grade: 60.5 });
  t.match(before.body['answers'], [{ ...untold, student_answer: null }, untold, untold]);

  await submit(student, attempt, [chosen(choiceId, rightId), chosen(sidesId, trueId), written(whyId, 'Voices\nenter')]);
  const waiting = await result(student, attempt);
  t.match(waiting.body, { assessment_title: 'Fugues', status: 'submitted', total_score: null, total_points: 8, is_passed: null });
  t.same(waiting.body['answers'], [
    { question_text: 'Who wrote it?', question_type: 'multiple_choice', points: 2, ...untold, student_answer: 'Bach' },
    { question_text: 'It is a fugue.', question_type: 'true_false', points: 1, ...untold, student_answer: 'True' },
    { question_text: 'Why?', question_type: 'short_answer', points: 5, ...untold, student_answer: 'Voices\nenter' },
  ]);
  t.notMatch(waiting.raw.body, /subject enters/);
});

t.test('10.11: the document\'s body, once all answers are graded', async (t) => {
  const student = await app.student(teacher);
  const attempt = await begun(student, paper, teacher);
  await submit(student, attempt, [chosen(choiceId, wrongId), chosen(sidesId, trueId), written(whyId, 'Voices')]);
  const [waiting] = (await pending(teacher, '?page_size=100')).filter(({ attempt_id: id }) => id === attempt);
  const answer = String(waiting?.['answer_id']);
  await grade(teacher, answer, 3);
  const { status, body } = await result(student, attempt);
  t.equal(status, 200);
  t.same(body, {
    assessment_title: 'Fugues',
    status: 'graded',
    total_score: 4,
    total_points: 8,
    percentage: '50.00',
    passing_grade: 60.5,
    is_passed: false,
    answers: [
      { question_text: 'Who wrote it?', question_type: 'multiple_choice', points: 2, points_awarded: 0, correct_answer: 'Bach', student_answer: 'Satie', is_correct: false },
      { question_text: 'It is a fugue.', question_type: 'true_false', points: 1, points_awarded: 1, correct_answer: 'True', student_answer: 'True', is_correct: true },
      { question_text: 'Why?', question_type: 'short_answer', points: 5, points_awarded: 3, correct_answer: 'The subject enters', student_answer: 'Voices', is_correct: false },
    ],
  });
  await grade(teacher, answer, 5);
  const regraded = await result(student, attempt);
  t.match(regraded.body, { total_score: 6, percentage: '75.00', is_passed: true, answers: [{}, {}, { points_awarded: 5, is_correct: true }] });
});

t.test('10.11: what was left out has no points, and an attempt without short answers is graded at once', async (t) => {
  const student = await app.student(teacher);
  const attempt = await begun(student, paper, teacher);
  await submit(student, attempt, [chosen(choiceId, rightId), written(whyId, '  ')]);
  const { body } = await result(student, attempt);
  t.match(body, { status: 'graded', total_score: 2, percentage: '25.00', is_passed: false });
  t.match(body['answers'], [{ points_awarded: 2 }, { points_awarded: 0, student_answer: null, is_correct: false }, { points_awarded: 0, student_answer: null, is_correct: false }]);
  t.notOk((await pending(teacher, '?page_size=100')).some(({ attempt_id: id }) => id === attempt));
});

t.test('passing is decided on the exact percentage: two thirds are less than 66.67 per cent', async (t) => {
  const student = await app.student(teacher);
  for (const [passing_grade, is_passed] of [[66.66, true], [66.67, false]] as const) {
    const own = await newPaper(app, teacher, { passing_grade });
    await send(teacher, 'DELETE', `/teacher/assessments/questions/${own.whyId}/`);
    const attempt = await begun(student, own, teacher);
    await submit(student, attempt, [chosen(own.choiceId, own.rightId)]);
    t.match((await result(student, attempt)).body, { total_score: 2, total_points: 3, percentage: '66.67', passing_grade, is_passed });
  }
});

t.test('10.10: the student\'s own attempts with that teacher, the newest first', async (t) => {
  const student = await app.student(teacher);
  t.same((await listed(student)).list, []);
  const first = await begun(student, paper, teacher);
  await submit(student, first, [chosen(choiceId, rightId)]);
  const second = await begun(student, paper, teacher);
  await submit(student, second, [written(whyId, 'So')]);
  const third = await begun(student, paper, teacher);
  const { status, list } = await listed(student);
  t.equal(status, 200);
  const about = { assessment_id: paper.id, assessment_title: 'Fugues', course: null, total_points: 8, passing_grade: 60.5, started_at: /^\d{4}-/ };
  t.match(list, [
    { attempt_id: third, ...about, status: 'in_progress', total_score: null, percentage: null, is_passed: null, submitted_at: null },
    { attempt_id: second, ...about, status: 'submitted', total_score: null, percentage: null, is_passed: null, submitted_at: /^\d{4}-/ },
    { attempt_id: first, ...about, status: 'graded', total_score: 2, percentage: '25.00', is_passed: false, submitted_at: /^\d{4}-/ },
  ]);
  t.equal(list.length, 3);
  t.same((await listed(student, other.username)).list, [], 'none with another teacher');
  t.same((await listed(await app.student(teacher))).list, [], 'none of another student');
  t.match(await listed(student, 'nobody'), { status: 404, body: NOT_FOUND });
  t.match(await listed(student, student.username), { status: 404, body: NOT_FOUND });
});

t.test('10.10 and 10.11 are for students, each for the own attempts', async (t) => {
  const student = await app.student(teacher);
  const attempt = await begun(student, paper, teacher);
  const denied = { detail: 'You do not have permission to perform this action.' };
  const callers: readonly (readonly [caller: Member | null, status: number, body: object])[] = [
    [null, 401, { detail: 'Authentication credentials were not provided.' }],
    [teacher, 403, denied],
    [other, 403, denied],
    [await app.member('admin'), 403, denied],
  ];
  for (const [caller, status, body] of callers) {
    t.match(await listed(caller), { status, body });
    t.match(await result(caller, attempt), { status, body });
  }
  for (const stranger of [await app.student(teacher), await app.student(other), await app.student()]) t.match(await result(stranger, attempt), { status: 404, body: NOT_FOUND });
  for (const id of [UNKNOWN_ID, ...MALFORMED_IDS]) t.match(await result(student, id), { status: 404, body: NOT_FOUND }, id);
});
