import t from 'tap';
import { createAssessment } from '../../../src/commands/assessments/create-assessment.js';
import { changeAssessment } from '../../../src/commands/assessments/change-assessment.js';
import { deleteAssessment } from '../../../src/commands/assessments/delete-assessment.js';
import { addQuestion, changeQuestion } from '../../../src/commands/assessments/questions.js';
import { gradeAnswer } from '../../../src/commands/attempts/grade-answer.js';
import { startAttempt } from '../../../src/commands/attempts/start-attempt.js';
import { submitAttempt } from '../../../src/commands/attempts/submit-attempt.js';
import type { CommandServices } from '../../../src/commands/services.js';
import { joinTeacher } from '../../../src/commands/teaching/join-teacher.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { AssessmentDetails } from '../../../src/domain/assessment/decider.js';
import type { SentAnswer } from '../../../src/domain/assessment-attempt/decider.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { Crash, dyingAfter, newWorld, twoNodes, type World } from '../../fixtures/accounts.js';
import { contextFor } from '../../fixtures/command-services.js';
import { ada, drawnUp } from '../../fixtures/courses.js';

const at = '2026-03-01T10:00:00.000Z';
const teacherId = 'ada';
const studentId = 'sam';
const actor = { accountId: studentId, role: 'student' } as const;
const details: AssessmentDetails = { courseId: null, title: 'Fugues', description: '', type: 'quiz', passingGrade: '50', maxAttempts: null };

const must = async <Value>(outcome: Promise<{ readonly ok: true; readonly value: Value } | { readonly ok: false; readonly rejection: string }>): Promise<Value> => {
  const found = await outcome;
  if (!found.ok) throw new Error(found.rejection);
  return found.value;
};

/** A published assessment with a choice and a short answer, whose teacher has a student. */
const classroom = async (services: CommandServices, more: Partial<AssessmentDetails> = {}) => {
  const { assessmentId } = await must(createAssessment(services)({ teacherId, details: { ...details, ...more }, published: true }, contextFor()));
  const options = [
    { optionId: null, text: 'Bach', isCorrect: true },
    { optionId: null, text: 'Satie', isCorrect: false },
  ];
  const choice = { text: 'Who?', type: 'multiple_choice', points: 2, correctAnswer: null, options } as const;
  const short = { text: 'Why?', type: 'short_answer', points: 5, correctAnswer: null, options: [] } as const;
  const { questionId: choiceId } = await must(addQuestion(services)({ teacherId, assessmentId, question: choice }, contextFor()));
  const { questionId: shortId } = await must(addQuestion(services)({ teacherId, assessmentId, question: short }, contextFor()));
  await must(joinTeacher(services)({ teacherId, studentId }, contextFor()));
  return { assessmentId, choiceId, shortId };
};

const start = (services: CommandServices, assessmentId: string, context = contextFor(), of = teacherId) =>
  startAttempt(services)({ actor, teacherId: of, assessmentId }, context);
const submit = (services: CommandServices, assessmentId: string, attemptId: string, answers: readonly SentAnswer[] = []) =>
  submitAttempt(services)({ studentId, assessmentId, attemptId, answers }, contextFor());
const because = (questionId: string, text: string): SentAnswer => ({ questionId, optionId: null, text });

const teach = ({ handler }: CommandServices, type: 'BlockStudent' | 'UnblockStudent' | 'RemoveStudent') =>
  handler.handle(aggregates.teaching, `${teacherId}.${studentId}`, { type, data: { teacherId, studentId, at } }, contextFor());

const eventsOf = async ({ store }: World, assessmentId: string): Promise<readonly DomainEvent[]> => {
  const events: DomainEvent[] = [];
  for await (const event of store.readStream(`assessmentAttempt-${assessmentId}.${studentId}`)) events.push(event);
  return events;
};
const typesOf = async (world: World, assessmentId: string): Promise<readonly string[]> => (await eventsOf(world, assessmentId)).map(({ type }) => type);

t.test('20 starts at once, on two nodes, give one attempt', async (t) => {
  const [one, other] = twoNodes();
  const { assessmentId } = await classroom(one.services);
  const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => must(start(index % 2 === 0 ? one.services : other.services, assessmentId))));
  t.equal(new Set(outcomes.map(({ attemptId }) => attemptId)).size, 1);
  t.same(await typesOf(one, assessmentId), ['AttemptStarted']);
});

