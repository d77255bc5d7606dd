import t from 'tap';
import { enrollmentDecider, hasAccess, type EnrollmentCommand } from '../../src/domain/enrollment/decider.js';
import type { EnrollmentEvent, GrantSource } from '../../src/domain/enrollment/events.js';
import { given, stateAfter } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const holdUntil = '2026-03-01T12:15:00.000Z';
const pair = { studentId: 'student', courseId: 'course' };

const hold = (paymentId: string): EnrollmentCommand => ({ type: 'HoldEnrollment', data: { ...pair, paymentId, holdUntil, at } });
const release = (paymentId: string): EnrollmentCommand => {
  return { type: 'ReleaseEnrollmentHold', data: { ...pair, paymentId, reason: 'declined', at } };
};
const grant = (grantId: string, source: GrantSource = 'payment'): EnrollmentCommand => {
  return { type: 'GrantAccess', data: { ...pair, grantId, source, at } };
};
const revoke = (grantId: string): EnrollmentCommand => ({ type: 'RevokeAccess', data: { ...pair, grantId, reason: 'refunded', at } });

const held = (paymentId: string): EnrollmentEvent => ({ type: 'EnrollmentHeld', data: { ...pair, paymentId, holdUntil, heldAt: at } });
const released = (paymentId: string): EnrollmentEvent => {
  return { type: 'EnrollmentHoldReleased', data: { ...pair, paymentId, reason: 'declined', releasedAt: at } };
};
const enrolled: EnrollmentEvent = { type: 'StudentEnrolled', data: { ...pair, enrolledAt: at } };
const granted = (grantId: string, source: GrantSource = 'payment'): EnrollmentEvent => {
  return { type: 'AccessGranted', data: { ...pair, grantId, source, grantedAt: at } };
};
const revoked = (grantId: string): EnrollmentEvent => {
  return { type: 'AccessRevoked', data: { ...pair, grantId, reason: 'refunded', revokedAt: at } };
};
const ended: EnrollmentEvent = { type: 'EnrollmentEnded', data: { ...pair, endedAt: at } };

t.test('an enrollment by a package says so: its payment has mails of its own', async () => {
  given(enrollmentDecider).when(grant('p1', 'package')).then([{ type: 'StudentEnrolled', data: { ...pair, source: 'package', enrolledAt: at } }, granted('p1', 'package')]);
  given(enrollmentDecider).when(grant('p1')).then([enrolled, granted('p1')]);
});

t.test('holding', async (t) => {
  t.test('a purchase under way holds the enrollment', async () => {
    given(enrollmentDecider).when(hold('p1')).then([held('p1')]);
  });
  t.test('the same payment holds once', async () => {
    given(enrollmentDecider, [held('p1')]).when(hold('p1')).thenNothing();
    given(enrollmentDecider, [held('p1'), enrolled, granted('p1')]).when(hold('p1')).thenNothing();
  });
  t.test('pitfall 11: a second purchase of the same course waits for the first', async () => {
    given(enrollmentDecider, [held('p1')]).when(hold('p2')).thenRefused('purchase-under-way', { paymentId: 'p1' });
    given(enrollmentDecider, [held('p1'), released('p1')]).when(hold('p2')).then([held('p2')]);
  });
  t.test('what one has is not bought again', async () => {
    given(enrollmentDecider, [enrolled, granted('free', 'free')]).when(hold('p1')).thenRefused('already-enrolled');
  });
  t.test('what one had can be bought again', async () => {
    given(enrollmentDecider, [held('p1'), enrolled, granted('p1'), revoked('p1'), ended]).when(hold('p2')).then([held('p2')]);
  });
  t.test('a late duplicate does not hold for a payment that is over', async () => {
    given(enrollmentDecider, [held('p1'), released('p1')]).when(hold('p1')).thenRefused('payment-already-ended');
    const refunded = [held('p1'), enrolled, granted('p1'), revoked('p1'), ended];
    given(enrollmentDecider, refunded).when(hold('p1')).thenRefused('payment-already-ended');
    given(enrollmentDecider, refunded.slice(1)).when(hold('p1')).thenRefused('payment-already-ended');
  });
  t.test('a hold is released once, and by its payment only', async () => {
    given(enrollmentDecider, [held('p1')]).when(release('p1')).then([released('p1')]);
    given(enrollmentDecider, [held('p1'), released('p1')]).when(release('p1')).thenNothing();
    given(enrollmentDecider, [held('p1')]).when(release('p2')).thenNothing();
    given(enrollmentDecider).when(release('p1')).thenNothing();
  });
});

