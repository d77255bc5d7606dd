import t from 'tap';
import { leaveOrganization, removeMember } from '../../../src/commands/organizations/join-and-leave.js';
import { deleteOrganization } from '../../../src/commands/organizations/change-organization.js';
import { enrollInFreeCourse } from '../../../src/commands/enrollments/enroll-in-free-course.js';
import { changeCourse } from '../../../src/commands/courses/change-course.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { hasAccess } from '../../../src/domain/enrollment/decider.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { CommandServices } from '../../../src/commands/services.js';
import { formerMembersConsumer } from '../../../src/workers/former-members/close-courses.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { ada, drawnUp, typesIn } from '../../fixtures/courses.js';
import { actorOf, founded, joined } from '../../fixtures/organizations.js';

const at = '2026-03-01T12:00:00.000Z';

const registered = async ({ handler }: CommandServices, accountId: string): Promise<void> => {
  const person = { name: accountId, email: `${accountId}@example.org`, passwordHash: null, provider: 'local', imageUrl: null } as const;
  const data = { ...person, accountId, role: 'student', holdId: accountId, at } as const;
  await handler.handle(aggregates.account, accountId, { type: 'RegisterAccount', data }, contextFor());
};

const start = async () => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store);
  await registered(services, 'ada');
  const organizationId = await founded(services, 'ada');
  const join = async (userId: string) => {
    await registered(services, userId);
    return joined(services, { organizationId, by: 'ada', userId });
  };
  const course = (fields: object = {}) => drawnUp(services, { price: '0', organizationId, organizationPrivate: true, ...fields });
  const enroll = (courseId: string, studentId: string) => enrollInFreeCourse(services)({ studentId, courseId }, contextFor());
  const leave = (userId: string) => leaveOrganization(services)({ actor: actorOf(userId), organizationId }, contextFor());
  return { store, services, organizationId, join, course, enroll, leave };
};

const owns = async ({ handler }: CommandServices, studentId: string, courseId: string): Promise<boolean> =>
  hasAccess((await handler.load(aggregates.enrollment, `${studentId}.${courseId}`)).state);

const seatsOf = async ({ handler }: CommandServices, courseId: string): Promise<number | undefined> => {
  const { state } = await handler.load(aggregates.course, courseId);
  return state.status === 'none' ? undefined : state.seatsInUse;
};

/** Each event of the log twice, as a bus may. */
const consume = async (store: MemoryEventStore<DomainEvent>, services: CommandServices): Promise<void> => {
  const consumer = formerMembersConsumer(services);
  for await (const event of store.readAll()) for (let time = 0; time < 2; time += 1) await consumer.handle(event);
};

t.test('a member has a free private course by the membership, and it closes with the membership', async (t) => {
  const { store, services, organizationId, join, course, enroll, leave } = await start();
  await join('sam');
  const courseId = await course({ capacity: 1 });
  t.match(await enroll(courseId, 'sam'), { ok: true });
  t.match(await enroll(courseId, 'sam'), { ok: true, changed: false }, 'again is nothing');
  const [, granted] = await typesIn(store, `enrollment-sam.${courseId}`);
  t.equal(granted, 'AccessGranted');
  t.match((await services.handler.load(aggregates.enrollment, `sam.${courseId}`)).state.grants.get(`membership-${organizationId}-1`), 'live');
  t.equal(await seatsOf(services, courseId), 1);
  await consume(store, services);
  t.equal(await owns(services, 'sam', courseId), true, 'while the membership goes on');

  t.match(await leave('sam'), { ok: true });
  await consume(store, services);
  t.equal(await owns(services, 'sam', courseId), false);
  t.equal(await seatsOf(services, courseId), 0, 'the seat is free again');
  t.match(await enroll(courseId, 'sam'), { ok: false, rejection: 'course-not-found' });

  await join('sam');
  t.match(await enroll(courseId, 'sam'), { ok: true }, 'a member again');
  await consume(store, services);
  t.equal(await owns(services, 'sam', courseId), true, 'the end of the first membership is not that of the second');
  t.equal(await seatsOf(services, courseId), 1);
});