t.test('of two submissions at once the first counts, and both are accepted', async (t) => {
  const [one, other] = twoNodes();
  const { assessmentId, shortId } = await classroom(one.services);
  const { attemptId } = await must(start(one.services, assessmentId));
  const texts = Array.from({ length: 20 }, (_, index) => `Because ${index}`);
  const outcomes = await Promise.all(texts.map((text, index) => submit(index % 2 === 0 ? one.services : other.services, assessmentId, attemptId, [because(shortId, text)])));
  t.ok(outcomes.every(({ ok }) => ok));
  const events = await eventsOf(one, assessmentId);
  t.same(events.map(({ type }) => type), ['AttemptStarted', 'AttemptSubmitted']);
  const kept = events.flatMap((event) => (event.type === 'AttemptSubmitted' ? event.data.answers.flatMap(({ text }) => text ?? []) : []));
  t.equal(kept.length, 1);
  t.ok(texts.includes(String(kept[0])));
});

t.test('a start that is repeated, also after a crash, says the attempt that it made', async (t) => {
  const world = newWorld();
  const { assessmentId } = await classroom(world.services);
  const context = contextFor();
  await t.rejects(start(dyingAfter(0, world).services, assessmentId, context), Crash);
  const first = await must(start(world.services, assessmentId, context));
  t.same(await must(start(world.services, assessmentId, context)), first);
  await must(submit(world.services, assessmentId, first.attemptId));
  t.same(await must(start(world.services, assessmentId, context)), first, 'and begins no other');
  const second = await must(start(world.services, assessmentId));
  t.not(second.attemptId, first.attemptId);
  t.same(await must(start(world.services, assessmentId, context)), first);
  t.same(await typesOf(world, assessmentId), ['AttemptStarted', 'AttemptSubmitted', 'AttemptStarted']);
});

t.test('an attempt keeps the questions as they were shown', async (t) => {
  const world = newWorld();
  const { assessmentId, shortId } = await classroom(world.services);
  const { attemptId } = await must(start(world.services, assessmentId));
  await must(changeQuestion(world.services)({ teacherId, assessmentId, questionId: shortId, changes: { text: 'Otherwise?', points: 1 } }, contextFor()));
  t.same(await must(start(world.services, assessmentId)), { attemptId });
  await must(submit(world.services, assessmentId, attemptId, [because(shortId, 'So')]));
  const [begun, handedIn] = await eventsOf(world, assessmentId);
  if (begun?.type !== 'AttemptStarted' || handedIn?.type !== 'AttemptSubmitted') throw new Error('not submitted');
  t.match(begun.data.questions[1], { text: 'Why?', points: 5 });
  const answerId = handedIn.data.answers[1]?.answerId ?? '';
  const given = { teacherId, assessmentId, studentId, attemptId, answerId };
  t.ok((await gradeAnswer(world.services)({ ...given, points: 5 }, contextFor())).ok, 'the points of then');
  t.match(await gradeAnswer(world.services)({ ...given, points: 6 }, contextFor()), { rejection: 'points-beyond-question', details: { most: 5 } });
  t.match(await gradeAnswer(world.services)({ ...given, teacherId: 'bob', points: 1 }, contextFor()), { rejection: 'answer-not-found' });
});

t.test('only students of the teacher start, and only what is published and the teacher\'s', async (t) => {
  const { services } = newWorld();
  const { assessmentId } = await classroom(services);
  const stranger = { accountId: 'eve', role: 'student' } as const;
  t.match(await startAttempt(services)({ actor: stranger, teacherId, assessmentId }, contextFor()), { rejection: 'not-a-student-of-teacher' });
  await must(joinTeacher(services)({ teacherId: 'bob', studentId }, contextFor()));
  t.match(await start(services, assessmentId, contextFor(), 'bob'), { rejection: 'assessment-not-found' });
  t.match(await start(services, 'none'), { rejection: 'assessment-not-found' });
  await must(changeAssessment(services)({ teacherId, assessmentId, details: {}, published: false }, contextFor()));
  t.match(await start(services, assessmentId), { rejection: 'assessment-not-found' });
});

