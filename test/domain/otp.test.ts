import t from 'tap';
import { isOpen, otpDecider, type OtpCommand } from '../../src/domain/otp/decider.js';
import type { OtpEvent } from '../../src/domain/otp/events.js';
import { given, stateAfter } from './decider-specification.js';

const accountId = 'account-1';
const purpose = 'password_reset';
const emailId = 'address-1';
const at = '2026-03-01T12:00:00.000Z';
const minutesLater = (minutes: number): string => new Date(Date.parse(at) + minutes * 60_000).toISOString();
const common = { otpId: 'otp-1', accountId, purpose } as const;
const issuedAs = (otpId: string, issuedAt = at): OtpEvent => ({
  type: 'OtpIssued',
  data: { otpId, accountId, purpose, emailId, expiresAt: new Date(Date.parse(issuedAt) + 600_000).toISOString(), issuedAt },
});
const issued = issuedAs('otp-1');
const refused = (tries: number): OtpEvent => ({ type: 'OtpRefused', data: { ...common, tries, refusedAt: at } });
const confirmed: OtpEvent = { type: 'OtpConfirmed', data: { ...common, confirmedAt: at } };
const used: OtpEvent = { type: 'OtpUsed', data: { ...common, usedAt: at } };
const fourTries = [refused(1), refused(2), refused(3), refused(4)];
const issue = (otpId: string, when = at): OtpCommand => ({ type: 'IssueOtp', data: { otpId, accountId, purpose, emailId, at: when } });
const verify = (given: { otpId?: string; caller?: string; emailId?: string; credentialsVersion?: number; matches?: boolean; mode?: 'confirm' | 'use'; at?: string } = {}): OtpCommand => ({
  type: 'VerifyOtp',
  data: { otpId: 'otp-1', emailId, matches: true, mode: 'use', at, ...given },
});

t.test('issuing', async (t) => {
  t.test('makes a code for ten minutes', async () => given(otpDecider).when(issue('otp-1')).then([issued]));
  t.test('makes a link for fifteen', async () => {
    const data = { ...common, purpose: 'password_reset_link', emailId, surface: 'academy' } as const;
    given(otpDecider)
      .when({ type: 'IssueOtp', data: { ...data, at } })
      .then([{ type: 'OtpIssued', data: { ...data, expiresAt: minutesLater(15), issuedAt: at } }]);
  });
  t.test('says through which surface it was asked for', async (t) => {
    const data = { ...common, emailId, surface: 'edupro' } as const;
    const throughEdupro: OtpCommand = { type: 'IssueOtp', data: { ...data, at } };
    const ofEdupro: OtpEvent = { type: 'OtpIssued', data: { ...data, expiresAt: minutesLater(10), issuedAt: at } };
    given(otpDecider).when(throughEdupro).then([ofEdupro]);
    t.match(stateAfter(otpDecider, [ofEdupro]), { surface: 'edupro' });
    t.match(stateAfter(otpDecider, [ofEdupro, confirmed]), { status: 'confirmed', surface: 'edupro' });
    t.notMatch(stateAfter(otpDecider, [ofEdupro, issuedAs('otp-2')]), { surface: 'edupro' });
  });
  t.test('the same one again changes nothing', async () => given(otpDecider, [issued]).when(issue('otp-1')).thenNothing());
  t.test('another one replaces it', async () => {
    given(otpDecider, [issued]).when(issue('otp-2')).then([issuedAs('otp-2')]);
    given(otpDecider, [issued, issuedAs('otp-2')]).when(verify()).thenRefused('otp-not-issued');
  });
  const five = [0, 10, 20, 30, 40].map((minutes) => issuedAs(`otp-${minutes}`, minutesLater(minutes)));
  t.test('a sixth within an hour is refused while the fifth is good, with the time from which it is not', async () => {
    given(otpDecider, five).when(issue('otp-6', minutesLater(49))).thenRefused('otp-too-many', { retryAt: minutesLater(50) });
    const late = [0, 10, 20, 30, 55].map((minutes) => issuedAs(`otp-${minutes}`, minutesLater(minutes)));
    given(otpDecider, late).when(issue('otp-6', minutesLater(59))).thenRefused('otp-too-many', { retryAt: minutesLater(60) });
  });
  t.test('issue 9.20: a sixth is made as soon as the fifth has run out', async () =>
    given(otpDecider, five).when(issue('otp-6', minutesLater(50))).then([issuedAs('otp-6', minutesLater(50))]));
  t.test('a sixth after an hour is made', async () =>
    given(otpDecider, five).when(issue('otp-6', minutesLater(60))).then([issuedAs('otp-6', minutesLater(60))]));
});

