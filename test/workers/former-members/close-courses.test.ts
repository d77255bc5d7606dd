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

/** A log that two nodes share, and whose appends may take their time. */
class SlowLog extends MemoryEventStore<DomainEvent> {
  override readonly shared = true;
  wait: (stream: string) => Promise<unknown> = () => Promise.resolve();

  override async append(...given: Parameters<MemoryEventStore<DomainEvent>['append']>): ReturnType<MemoryEventStore<DomainEvent>['append']> {
    await this.wait(given[0]);
    return super.append(...given);
  }
}

const start = async () => {
  const store = new SlowLog();
  const services = servicesOver(store);
  const otherNode = servicesOver(store);
  await registered(services, 'ada');
  const organizationId = await founded(services, 'ada');
  const join = async (userId: string) => {
    await registered(services, userId);
    return joined(services, { organizationId, by: 'ada', userId });
  };
  const course = (fields: object = {}) => drawnUp(services, { price: '0', organizationId, organizationPrivate: true, ...fields });
  const enroll = (courseId: string, studentId: string) => enrollInFreeCourse(services)({ studentId, courseId }, contextFor());
  const leave = (userId: string) => leaveOrganization(otherNode)({ actor: actorOf(userId), organizationId }, contextFor());
  return { store, services, organizationId, join, course, enroll, leave, consume: busOf(store, otherNode), otherNode };
};

const owns = async ({ handler }: CommandServices, studentId: string, courseId: string): Promise<boolean> =>
  hasAccess((await handler.load(aggregates.enrollment, `${studentId}.${courseId}`)).state);

const seatsOf = async ({ handler }: CommandServices, courseId: string): Promise<number | undefined> => {
  const { state } = await handler.load(aggregates.course, courseId);
  return state.status === 'none' ? undefined : state.seatsInUse;
};

/** Hands over each event that it has not handed over yet, twice, as a bus may. */
const busOf = (store: MemoryEventStore<DomainEvent>, services: CommandServices) => {
  const consumer = formerMembersConsumer(services);
  let position = 0n;
  return async (): Promise<void> => {
    for await (const event of store.readAll({ after: position })) {
      for (let time = 0; time < 2; time += 1) await consumer.handle(event);
      ({ position } = event);
    }
  };
};

t.test('a member has a free private course by the membership, and it closes with the membership', async (t) => {
  const { store, services, organizationId, join, course, enroll, leave, consume } = await start();
  await join('sam');
  const courseId = await course({ capacity: 1 });
  t.match(await enroll(courseId, 'sam'), { ok: true });
  t.match(await enroll(courseId, 'sam'), { ok: true, changed: false }, 'again is nothing');
  const [, granted] = await typesIn(store, `enrollment-sam.${courseId}`);
  t.equal(granted, 'AccessGranted');
  t.match((await services.handler.load(aggregates.enrollment, `sam.${courseId}`)).state.grants.get(`membership-${organizationId}-1`), 'live');
  t.equal(await seatsOf(services, courseId), 1);
  await consume();
  t.equal(await owns(services, 'sam', courseId), true, 'while the membership goes on');

  t.match(await leave('sam'), { ok: true });
  await consume();
  t.equal(await owns(services, 'sam', courseId), false);
  t.equal(await seatsOf(services, courseId), 0, 'the seat is free again');
  t.match(await enroll(courseId, 'sam'), { ok: false, rejection: 'course-not-found' });

  await join('sam');
  t.match(await enroll(courseId, 'sam'), { ok: true }, 'a member again');
  await consume();
  t.equal(await owns(services, 'sam', courseId), true, 'the end of the first membership is not that of the second');
  t.equal(await seatsOf(services, courseId), 1);
});

t.test('what was bought or given otherwise stays, and other members keep theirs', async (t) => {
  const { services, organizationId, join, course, enroll, consume } = await start();
  for (const userId of ['sam', 'kim']) await join(userId);
  const courseId = await course();
  for (const userId of ['sam', 'kim']) await enroll(courseId, userId);
  const data = { studentId: 'sam', courseId, grantId: 'payment', source: 'payment', at } as const;
  await services.handler.handle(aggregates.enrollment, `sam.${courseId}`, { type: 'GrantAccess', data }, contextFor());
  t.match(await removeMember(services)({ actor: actorOf('ada'), organizationId, userId: 'sam' }, contextFor()), { ok: true });
  await consume();
  t.same([await owns(services, 'sam', courseId), await owns(services, 'kim', courseId)], [true, true]);
  const { grants } = (await services.handler.load(aggregates.enrollment, `sam.${courseId}`)).state;
  t.same([...grants.values()].sort(), ['live', 'revoked']);
});

