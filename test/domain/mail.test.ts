import t from 'tap';
import { mailDecider, type MailCommand } from '../../src/domain/mail/decider.js';
import type { MailEvent } from '../../src/domain/mail/events.js';
import { given, stateAfter } from './decider-specification.js';

const mailId = 'mail-1';
const at = '2026-03-01T12:00:00.000Z';
const later = (seconds: number): string => new Date(Date.parse(at) + seconds * 1_000).toISOString();
const content = {
  mailId,
  accountId: 'account-1',
  template: 'verification-code',
  references: { otpId: 'otp-1' },
  sourceEventId: 'event-1',
} as const;
const requested: MailEvent = { type: 'MailRequested', data: { ...content, requestedAt: at } };
const attempted = (attempt: number, attemptedAt = at): MailEvent => ({ type: 'MailAttempted', data: { mailId, attempt, attemptedAt } });
const failed = (attempt: number, retryAt: string | null): MailEvent => ({
  type: 'MailAttemptFailed',
  data: { mailId, attempt, reason: 'busy', retryAt, failedAt: at },
});
const sent: MailEvent = { type: 'MailSent', data: { mailId, attempt: 1, sentAt: at } };
const abandoned: MailEvent = { type: 'MailAbandoned', data: { mailId, reason: 'busy', abandonedAt: at } };
const request: MailCommand = { type: 'RequestMail', data: { ...content, at } };
const attempt = (when = at, aloneSince: string | null = null): MailCommand => ({ type: 'AttemptMail', data: { mailId, at: when, aloneSince } });
const recordSent: MailCommand = { type: 'RecordMailSent', data: { mailId, attempt: 1, at } };
const recordFailure = (number: number, permanent = false): MailCommand => ({
  type: 'RecordMailFailure',
  data: { mailId, attempt: number, reason: 'busy', permanent, at },
});

t.test('a mail is requested once', async () => {
  given(mailDecider).when(request).then([requested]);
  given(mailDecider, [requested]).when(request).thenNothing();
  given(mailDecider, [requested, attempted(1), sent]).when(request).thenNothing();
});

t.test('nothing can be done to a mail that nobody requested', async () => {
  for (const command of [attempt(), recordSent, recordFailure(1)]) given(mailDecider).when(command).thenRefused('mail-not-requested');
});

t.test('attempting', async (t) => {
  t.test('is due at once', async () => given(mailDecider, [requested]).when(attempt()).then([attempted(1)]));
  t.test('is refused before the back-off is over', async () =>
    given(mailDecider, [requested, attempted(1), failed(1, later(30))]).when(attempt(later(29))).thenRefused('mail-not-due', { dueAt: later(30) }));
  t.test('is due again after it', async () =>
    given(mailDecider, [requested, attempted(1), failed(1, later(30))]).when(attempt(later(30))).then([attempted(2, later(30))]));
  t.test('is refused while another is under way', async () =>
    given(mailDecider, [requested, attempted(1)]).when(attempt()).thenRefused('mail-not-due', { dueAt: later(60) }));
  t.test('is due again a minute after one whose outcome nobody recorded', async () =>
    given(mailDecider, [requested, attempted(1)]).when(attempt(later(60))).then([attempted(2, later(60))]));
  t.test('is due at once for the only sender, when the attempt was made before it was the only one', async () => {
    given(mailDecider, [requested, attempted(1)]).when(attempt(later(2), later(1))).then([attempted(2, later(2))]);
    given(mailDecider, [requested, attempted(1, later(1))]).when(attempt(later(2), later(1))).thenRefused('mail-not-due', { dueAt: later(61) });
    given(mailDecider, [requested, attempted(1), failed(1, later(30))]).when(attempt(later(2), later(1))).thenRefused('mail-not-due', { dueAt: later(30) });
  });
  t.test('ends when the outcome of the sixth is unknown', async () =>
    given(mailDecider, [requested, attempted(6)])
      .when(attempt(later(60)))
      .then([{ type: 'MailOutcomeUnknown', data: { mailId, attempt: 6, reason: 'nobody recorded that of the last attempt', unknownAt: later(60) } }]));
  t.test('is refused for a mail that was sent', async () =>
    given(mailDecider, [requested, attempted(1), sent]).when(attempt()).thenRefused('mail-already-sent'));
  t.test('is refused for a mail that was abandoned', async () =>
    given(mailDecider, [requested, attempted(1), failed(1, null), abandoned]).when(attempt()).thenRefused('mail-abandoned'));
});

