import t from 'tap';
import { membershipDecider, type MembershipCommand } from '../../src/domain/membership/decider.js';
import type { MembershipEvent } from '../../src/domain/membership/events.js';
import { given, stateAfter } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const pair = { organizationId: 'school', userId: 'ben' };
const placed = { levelId: 'first', termId: null };
const common = { ...pair, at };
const roleIds = ['owner', 'instructor', 'student'];

const invite = (roleId = 'student', placement: { levelId: string | null; termId: string | null } = placed): MembershipCommand => ({
  type: 'InviteMember',
  data: { ...common, roleId, ...placement, invitedBy: 'ada' },
});
const invited = (roleId = 'student'): MembershipEvent => ({ type: 'MemberInvited', data: { ...pair, roleId, ...placed, invitedBy: 'ada', invitedAt: at } });
const accept: MembershipCommand = { type: 'AcceptInvitation', data: { ...common, roleIds } };
const joined = (roleId = 'student', placement: { levelId: string | null; termId: string | null } = placed): MembershipEvent => ({
  type: 'MemberJoined',
  data: { ...pair, roleId, ...placement, joinedAt: at },
});
const found: MembershipCommand = { type: 'FoundMembership', data: { ...common, roleId: 'owner' } };
const leave: MembershipCommand = { type: 'LeaveOrganization', data: common };
const left = (opened: readonly { courseId: string; grantId: string }[] = []): MembershipEvent => ({ type: 'MemberLeft', data: { ...pair, opened: [...opened], leftAt: at } });
const remove: MembershipCommand = { type: 'RemoveMember', data: { ...common, removedBy: 'ada' } };
const removed = (opened: readonly { courseId: string; grantId: string }[] = []): MembershipEvent => ({
  type: 'MemberRemoved',
  data: { ...pair, opened: [...opened], removedBy: 'ada', removedAt: at },
});
const withdrawn: MembershipEvent = { type: 'InvitationWithdrawn', data: { ...pair, withdrawnAt: at } };
const changeRole = (roleId: string): MembershipCommand => ({ type: 'ChangeMemberRole', data: { ...common, roleId } });
const place = (placement: { levelId?: string | null; termId?: string | null }): MembershipCommand => ({ type: 'ChangePlacement', data: { ...common, ...placement } });
const placementChanged = (levelId: string | null, termId: string | null): MembershipEvent => ({
  type: 'MemberPlacementChanged',
  data: { ...pair, levelId, termId, changedAt: at },
});
const open = (courseId: string): MembershipCommand => ({ type: 'OpenCourse', data: { ...common, courseId } });
const opened = (courseId: string, grantId: string): MembershipEvent => ({ type: 'MemberCourseOpened', data: { ...pair, courseId, grantId, openedAt: at } });

t.test('inviting', async (t) => {
  t.test('asks an account, which is no member yet', async (t) => {
    given(membershipDecider).when(invite()).then([invited()]);
    t.match(stateAfter(membershipDecider, [invited()]), { status: 'invited', roleId: 'student' });
  });
  t.test('the same again is nothing, another role is another invitation', async () => {
    given(membershipDecider, [invited()]).when(invite()).thenNothing();
    given(membershipDecider, [invited()]).when(invite('instructor')).then([invited('instructor')]);
    given(membershipDecider, [invited()]).when(invite('student', { levelId: null, termId: null })).then([
      { type: 'MemberInvited', data: { ...pair, roleId: 'student', levelId: null, termId: null, invitedBy: 'ada', invitedAt: at } },
    ]);
  });
  t.test('is refused for a member', async () => given(membershipDecider, [invited(), joined()]).when(invite()).thenRefused('already-member'));
  t.test('who left or was removed may be asked again', async () => {
    for (const end of [left(), removed()]) given(membershipDecider, [invited(), joined(), end]).when(invite()).then([invited()]);
  });
});