t.test('verifying', async (t) => {
  t.test('with the right code uses it up', async () => given(otpDecider, [issued]).when(verify()).then([used]));
  t.test('with the right code may only confirm it', async () =>
    given(otpDecider, [issued]).when(verify({ mode: 'confirm' })).then([confirmed]));
  t.test('a confirmed code stays good', async () => {
    given(otpDecider, [issued, confirmed]).when(verify({ mode: 'confirm' })).thenNothing();
    given(otpDecider, [issued, confirmed]).when(verify()).then([used]);
  });
  t.test('with a wrong code counts the try', async () =>
    given(otpDecider, [issued, ...fourTries]).when(verify({ matches: false })).then([refused(5)]));
  t.test('after five tries not even the right code is good', async () =>
    given(otpDecider, [issued, ...fourTries, refused(5)]).when(verify()).thenRefused('otp-exhausted'));
  t.test('a used code is not good again', async () => given(otpDecider, [issued, used]).when(verify()).thenRefused('otp-used'));
  t.test('after ten minutes it is not good', async () =>
    given(otpDecider, [issued]).when(verify({ at: minutesLater(10) })).thenRefused('otp-expired'));
  t.test('it is good until then', async () =>
    given(otpDecider, [issued]).when(verify({ at: '2026-03-01T12:09:59.999Z', mode: 'confirm' })).then([
      { type: 'OtpConfirmed', data: { ...common, confirmedAt: '2026-03-01T12:09:59.999Z' } },
    ]));
  t.test('it is no good for an address that it was not sent to', async () =>
    given(otpDecider, [issued]).when(verify({ emailId: 'address-2' })).thenRefused('otp-not-issued'));
  t.test('is refused where none was issued', async () => given(otpDecider).when(verify()).thenRefused('otp-not-issued'));
  t.test('attempts are counted from zero with a new code', async (t) => {
    t.match(stateAfter(otpDecider, [issued, ...fourTries, issuedAs('otp-2')]), { tries: 0, otpId: 'otp-2' });
  });
});

t.test('issue 9.20: wrong codes of one caller use up the tries of no other', async (t) => {
  const refusedFrom = (caller: string, tries: number): OtpEvent => ({ type: 'OtpRefused', data: { ...common, tries, caller, refusedAt: at } });
  const five = [1, 2, 3, 4, 5].map((tries) => refusedFrom('eve', tries));
  given(otpDecider, [issued, ...five]).when(verify({ caller: 'eve' })).thenRefused('otp-exhausted');
  given(otpDecider, [issued, ...five]).when(verify({ caller: 'ada' })).then([used]);
  given(otpDecider, [issued, ...five]).when(verify({ caller: 'ada', matches: false })).then([refusedFrom('ada', 1)]);
  given(otpDecider, [issued, ...fourTries, refused(5)]).when(verify({ caller: 'ada' })).thenRefused('otp-exhausted');
  const state = stateAfter(otpDecider, [issued, ...five]);
  t.same([isOpen(state, at, 'eve'), isOpen(state, at, 'ada'), isOpen(state, at)], [false, true, true]);
});

t.test('evolve ignores events of a replaced code', async (t) => {
  t.match(stateAfter(otpDecider, [issued, issuedAs('otp-2'), used]), { status: 'issued', otpId: 'otp-2' });
  t.match(stateAfter(otpDecider, [used]), { status: 'none' });
});

t.test('a code that was used does not count towards the limit', async () => {
  const five = [0, 1, 2, 3, 4].map((minutes) => issuedAs(`otp-${minutes}`, minutesLater(minutes)));
  const usedLast: OtpEvent = { type: 'OtpUsed', data: { ...common, otpId: 'otp-4', usedAt: minutesLater(4) } };
  given(otpDecider, [...five, usedLast]).when(issue('otp-5', minutesLater(5))).then([issuedAs('otp-5', minutesLater(5))]);
});

t.test("a login's code is good only with the password that it follows", async () => {
  const bound: OtpEvent = { type: 'OtpIssued', data: { ...common, emailId, credentialsVersion: 3, expiresAt: minutesLater(10), issuedAt: at } };
  given(otpDecider, [bound]).when(verify({ credentialsVersion: 4 })).thenRefused('otp-not-issued');
  given(otpDecider, [bound]).when(verify()).thenRefused('otp-not-issued');
  given(otpDecider, [bound]).when(verify({ credentialsVersion: 3 })).then([used]);
});

t.test('a code is open as long as it may still be given', async (t) => {
  const open = (events: readonly OtpEvent[], when = at) => isOpen(stateAfter(otpDecider, events), when);
  t.equal(open([]), false);
  t.equal(open([issued]), true);
  t.equal(open([issued, confirmed]), true);
  t.equal(open([issued], minutesLater(10)), false);
  t.equal(open([issued, used]), false);
  t.equal(open([issued, ...fourTries, refused(5)]), false);
});