t.test('recording a failure', async (t) => {
  const waits = [30, 120, 600, 3_600, 21_600];
  for (const [index, seconds] of waits.entries()) {
    const number = index + 1;
    t.test(`${number}: the next attempt is due in ${seconds} s`, async () =>
      given(mailDecider, [requested, attempted(number)]).when(recordFailure(number)).then([failed(number, later(seconds))]));
  }
  t.test('6: it is abandoned', async () =>
    given(mailDecider, [requested, attempted(6)]).when(recordFailure(6)).then([failed(6, null), abandoned]));
  t.test('that is permanent abandons it at once', async () =>
    given(mailDecider, [requested, attempted(1)]).when(recordFailure(1, true)).then([failed(1, null), abandoned]));
  t.test('of an earlier attempt or twice changes nothing', async () => {
    given(mailDecider, [requested, attempted(1), attempted(2)]).when(recordFailure(1)).thenNothing();
    given(mailDecider, [requested, attempted(1), failed(1, later(30))]).when(recordFailure(1)).thenNothing();
    given(mailDecider, [requested, attempted(1), sent]).when(recordFailure(1)).thenNothing();
  });
});

t.test('recording that it was sent', async (t) => {
  t.test('ends it', async () => given(mailDecider, [requested, attempted(1)]).when(recordSent).then([sent]));
  t.test('is done once', async () => given(mailDecider, [requested, attempted(1), sent]).when(recordSent).thenNothing());
  t.test('holds when it comes after it was given up', async (t) => {
    const history = [requested, attempted(1), failed(1, null), abandoned];
    given(mailDecider, history).when(recordSent).then([sent]);
    t.match(stateAfter(mailDecider, [...history, sent]), { status: 'sent' });
  });
});

t.test('evolve ignores what does not apply', async (t) => {
  t.same(stateAfter(mailDecider, [sent]), { status: 'none' });
  t.match(stateAfter(mailDecider, [requested, attempted(1), requested]), { attempts: 1 });
});

t.test('a mail that nobody needs any more is withdrawn', async (t) => {
  const withdraw: MailCommand = { type: 'WithdrawMail', data: { mailId, reason: 'expired', at: later(0) } };
  const withdrawn: MailEvent = { type: 'MailWithdrawn', data: { mailId, reason: 'expired', withdrawnAt: later(0) } };
  t.test('while it waits', async () => given(mailDecider, [requested]).when(withdraw).then([withdrawn]));
  t.test('and is not attempted afterwards', async () =>
    given(mailDecider, [requested, withdrawn]).when(attempt()).thenRefused('mail-withdrawn'));
  t.test('which changes nothing once it was sent', async () =>
    given(mailDecider, [requested, attempted(1), sent]).when(withdraw).thenNothing());
});

t.test('issue 9.23: a mail that is due is postponed', async (t) => {
  const postpone = (when = at): MailCommand => ({ type: 'PostponeMail', data: { mailId, until: later(3_600), at: when, aloneSince: null } });
  const postponed = (when = at): MailEvent => ({ type: 'MailPostponed', data: { mailId, until: later(3_600), postponedAt: when } });
  t.test('and is due again then', async () => {
    given(mailDecider, [requested]).when(postpone()).then([postponed()]);
    given(mailDecider, [requested, postponed()]).when(attempt(later(3_599))).thenRefused('mail-not-due', { dueAt: later(3_600) });
    given(mailDecider, [requested, postponed()]).when(attempt(later(3_600))).then([attempted(1, later(3_600))]);
  });
  t.test('also when an attempt at it has lapsed, but not while one is under way', async () => {
    given(mailDecider, [requested, attempted(1)]).when(postpone(later(60))).then([postponed(later(60))]);
    given(mailDecider, [requested, attempted(1)]).when(postpone(later(59))).thenNothing();
  });
  t.test('and not once it is over, or twice', async () => {
    given(mailDecider, [requested, attempted(1), sent]).when(postpone(later(60))).thenNothing();
    given(mailDecider, [requested, postponed()]).when(postpone(later(1))).thenNothing();
  });
});

const unknown = (number = 1): MailEvent => ({ type: 'MailOutcomeUnknown', data: { mailId, attempt: number, reason: 'connection lost', unknownAt: at } });
const recordUnknown = (number = 1): MailCommand => ({ type: 'RecordMailOutcomeUnknown', data: { mailId, attempt: number, reason: 'connection lost', at } });
const resend = (when = at): MailCommand => ({ type: 'ResendMail', data: { mailId, requestedBy: 'olga', at: when } });
const resendRequested = (when = at): MailEvent => ({ type: 'MailResendRequested', data: { mailId, requestedBy: 'olga', requestedAt: when } });
const settle: MailCommand = { type: 'MarkMailSent', data: { mailId, settledBy: 'olga', at } };
const settled: MailEvent = { type: 'MailSettled', data: { mailId, settledBy: 'olga', settledAt: at } };
const withdraw: MailCommand = { type: 'WithdrawMail', data: { mailId, reason: 'not needed', at } };
const withdrawn: MailEvent = { type: 'MailWithdrawn', data: { mailId, reason: 'not needed', withdrawnAt: at } };
const lost = [requested, attempted(1), unknown()];
const givenUp = [requested, attempted(1), failed(1, null), abandoned];