t.test('accepting', async (t) => {
  t.test('joins as the invitation says', async () => given(membershipDecider, [invited('instructor')]).when(accept).then([joined('instructor')]));
  t.test('as a student where the role is gone', async () => given(membershipDecider, [invited('tutor')]).when(accept).then([joined('student')]));
  t.test('is refused twice', async () => given(membershipDecider, [invited(), joined()]).when(accept).thenRefused('already-member'));
  t.test('is refused without an invitation', async () => {
    for (const log of [[], [invited(), withdrawn], [invited(), joined(), left()], [invited(), joined(), removed()]]) {
      given(membershipDecider, log).when(accept).thenRefused('not-invited');
    }
  });
});

t.test('founders need no invitation', async () => {
  given(membershipDecider).when(found).then([joined('owner', { levelId: null, termId: null })]);
  given(membershipDecider, [joined('owner')]).when(found).thenNothing();
});

t.test('an invitation is taken back, or declined', async (t) => {
  for (const command of [remove, leave]) given(membershipDecider, [invited()]).when(command).then([withdrawn]);
  t.match(stateAfter(membershipDecider, [invited(), withdrawn]), { status: 'none' });
});

t.test('a member', async (t) => {
  t.test('gets another role', async () => {
    given(membershipDecider, [joined()]).when(changeRole('instructor')).then([
      { type: 'MemberRoleChanged', data: { ...pair, roleId: 'instructor', previousRoleId: 'student', changedAt: at } },
    ]);
    given(membershipDecider, [joined()]).when(changeRole('student')).thenNothing();
  });
  t.test('gets another level or term; what is absent stays, null clears', async () => {
    given(membershipDecider, [joined()]).when(place({ termId: 'autumn' })).then([placementChanged('first', 'autumn')]);
    given(membershipDecider, [joined()]).when(place({ levelId: null })).then([placementChanged(null, null)]);
    given(membershipDecider, [joined()]).when(place({ levelId: 'first' })).thenNothing();
    given(membershipDecider, [joined()]).when(place({})).thenNothing();
  });
  t.test('leaves, or is removed', async () => {
    given(membershipDecider, [joined()]).when(leave).then([left()]);
    given(membershipDecider, [joined()]).when(remove).then([removed()]);
  });
});

t.test('nobody else does any of that', async () => {
  for (const command of [changeRole('instructor'), place({ termId: 'autumn' }), open('fugues'), leave, remove]) {
    for (const log of [[], [joined(), left()], [joined(), removed()]]) given(membershipDecider, log).when(command).thenRefused('not-a-member');
  }
  for (const command of [changeRole('instructor'), place({ termId: 'autumn' }), open('fugues')]) given(membershipDecider, [invited()]).when(command).thenRefused('not-a-member');
});

t.test('courses that a membership opens', async (t) => {
  const first = opened('fugues', 'membership-school-1');
  t.test('each is opened once', async () => {
    given(membershipDecider, [joined()]).when(open('fugues')).then([first]);
    given(membershipDecider, [joined(), first]).when(open('fugues')).thenNothing();
  });
  t.test('close with it', async () => {
    const list = [{ courseId: 'fugues', grantId: 'membership-school-1' }];
    given(membershipDecider, [joined(), first]).when(leave).then([left(list)]);
    given(membershipDecider, [joined(), first]).when(remove).then([removed(list)]);
  });
  t.test('a new membership has grants of its own', async () =>
    given(membershipDecider, [joined(), first, left(), invited(), joined()]).when(open('fugues')).then([opened('fugues', 'membership-school-2')]));
  t.test('there are at most a thousand', async () => {
    const full = Array.from({ length: 1_000 }, (_, index) => opened(`course-${index}`, 'membership-school-1'));
    given(membershipDecider, [joined(), ...full]).when(open('fugues')).thenRefused('too-many-courses-opened', { most: 1_000 });
  });
});

t.test('evolve ignores what does not apply', async (t) => {
  t.match(stateAfter(membershipDecider, [left(), removed(), withdrawn, placementChanged('x', null), opened('fugues', 'g')]), { status: 'none', spells: 0 });
  t.match(stateAfter(membershipDecider, [joined(), withdrawn]), { status: 'active' });
});