t.test('access', async (t) => {
  t.test('the first grant enrolls', async () => {
    given(enrollmentDecider).when(grant('g', 'free')).then([enrolled, granted('g', 'free')]);
  });
  t.test('a further grant is one more reason', async () => {
    given(enrollmentDecider, [enrolled, granted('g1')]).when(grant('g2', 'staff')).then([granted('g2', 'staff')]);
  });
  t.test('the same grant is given once', async () => {
    given(enrollmentDecider, [enrolled, granted('g')]).when(grant('g')).thenNothing();
  });
  t.test('a late duplicate does not bring a grant back that was taken away', async () => {
    given(enrollmentDecider, [enrolled, granted('g'), revoked('g'), ended]).when(grant('g')).thenRefused('grant-already-revoked');
  });
  t.test('the grant of the holding payment uses up its hold', async (t) => {
    const history = [held('p1'), enrolled, granted('p1')];
    t.match(stateAfter(enrollmentDecider, history), { status: 'enrolled', hold: null });
    given(enrollmentDecider, history).when(release('p1')).thenNothing();
  });
  t.test('another grant leaves the hold, which its payment still ends', async (t) => {
    const history = [held('p1'), enrolled, granted('g', 'staff')];
    t.match(stateAfter(enrollmentDecider, history), { status: 'enrolled', hold: { paymentId: 'p1' } });
    given(enrollmentDecider, history).when(release('p1')).then([released('p1')]);
    given(enrollmentDecider, history).when(grant('p1')).then([granted('p1')]);
  });
  t.test('a payment whose hold is gone still gives access: the money was taken', async () => {
    given(enrollmentDecider, [held('p1'), released('p1')]).when(grant('p1')).then([enrolled, granted('p1')]);
    given(enrollmentDecider, [held('p1'), released('p1'), held('p2')]).when(grant('p1')).then([enrolled, granted('p1')]);
  });
  t.test('pitfall 16: access ends only with the last live grant', async (t) => {
    const both = [enrolled, granted('p1'), granted('p2')];
    given(enrollmentDecider, both).when(revoke('p1')).then([revoked('p1')]);
    t.ok(hasAccess(stateAfter(enrollmentDecider, [...both, revoked('p1')])));
    given(enrollmentDecider, [...both, revoked('p1')]).when(revoke('p2')).then([revoked('p2'), ended]);
    t.notOk(hasAccess(stateAfter(enrollmentDecider, [...both, revoked('p1'), revoked('p2'), ended])));
  });
  t.test('a grant is taken away once; one that was never given is not live', async () => {
    given(enrollmentDecider, [enrolled, granted('g'), revoked('g'), ended]).when(revoke('g')).thenNothing();
    given(enrollmentDecider, [enrolled, granted('g')]).when(revoke('x')).thenNothing();
  });
  t.test('who lost access can be enrolled again, by another grant', async () => {
    given(enrollmentDecider, [enrolled, granted('g'), revoked('g'), ended]).when(grant('g2')).then([enrolled, granted('g2')]);
  });
});

t.test('progress', async (t) => {
  const report = (progress: number): EnrollmentCommand => ({ type: 'ReportProgress', data: { ...pair, progress, at } });
  const reported = (progress: number): EnrollmentEvent => ({ type: 'CourseProgressReported', data: { ...pair, progress, reportedAt: at } });
  const open = [enrolled, granted('p1', 'package')];
  t.test('who has the course says how far it is, forward and back', async () => {
    given(enrollmentDecider, open).when(report(37.5)).then([reported(37.5)]);
    given(enrollmentDecider, [...open, reported(80)]).when(report(20)).then([reported(20)]);
  });
  t.test('what is known already is not said again', async () => {
    given(enrollmentDecider, open).when(report(0)).thenNothing();
    given(enrollmentDecider, [...open, reported(100)]).when(report(100)).thenNothing();
  });
  t.test('who does not have the course, or no longer, can not', async () => {
    given(enrollmentDecider).when(report(10)).thenRefused('not-enrolled');
    given(enrollmentDecider, [...open, revoked('p1'), ended]).when(report(10)).thenRefused('not-enrolled');
  });
  t.test('it outlives the access', async (t) => {
    t.match(stateAfter(enrollmentDecider, [...open, reported(60), revoked('p1'), ended, enrolled, granted('p2', 'package')]), { status: 'enrolled', progress: 60 });
  });
});

t.test('an event that comes twice counts once', async (t) => {
  const state = stateAfter(enrollmentDecider, [enrolled, granted('g'), granted('g'), revoked('g'), revoked('g')]);
  t.notOk(hasAccess(state));
});
