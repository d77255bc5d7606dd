import t from 'tap';
import { claimHindrance, claimOf, enrollmentDecider, hasAccess, hasModuleAccess, type EnrollmentCommand } from '../../src/domain/enrollment/decider.js';
import type { EnrollmentEvent, GrantSource } from '../../src/domain/enrollment/events.js';
import { given, stateAfter } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const pair = { studentId: 'student', courseId: 'course' };

const claim = (grantId: string, moduleId: string | null = null, source: GrantSource = 'coupon'): EnrollmentCommand => {
  return { type: 'ClaimAccess', data: { ...pair, moduleId, grantId, source, at } };
};
const decline = (grantId: string, moduleId: string | null = null): EnrollmentCommand => ({ type: 'DeclineAccess', data: { ...pair, moduleId, grantId, reason: 'course-full', at } });
const end: EnrollmentCommand = { type: 'EndAccess', data: { ...pair, reason: 'enrollment-deleted', at } };
const hold: EnrollmentCommand = { type: 'HoldEnrollment', data: { ...pair, paymentId: 'p1', holdUntil: at, at } };
const grant: EnrollmentCommand = { type: 'GrantAccess', data: { ...pair, grantId: 'u1', source: 'payment', at } };

const enrolled: EnrollmentEvent = { type: 'StudentEnrolled', data: { ...pair, enrolledAt: at } };
const granted = (grantId: string, source: GrantSource = 'coupon'): EnrollmentEvent => ({ type: 'AccessGranted', data: { ...pair, grantId, source, grantedAt: at } });
const revoked = (grantId: string): EnrollmentEvent => ({ type: 'AccessRevoked', data: { ...pair, grantId, reason: 'enrollment-deleted', revokedAt: at } });
const ended: EnrollmentEvent = { type: 'EnrollmentEnded', data: { ...pair, endedAt: at } };
const moduleGranted = (grantId: string, moduleId = 'm1'): EnrollmentEvent => ({ type: 'ModuleAccessGranted', data: { ...pair, moduleId, grantId, source: 'coupon', grantedAt: at } });
const moduleRevoked = (grantId: string, moduleId = 'm1'): EnrollmentEvent => {
  return { type: 'ModuleAccessRevoked', data: { ...pair, moduleId, grantId, reason: 'enrollment-deleted', revokedAt: at } };
};
const declined = (grantId: string, reason: string, moduleId: string | null = null): EnrollmentEvent => {
  return { type: 'AccessDeclined', data: { ...pair, moduleId, grantId, reason, declinedAt: at } };
};
const held: EnrollmentEvent = { type: 'EnrollmentHeld', data: { ...pair, paymentId: 'p1', holdUntil: at, heldAt: at } };

t.test('claims', async (t) => {
  t.test('open the course, or a module', async () => {
    given(enrollmentDecider).when(claim('u1')).then([enrolled, granted('u1')]);
    given(enrollmentDecider).when(claim('u1', 'm1')).then([moduleGranted('u1')]);
    given(enrollmentDecider, [moduleGranted('u1')]).when(claim('u2', 'm2')).then([moduleGranted('u2', 'm2')]);
  });
  t.test('open the course to a student who has modules', async () => {
    given(enrollmentDecider, [moduleGranted('u1')]).when(claim('u2')).then([enrolled, granted('u2')]);
  });
  t.test('are declined where the student has it already', async () => {
    given(enrollmentDecider, [enrolled, granted('u1')]).when(claim('u2')).then([declined('u2', 'already-enrolled')]);
    given(enrollmentDecider, [enrolled, granted('u1')]).when(claim('u2', 'm1')).then([declined('u2', 'already-enrolled', 'm1')]);
    given(enrollmentDecider, [moduleGranted('u1')]).when(claim('u2', 'm1')).then([declined('u2', 'already-enrolled', 'm1')]);
  });
  t.test('are declined while the course is being bought', async () => {
    given(enrollmentDecider, [held]).when(claim('u1')).then([declined('u1', 'purchase-under-way')]);
    given(enrollmentDecider, [held]).when(claim('u1', 'm1')).then([declined('u1', 'purchase-under-way', 'm1')]);
  });
  t.test('are decided once, whatever happens later', async () => {
    for (const history of [[enrolled, granted('u1')], [declined('u1', 'course-full')], [enrolled, granted('u1'), revoked('u1'), ended]]) {
      given(enrollmentDecider, history).when(claim('u1')).thenNothing();
      given(enrollmentDecider, history).when(decline('u1')).thenNothing();
    }
    for (const history of [[moduleGranted('u1')], [declined('u1', 'x', 'm1')], [moduleGranted('u1'), moduleRevoked('u1')]]) {
      given(enrollmentDecider, history).when(claim('u1', 'm1')).thenNothing();
      given(enrollmentDecider, history).when(decline('u1', 'm1')).thenNothing();
    }
  });
  t.test('are declined for another reason', async () => {
    given(enrollmentDecider).when(decline('u1')).then([declined('u1', 'course-full')]);
    given(enrollmentDecider, [declined('u1', 'course-full')]).when(grant).thenRefused('grant-already-revoked');
  });
});

t.test('the end of an enrollment ends all that there is', async (t) => {
  t.test('grants and modules', async () => {
    given(enrollmentDecider, [moduleGranted('u1'), enrolled, granted('u2'), granted('p1', 'payment')])
      .when(end)
      .then([revoked('u2'), revoked('p1'), moduleRevoked('u1'), ended]);
    given(enrollmentDecider, [moduleGranted('u1')]).when(end).then([moduleRevoked('u1')]);
  });
  t.test('what is not there has no end', async () => {
    given(enrollmentDecider).when(end).thenRefused('not-enrolled');
    given(enrollmentDecider, [enrolled, granted('u1'), revoked('u1'), ended]).when(end).thenRefused('not-enrolled');
    given(enrollmentDecider, [declined('u1', 'x')]).when(end).thenRefused('not-enrolled');
  });
  t.test('and it can be had again', async () => {
    given(enrollmentDecider, [enrolled, granted('u1'), revoked('u1'), ended]).when(claim('u2')).then([enrolled, granted('u2')]);
    given(enrollmentDecider, [moduleGranted('u1'), moduleRevoked('u1')]).when(claim('u2', 'm1')).then([moduleGranted('u2')]);
  });
});

t.test('a module is no access to the course, and does not keep anybody from buying it', async (t) => {
  const state = stateAfter(enrollmentDecider, [moduleGranted('u1')]);
  t.same([hasAccess(state), hasModuleAccess(state, 'm1'), hasModuleAccess(state, 'm2')], [false, true, false]);
  given(enrollmentDecider, [moduleGranted('u1')]).when(hold).then([held]);
  const full = stateAfter(enrollmentDecider, [moduleGranted('u1'), enrolled, granted('u2')]);
  t.same([hasModuleAccess(full, 'm2'), claimHindrance(full, 'm2'), claimOf(full, null, 'u2'), claimOf(full, 'm1', 'u2')], [true, 'already-enrolled', 'live', undefined]);
  const after = stateAfter(enrollmentDecider, [moduleGranted('u1'), enrolled, granted('u2'), revoked('u2'), ended]);
  t.same([hasAccess(after), hasModuleAccess(after, 'm1')], [false, true], 'a refund of the course leaves the module');
});

t.test('a grant of a module that was made again is not taken back by the end of the first', async (t) => {
  const state = stateAfter(enrollmentDecider, [moduleGranted('u1'), moduleRevoked('u1'), moduleGranted('u2'), moduleRevoked('u1')]);
  t.ok(hasModuleAccess(state, 'm1'));
});