t.test('of an assessment for a course only who has the course, or a module of it', async (t) => {
  const { services } = newWorld();
  const courseId = await drawnUp(services, { actor: ada });
  const { assessmentId } = await classroom(services, { courseId });
  t.match(await start(services, assessmentId), { rejection: 'assessment-not-open' });
  const open = async (moduleId: string | null) => {
    const data = { studentId, courseId, moduleId, grantId: contextFor().commandId, source: 'coupon', at } as const;
    await services.handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'ClaimAccess', data }, contextFor());
  };
  await open('module');
  const { attemptId } = await must(start(services, assessmentId));
  await services.handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'EndAccess', data: { studentId, courseId, reason: 'ended', at } }, contextFor());
  await must(submit(services, assessmentId, attemptId));
  t.match(await start(services, assessmentId), { rejection: 'assessment-not-open' });
  await open(null);
  t.ok((await start(services, assessmentId)).ok);
});

const interruptions: readonly (readonly [what: string, happens: (services: CommandServices, assessmentId: string) => Promise<unknown>, isShutOut: boolean])[] = [
  ['the student is blocked', (services) => teach(services, 'BlockStudent'), true],
  ['the student is removed', (services) => teach(services, 'RemoveStudent'), true],
  ['the assessment is unpublished', (services, assessmentId) => must(changeAssessment(services)({ teacherId, assessmentId, details: {}, published: false }, contextFor())), false],
  ['the assessment is deleted', (services, assessmentId) => must(deleteAssessment(services)({ teacherId, assessmentId }, contextFor())), false],
];
for (const [what, happens, isShutOut] of interruptions) {
  t.test(`${what} while an attempt is open: it can be submitted, and no new one is started`, async (t) => {
    const world = newWorld();
    const { services } = world;
    const { assessmentId } = await classroom(services);
    const { attemptId } = await must(start(services, assessmentId));
    await happens(services, assessmentId);
    const again = await start(services, assessmentId);
    t.match(again, isShutOut ? { rejection: 'not-a-student-of-teacher' } : { value: { attemptId } });
    t.ok((await submit(services, assessmentId, attemptId)).ok);
    t.match(await start(services, assessmentId), { rejection: isShutOut ? 'not-a-student-of-teacher' : 'assessment-not-found' });
    t.same(await typesOf(world, assessmentId), ['AttemptStarted', 'AttemptSubmitted']);
  });
}

t.test('who is unblocked goes on', async (t) => {
  const { services } = newWorld();
  const { assessmentId } = await classroom(services);
  const { attemptId } = await must(start(services, assessmentId));
  await teach(services, 'BlockStudent');
  await teach(services, 'UnblockStudent');
  t.same(await must(start(services, assessmentId)), { attemptId });
});

t.test('the attempts that are allowed, also when 20 want the last one', async (t) => {
  const [one, other] = twoNodes();
  const { assessmentId } = await classroom(one.services, { maxAttempts: 2 });
  const first = await must(start(one.services, assessmentId));
  await must(submit(one.services, assessmentId, first.attemptId));
  const last = await Promise.all(Array.from({ length: 20 }, (_, index) => must(start(index % 2 === 0 ? one.services : other.services, assessmentId))));
  t.equal(new Set(last.map(({ attemptId }) => attemptId)).size, 1);
  await must(submit(one.services, assessmentId, last[0]?.attemptId ?? ''));
  t.match(await start(one.services, assessmentId), { rejection: 'no-attempts-left', details: { most: 2 } });
});

t.test('two grades at once: the score is that of the last', async (t) => {
  const [one, other] = twoNodes();
  const { assessmentId, shortId } = await classroom(one.services);
  const { attemptId } = await must(start(one.services, assessmentId));
  await must(submit(one.services, assessmentId, attemptId, [because(shortId, 'So')]));
  const handedIn = (await eventsOf(one, assessmentId))[1];
  if (handedIn?.type !== 'AttemptSubmitted') throw new Error('not submitted');
  const answerId = handedIn.data.answers[1]?.answerId ?? '';
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      must(gradeAnswer(index % 2 === 0 ? one.services : other.services)({ teacherId, assessmentId, studentId, attemptId, answerId, points: index % 6 }, contextFor()))),
  );
  for (const event of await eventsOf(one, assessmentId)) {
    if (event.type !== 'AnswerGraded') continue;
    t.same(event.data.score, { awarded: event.data.points, pending: 0 });
    t.equal(event.data.gradedBy, teacherId);
  }
});
