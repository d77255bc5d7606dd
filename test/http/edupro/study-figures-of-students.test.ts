import t from 'tap';
import { drawnUp } from '../../fixtures/courses.js';
import { curriculumOf } from '../../fixtures/curricula.js';
import { createEduproApp, type Member } from './edupro-app.js';
import { studyIn } from './study.js';

const app = await createEduproApp();
t.teardown(() => app.close());
const { commands } = app.services;
const { enroll, changeStanding } = studyIn(app);

const courseOf = async (teacher: Member): Promise<{ courseId: string; lessons: readonly string[] }> => {
  const keeper = { accountId: teacher.accountId, role: 'instructor' } as const;
  const courseId = await drawnUp(commands, { actor: keeper });
  const { module, lesson } = curriculumOf(commands, keeper, courseId);
  const moduleId = await module();
  return { courseId, lessons: [await lesson(moduleId), await lesson(moduleId)] };
};

const teacher = await app.teacher();
const other = await app.teacher();
const first = await courseOf(teacher);
const second = await courseOf(teacher);
const elsewhere = await courseOf(other);
const student = await app.student(teacher);
const idle = await app.student(teacher);
for (const { courseId } of [first, second, elsewhere]) await enroll(student, courseId);
await app.caughtUp();

const complete = async (lessonId: string | undefined): Promise<void> => {
  const { status } = await app.send(student, 'PUT', `/lessons/${String(lessonId)}/status/`, { is_completed: true });
  if (status !== 200) throw new Error(`the lesson was answered ${status}`);
};
for (const lessonId of first.lessons) await complete(lessonId);
await complete(second.lessons[0]);
const lastNews = app.clock.now().toISOString();
app.clock.advance(60_000);
// Neither what was so already nor what is done with another teacher is news.
await complete(second.lessons[0]);
await complete(elsewhere.lessons[0]);

const figures = { completed_lessons: 3, number_of_completed_courses: 1 };
const none = { completed_lessons: 0, last_activity: null, number_of_completed_courses: 0 };
const rowOf = async (member: Member) => {
  const { body } = await app.send(teacher, 'GET', '/teacher/get_students/');
  return (body['results'] as { student: { id: number } }[]).find((row) => row.student.id === member.id);
};

t.test('1.12 and 1.21 tell what a student has done with this teacher', async (t) => {
  for (const answer of [await app.send(student, 'GET', `/student/student-profile/${teacher.username}`), await app.send(teacher, 'GET', `/teacher/get-student-profile/${student.id}`)]) {
    t.match(answer.body, { ...figures, number_of_enrollment_courses: 2, last_activity: lastNews });
  }
  t.match((await app.send(teacher, 'GET', `/teacher/get-student-profile/${idle.id}`)).body, { ...none, number_of_enrollment_courses: 0 });
});

t.test('1.20 tells it of each student of the page', async (t) => {
  t.match(await rowOf(student), figures);
  t.match(await rowOf(idle), none);
});

t.test('it stays when a student is removed, and is there when the student joins again', async (t) => {
  await changeStanding('RemoveStudent', teacher, student);
  t.equal(await rowOf(student), undefined);
  t.equal((await app.send(student, 'POST', `/join-teacher/${teacher.username}/`)).status, 201);
  t.match(await rowOf(student), figures);
});