t.test('a course that was made public closes as well; a deletion of the organization closes nothing', async (t) => {
  const { services, organizationId, join, course, enroll, leave, consume } = await start();
  for (const userId of ['sam', 'kim']) await join(userId);
  const courseId = await course();
  for (const userId of ['sam', 'kim']) await enroll(courseId, userId);
  t.match(await changeCourse(services)({ actor: ada, courseId, changes: { organizationPrivate: false } }, contextFor()), { ok: true });
  await leave('sam');
  await consume();
  t.equal(await owns(services, 'sam', courseId), false);
  t.match(await enroll(courseId, 'sam'), { ok: true }, 'as anybody may');
  t.match(await deleteOrganization(services)({ actor: actorOf('ada'), organizationId }, contextFor()), { ok: true });
  await consume();
  t.same([await owns(services, 'sam', courseId), await owns(services, 'kim', courseId)], [true, true]);
});

t.test('a grant that came after the end of the membership is ended, and one of another kind is left alone', async (t) => {
  const { services, organizationId, join, course, leave, consume } = await start();
  await join('sam');
  const courseId = await course();
  const grant = async (grantId: string): Promise<void> => {
    const data = { studentId: 'sam', courseId, grantId, source: 'organization', at } as const;
    await services.handler.handle(aggregates.enrollment, `sam.${courseId}`, { type: 'GrantAccess', data }, contextFor());
  };
  const open = { type: 'OpenCourse', data: { organizationId, userId: 'sam', courseId, at } } as const;
  await services.handler.handle(aggregates.membership, `${organizationId}.sam`, open, contextFor());
  await leave('sam');
  await consume();
  await grant(`membership-${organizationId}-1`);
  t.equal(await owns(services, 'sam', courseId), true, 'the process that enrolled died');
  await consume();
  t.equal(await owns(services, 'sam', courseId), false);
  await grant('given-by-hand');
  await consume();
  t.equal(await owns(services, 'sam', courseId), true);
});

t.test('who leaves between the steps of an enrollment is not enrolled', async (t) => {
  const { store, services, join, course, enroll, leave, consume } = await start();
  await join('sam');
  const courseId = await course({ capacity: 1 });
  store.wait = async (stream) => {
    if (!stream.startsWith('enrollment-')) return;
    store.wait = () => Promise.resolve();
    await leave('sam');
    await consume();
  };
  t.match(await enroll(courseId, 'sam'), { ok: false, rejection: 'course-not-found' });
  t.equal(await owns(services, 'sam', courseId), false, 'although the end of the membership was handed over before there was access');
  t.equal(await seatsOf(services, courseId), 0);
  t.same(await typesIn(store, `enrollment-sam.${courseId}`), ['StudentEnrolled', 'AccessGranted', 'AccessRevoked', 'EnrollmentEnded']);
});

t.test('a member who enrolls and leaves at once has nothing when both are done and the end of the membership was handed over', async (t) => {
  const { store, services, otherNode, organizationId, join, course, enroll, leave } = await start();
  const courseId = await course({ capacity: 1_000 });
  const consumer = formerMembersConsumer(otherNode);
  const people = Array.from({ length: 100 }, (_, number) => `sam${number}`);
  for (const userId of people) await join(userId);
  let appends = 0;
  store.wait = async () => {
    appends += 1;
    for (let turns = (appends * 7) % 11; turns > 0; turns -= 1) await new Promise(setImmediate);
  };
  // The consumer is as quick as can be: it sees the end before, between and after the steps of the enrollment, and never again.
  const leaving = async (userId: string, turns: number): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    await leave(userId);
    for await (const event of store.readStream(`membership-${organizationId}.${userId}`)) await consumer.handle(event);
  };
  const answers = await Promise.all(
    people.map(async (userId, number) => {
      const [enrolled] = await Promise.all([enroll(courseId, userId), leaving(userId, number % 40)]);
      return enrolled.ok;
    }),
  );
  t.same((await Promise.all(people.map((userId) => owns(services, userId, courseId)))).filter(Boolean), []);
  t.equal(await seatsOf(services, courseId), 0);
  t.same(new Set(answers), new Set([true, false]), 'some were enrolled before they left, some were not');
});