t.test('an outcome that nobody knows', async (t) => {
  t.test('is recorded once, of the attempt that is under way', async () => {
    given(mailDecider, [requested, attempted(1)]).when(recordUnknown()).then([unknown()]);
    given(mailDecider, lost).when(recordUnknown()).thenNothing();
    given(mailDecider, [requested, attempted(1), attempted(2)]).when(recordUnknown(1)).thenNothing();
    given(mailDecider, [requested, attempted(1), sent]).when(recordUnknown()).thenNothing();
  });
  t.test('keeps the mail from being attempted again, however late it is', async () =>
    given(mailDecider, lost).when(attempt(later(1_000_000))).thenRefused('mail-outcome-unknown'));
  t.test('is known after all when the answer comes late', async () => {
    given(mailDecider, lost).when(recordSent).then([sent]);
    given(mailDecider, lost).when(recordFailure(1)).then([failed(1, later(30))]);
    given(mailDecider, lost).when(recordFailure(1, true)).then([failed(1, null), abandoned]);
  });
});

t.test('an operator has a mail sent once more', async (t) => {
  t.test('that may have arrived, or did not', async () => {
    given(mailDecider, lost).when(resend()).then([resendRequested()]);
    given(mailDecider, givenUp).when(resend()).then([resendRequested()]);
  });
  t.test('which twice is once', async () => {
    given(mailDecider, [...lost, resendRequested()]).when(resend()).thenNothing();
    given(mailDecider, [...lost, resendRequested(), attempted(2)]).when(resend()).thenNothing();
  });
  t.test('but not when it was sent, withdrawn or never asked for', async () => {
    given(mailDecider, [...lost, sent]).when(resend()).thenRefused('mail-already-sent');
    given(mailDecider, [...lost, settled]).when(resend()).thenRefused('mail-already-sent');
    given(mailDecider, [...lost, withdrawn]).when(resend()).thenRefused('mail-withdrawn');
    given(mailDecider).when(resend()).thenRefused('mail-not-requested');
  });
  t.test('which is due at once and has all its tries', async () => {
    const again = [...lost, resendRequested(later(7))];
    given(mailDecider, again).when(attempt(later(6))).thenRefused('mail-not-due', { dueAt: later(7) });
    given(mailDecider, again).when(attempt(later(7))).then([attempted(2, later(7))]);
    given(mailDecider, [...again, attempted(2)]).when(recordFailure(2)).then([failed(2, later(30))]);
    given(mailDecider, [...again, attempted(7)]).when(recordFailure(7)).then([failed(7, null), abandoned]);
    given(mailDecider, [...again, attempted(6)]).when(attempt(later(60))).then([attempted(7, later(60))]);
  });
  t.test('and of which the first attempt is then heard of', async () =>
    given(mailDecider, [...lost, resendRequested()]).when(recordSent).then([sent]));
});

t.test('an operator settles a mail', async (t) => {
  t.test('that may have arrived, or that somebody has sent by hand', async (t) => {
    given(mailDecider, lost).when(settle).then([settled]);
    given(mailDecider, givenUp).when(settle).then([settled]);
    t.match(stateAfter(mailDecider, [...lost, settled]), { status: 'sent' });
  });
  t.test('once', async () => {
    given(mailDecider, [...lost, settled]).when(settle).thenNothing();
    given(mailDecider, [...lost, settled]).when(recordSent).thenNothing();
  });
  t.test('but not one that is still being sent, or that nobody needs', async () => {
    given(mailDecider, [requested]).when(settle).thenRefused('mail-not-given-up', { dueAt: at });
    given(mailDecider, [...lost, withdrawn]).when(settle).thenRefused('mail-withdrawn');
  });
  t.test('that nobody needs', async () => {
    given(mailDecider, lost).when(withdraw).then([withdrawn]);
    given(mailDecider, givenUp).when(withdraw).then([withdrawn]);
    given(mailDecider, [...lost, withdrawn]).when(withdraw).thenNothing();
  });
});
