import t from 'tap';
import { courseProgress } from '../../../src/http/edupro/progress/course-progress.js';
import { contextFor } from '../../fixtures/command-services.js';
import { drawnUp } from '../../fixtures/courses.js';
import { curriculumOf } from '../../fixtures/curricula.js';
import { removeLesson } from '../../../src/commands/curriculum/remove-lesson.js';
import { createEduproApp, type Answer, type Member } from './edupro-app.js';
import { studyIn } from './study.js';

const app = await createEduproApp();
t.teardown(() => app.close());
const { commands, readModels } = app.services;
const { enroll, endEnrollment, changeStanding } = studyIn(app);

const teacher = await app.teacher();
const keeper = { accountId: teacher.accountId, role: 'instructor' } as const;
const courseId = await drawnUp(commands, { actor: keeper });
const { module, lesson } = curriculumOf(commands, keeper, courseId);
const moduleId = await module();
const otherModule = await module();
const lessons = [await lesson(moduleId), await lesson(moduleId), await lesson(otherModule)] as const;
const [first, second, third] = lessons;
const free = await lesson(otherModule, { isFree: true, isPublished: true });
const hidden = await lesson(moduleId, { isPublished: false });
const student = await app.student(teacher);
await enroll(student, courseId);

const tell = (as: Member | null, lessonId: string, body: object | undefined, method: 'PUT' | 'PATCH' = 'PUT'): Promise<Answer> =>
  app.send(as, method, `/lessons/${lessonId}/status/`, body);
const percentOf = async ({ accountId: studentId }: Member): Promise<string | undefined> =>
  (await courseProgress(readModels, [{ studentId, courseId }])).get(`${studentId}.${courseId}`)?.percent;

const closed = { status: 403, body: { detail: "You don't have permission to access this lesson." } };
const nothing = { status: 404, body: { detail: 'Not found.' } };

t.test('a student completes a lesson and opens it again', async (t) => {
  const { status, body } = await tell(student, first, { is_completed: true });
  t.same([status, body], [200, { id: 1, is_completed: true }]);
  t.equal(await percentOf(student), '25.00');
  t.match(await tell(student, first, { is_completed: 'true' }), { status: 200, body: { id: 1, is_completed: true } });
  t.match(await tell(student, first, { is_completed: false }, 'PATCH'), { status: 200, body: { id: 1, is_completed: false } });
  t.equal(await percentOf(student), '0.00');
  t.match(await tell(student, first, {}, 'PATCH'), { status: 200, body: { id: 1, is_completed: false } });
});

t.test('the first to say that a lesson is not completed gets its progress, too', async (t) => {
  t.match(await tell(student, second, { is_completed: false }), { status: 200, body: { id: 2, is_completed: false } });
  t.match(await tell(student, third, {}, 'PATCH'), { status: 200, body: { id: 3, is_completed: false } });
});

t.test('what is wrong is told', async (t) => {
  t.match(await tell(student, first, {}), { status: 400, body: { is_completed: ['This field is required.'] } });
  t.match(await tell(student, first, undefined), { status: 400, body: { is_completed: ['This field is required.'] } });
  t.match(await tell(student, first, { is_completed: 'x' }), { status: 400, body: { is_completed: ['Must be a valid boolean.'] } });
  t.match(await tell(student, first, { is_completed: null }, 'PATCH'), { status: 400, body: { is_completed: ['This field may not be null.'] } });
});

t.test('lessons that are not there, or not published', async (t) => {
  for (const lessonId of ['unknown', '0199aaaa-0000-7000-8000-000000000000', 'x'.repeat(200), hidden]) {
    t.match(await tell(student, lessonId, { is_completed: true }), nothing, lessonId);
  }
});

t.test('who may', async (t) => {
  t.equal((await tell(null, first, { is_completed: true })).status, 401);
  t.match(await tell(teacher, first, { is_completed: true }), closed);
  t.match(await tell(await app.member('admin'), first, { is_completed: true }), closed);
  const stranger = await app.student(teacher);
  t.match(await tell(stranger, first, { is_completed: true }), closed);
  t.match(await tell(stranger, free, { is_completed: true }), nothing, 'free, and no progress of who does not have the course');
  await enroll(stranger, courseId);
  await changeStanding('BlockStudent', teacher, stranger);
  t.match(await tell(stranger, first, { is_completed: true }), closed, 'blocked');
  await changeStanding('UnblockStudent', teacher, stranger);
  t.match(await tell(stranger, first, { is_completed: true }), { status: 200 });
  await changeStanding('RemoveStudent', teacher, stranger);
  t.match(await tell(stranger, first, { is_completed: false }), closed, 'removed');
  const buyer = await app.student();
  await enroll(buyer, courseId);
  t.match(await tell(buyer, free, { is_completed: true }), { status: 200 }, 'one who never joined and has the course');
});

t.test('who has a module tells progress in it, and in no other', async (t) => {
  const inPart = await app.student(teacher);
  await enroll(inPart, courseId, moduleId);
  t.match(await tell(inPart, first, { is_completed: true }), { status: 200, body: { is_completed: true } });
  t.match(await tell(inPart, third, { is_completed: true }), closed);
  t.equal(await percentOf(inPart), '25.00', 'of the whole course');
  await endEnrollment(inPart, courseId);
  t.match(await tell(inPart, first, { is_completed: false }), closed);
});

t.test('progress comes back with a new enrollment', async (t) => {
  for (const lessonId of [first, second]) await tell(student, lessonId, { is_completed: true });
  await endEnrollment(student, courseId);
  t.match(await tell(student, first, { is_completed: false }), closed);
  await enroll(student, courseId);
  t.equal(await percentOf(student), '50.00');
});

t.test('it is never above 100, right after lessons are removed and added', async (t) => {
  for (const lessonId of [third, free]) await tell(student, lessonId, { is_completed: true });
  t.equal(await percentOf(student), '100.00');
  await removeLesson(commands)({ actor: keeper, courseId, lessonId: second }, contextFor());
  await app.caughtUp();
  t.equal(await percentOf(student), '100.00');
  t.match(await tell(student, second, { is_completed: true }), nothing);
  await lesson(moduleId);
  await app.caughtUp();
  t.equal(await percentOf(student), '75.00');
});

t.test('of many at once one counts', async (t) => {
  const busy = await app.student(teacher);
  await enroll(busy, courseId);
  const answers = await Promise.all(Array.from({ length: 20 }, () => tell(busy, first, { is_completed: true })));
  t.equal(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size, 1);
  t.equal(answers[0]?.status, 200);
  t.equal(await percentOf(busy), '25.00');
});