t.test('what was bought or given otherwise stays, and other members keep theirs', async (t) => {
  const { store, services, organizationId, join, course, enroll } = await start();
  for (const userId of ['sam', 'kim']) await join(userId);
  const courseId = await course();
  for (const userId of ['sam', 'kim']) await enroll(courseId, userId);
  const data = { studentId: 'sam', courseId, grantId: 'payment', source: 'payment', at } as const;
  await services.handler.handle(aggregates.enrollment, `sam.${courseId}`, { type: 'GrantAccess', data }, contextFor());
  t.match(await removeMember(services)({ actor: actorOf('ada'), organizationId, userId: 'sam' }, contextFor()), { ok: true });
  await consume(store, services);
  t.same([await owns(services, 'sam', courseId), await owns(services, 'kim', courseId)], [true, true]);
  const { grants } = (await services.handler.load(aggregates.enrollment, `sam.${courseId}`)).state;
  t.same([...grants.values()].sort(), ['live', 'revoked']);
});

t.test('a course that was made public closes as well; a deletion of the organization closes nothing', async (t) => {
  const { store, services, organizationId, join, course, enroll, leave } = await start();
  for (const userId of ['sam', 'kim']) await join(userId);
  const courseId = await course();
  for (const userId of ['sam', 'kim']) await enroll(courseId, userId);
  t.match(await changeCourse(services)({ actor: ada, courseId, changes: { organizationPrivate: false } }, contextFor()), { ok: true });
  await leave('sam');
  await consume(store, services);
  t.equal(await owns(services, 'sam', courseId), false);
  t.match(await enroll(courseId, 'sam'), { ok: true }, 'as anybody may');
  t.match(await deleteOrganization(services)({ actor: actorOf('ada'), organizationId }, contextFor()), { ok: true });
  await consume(store, services);
  t.same([await owns(services, 'sam', courseId), await owns(services, 'kim', courseId)], [true, true]);
});

t.test('a grant that came after the end of the membership is ended, and one of another kind is left alone', async (t) => {
  const { store, services, organizationId, join, course, leave } = await start();
  await join('sam');
  const courseId = await course();
  const grant = async (grantId: string): Promise<void> => {
    const data = { studentId: 'sam', courseId, grantId, source: 'organization', at } as const;
    await services.handler.handle(aggregates.enrollment, `sam.${courseId}`, { type: 'GrantAccess', data }, contextFor());
  };
  const open = { type: 'OpenCourse', data: { organizationId, userId: 'sam', courseId, at } } as const;
  await services.handler.handle(aggregates.membership, `${organizationId}.sam`, open, contextFor());
  await leave('sam');
  await consume(store, services);
  await grant(`membership-${organizationId}-1`);
  t.equal(await owns(services, 'sam', courseId), true, 'the process that enrolled died');
  await consume(store, services);
  t.equal(await owns(services, 'sam', courseId), false);
  await grant('given-by-hand');
  await consume(store, services);
  t.equal(await owns(services, 'sam', courseId), true);
});

t.test('a member who enrolls and leaves at once has nothing when both are done', async (t) => {
  const { store, services, organizationId, join, course, enroll, leave } = await start();
  const courseId = await course({ capacity: 1_000 });
  const people = Array.from({ length: 100 }, (_, number) => `sam${number}`);
  for (const userId of people) await join(userId);
  const consumer = formerMembersConsumer(services);
  const answers = await Promise.all(
    people.map(async (userId, number) => {
      // The consumer may be as quick as it likes: it sees the end of the membership before, between and after the steps.
      const leaving = async (): Promise<void> => {
        for (let turn = 0; turn < number; turn += 1) await Promise.resolve();
        await leave(userId);
        for await (const event of store.readStream(`membership-${organizationId}.${userId}`)) await consumer.handle(event);
      };
      const [enrolled] = await Promise.all([enroll(courseId, userId), leaving()]);
      return enrolled.ok;
    }),
  );
  await consume(store, services);
  t.same((await Promise.all(people.map((userId) => owns(services, userId, courseId)))).filter(Boolean), []);
  t.equal(await seatsOf(services, courseId), 0);
  t.same(new Set(answers), new Set([true, false]), 'some were enrolled before they left, some were not');
});
