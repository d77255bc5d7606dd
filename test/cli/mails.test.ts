import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import { runOn } from '../../src/cli/command.js';
import { mailsCommand } from '../../src/cli/mails.js';
import type { MailOutcome } from '../../src/ports/mailer.js';
import type { RecordedEvent } from '../../src/ports/event-store.js';
import { handlerOver } from '../fixtures/command-services.js';
import { keys, live, makeLog, until, type Log } from '../workers/mails/email-fixture.js';

const lost: MailOutcome = { outcome: 'unknown', reason: 'the line\nbroke \u001b[31mafter DATA' };
const refused: MailOutcome = { outcome: 'failed', reason: 'no such mailbox', permanent: true };

/** Answers once as it is told, and then takes every mail. */
const mailerThat = (...answers: MailOutcome[]) => {
  const given: string[] = [];
  return {
    given,
    send: async ({ id }: { id: string }): Promise<MailOutcome> => {
      given.push(id);
      return answers.shift() ?? { outcome: 'sent' };
    },
    check: async () => undefined,
    close: async () => undefined,
  };
};

const opened = ({ store, clock, readModels }: Log) => {
  const lines: string[] = [];
  const commands = { handler: handlerOver(store, clock), clock, keys };
  const stop = new AbortController();
  const terminal = { print: (line: string) => void lines.push(line), signal: stop.signal, operator: 'olga' };
  const command = (...args: readonly string[]): Promise<number> => runOn(mailsCommand, args, { commands, readModels }, terminal);
  return { lines, command, stop };
};

/** A receipt that may have arrived and a confirmation that was refused. */
const withUndecided = async () => {
  const log = await makeLog();
  const mailer = mailerThat(lost, refused);
  const life = live(log, mailer);
  await log.capture('p1');
  const [unknown] = await until(log, 'MailOutcomeUnknown');
  await log.enroll('c1');
  const [abandoned] = await until(log, 'MailAbandoned');
  const idOf = (event: RecordedEvent<DomainEvent> | undefined): string => event?.stream.replace('mail-', '') ?? '';
  return { log, mailer, life, unknown: idOf(unknown), abandoned: idOf(abandoned), ...opened(log) };
};

t.test('list tells which mails wait for a person, one line each, whatever the reason holds', async (t) => {
  const { unknown, abandoned, lines, command, life } = await withUndecided();
  await life.stop();
  t.equal(await command('list'), 0);
  t.match(lines, [
    `${unknown}  outcome unknown: payment-receipt for account ann, tried 1 times, last 2026-03-01T12:00:00.000Z: the line broke  [31mafter DATA`,
    new RegExp(`^${abandoned}  given up: enrollment-confirmation .*no such mailbox`),
    '1 of unknown outcome, 1 given up',
  ]);
  lines.length = 0;
  t.equal(await command('list', '--unknown'), 0);
  t.match(lines, [new RegExp(`^${unknown}`), '1 of unknown outcome']);
  t.equal(lines.length, 2);
});

t.test('resend has it sent once more, by whose wish the log tells; twice is once', async (t) => {
  const { log, mailer, life, unknown, lines, command } = await withUndecided();
  t.equal(await command('resend', unknown, '--by', 'otto@ops'), 0);
  const [asked] = await until(log, 'MailResendRequested');
  const [sent] = await until(log, 'MailSent');
  t.match(asked, { data: { mailId: unknown, requestedBy: 'otto@ops' }, metadata: { actorId: 'operator:otto@ops' } });
  t.match(sent?.data, { mailId: unknown, attempt: 2 });
  t.equal(await command('resend', unknown), 1);
  await life.stop();
  t.equal(mailer.given.filter((id) => id === unknown).length, 2);
  t.same(lines, [`${unknown}: will be sent once more`, `${unknown}: it was sent; nothing was changed`]);
});

t.test('resend --all-given-up leaves those alone that may have arrived', async (t) => {
  const { log, mailer, life, unknown, abandoned, lines, command } = await withUndecided();
  t.equal(await command('resend', '--all-given-up'), 0);
  await until(log, 'MailSent');
  await life.stop();
  t.same(mailer.given, [unknown, abandoned, abandoned]);
  t.equal(lines.at(-1), '1 of 1 will be sent once more');
});

t.test('an interruption ends resend --all-given-up between two mails', async (t) => {
  const { life, lines, command, stop } = await withUndecided();
  await life.stop();
  stop.abort();
  t.equal(await command('resend', '--all-given-up'), 130);
  t.same(lines, ['0 of 1 will be sent once more']);
});

t.test('settle --sent takes it for sent, --not-needed drops it; neither sends anything', async (t) => {
  const { log, mailer, life, unknown, abandoned, lines, command } = await withUndecided();
  t.equal(await command('settle', unknown, '--sent'), 0);
  t.equal(await command('settle', abandoned, '--not-needed'), 0);
  t.equal(await command('settle', unknown, '--not-needed'), 1);
  t.equal(await command('resend', abandoned), 1);
  await life.stop();
  t.match(await until(log, 'MailSettled'), [{ data: { mailId: unknown, settledBy: 'olga' }, metadata: { actorId: 'operator:olga' } }]);
  t.match(await until(log, 'MailWithdrawn'), [{ data: { mailId: abandoned }, metadata: { actorId: 'operator:olga' } }]);
  t.equal(mailer.given.length, 2);
  lines.length = 0;
  t.equal(await command('list'), 0);
  t.same(lines, ['0 of unknown outcome, 0 given up']);
});

t.test('a code that is no good any more is not sent again: the mail is withdrawn, and the operator told why', async (t) => {
  const log = await makeLog();
  const mailer = mailerThat(lost);
  const life = live(log, mailer);
  await log.issueCode('otp-1');
  const [unknown] = await until(log, 'MailOutcomeUnknown');
  const mailId = unknown?.stream.replace('mail-', '') ?? '';
  const { lines, command } = opened(log);
  log.clock.advance(600_000);
  t.equal(await command('resend', mailId), 1);
  await life.stop();
  t.same(lines, [`${mailId}: not sent, and off the list: the code has expired`]);
  t.match(await until(log, 'MailWithdrawn'), [{ data: { reason: 'the code has expired' }, metadata: { actorId: 'operator:olga' } }]);
  t.equal(mailer.given.length, 1);
});

t.test('a code that runs out between the wish and the attempt is not sent either', async (t) => {
  const log = await makeLog();
  const first = live(log, mailerThat(lost));
  await log.issueCode('otp-1');
  const [unknown] = await until(log, 'MailOutcomeUnknown');
  await first.stop();
  const { command } = opened(log);
  t.equal(await command('resend', unknown?.stream.replace('mail-', '') ?? ''), 0);
  log.clock.advance(600_000);
  const mailer = mailerThat();
  const second = live(log, mailer);
  await until(log, 'MailWithdrawn');
  await second.stop();
  t.same(mailer.given, []);
});

t.test('the mail of an account that was deleted meanwhile is not sent again', async (t) => {
  const { log, mailer, life, unknown, lines, command } = await withUndecided();
  await log.record('account-ann', { type: 'AccountDeleted', data: { accountId: 'ann', avatarFile: null, deletedAt: log.clock.now().toISOString() } });
  t.equal(await command('resend', unknown), 1);
  await life.stop();
  t.same(lines, [`${unknown}: not sent, and off the list: there is no such account`]);
  t.equal(mailer.given.length, 2);
});

t.test('what there is not, or is still under way, is said', async (t) => {
  const log = await makeLog();
  const mailId = 'm';
  const at = log.clock.now().toISOString();
  const references = { paymentId: 'p1', capturedAt: at };
  const wanted = { mailId, accountId: 'ann', template: 'payment-receipt' as const, references, sourceEventId: 'e', requestedAt: at };
  await log.record('mail-m', { type: 'MailRequested', data: wanted }, { type: 'MailAttempted', data: { mailId, attempt: 1, attemptedAt: at } });
  const { lines, command } = opened(log);
  for (const flag of ['--sent', '--not-needed']) t.equal(await command('settle', mailId, flag), 1);
  for (const args of [['resend', 'nobody'], ['settle', 'nobody', '--sent'], ['settle', 'nobody', '--not-needed']]) t.equal(await command(...args), 1);
  t.same(lines, [
    ...Array.from({ length: 2 }, () => `${mailId}: it is still being sent; nothing was changed`),
    ...Array.from({ length: 3 }, () => 'nobody: there is no such mail; nothing was changed'),
  ]);
});

t.test('anything else prints how it is used', async (t) => {
  const { lines, command } = opened(await makeLog());
  const wrong = [[], ['list', 'x'], ['list', '--sent'], ['resend'], ['resend', 'a', 'b'], ['resend', 'a', '--all-given-up'], ['settle', 'a'], ['settle', 'a', '--sent', '--not-needed'], ['drop', 'a'], ['list', '--nonsense']];
  for (const args of wrong) t.equal(await command(...args), 2, args.join(' '));
  t.same([...new Set(lines)].map((line) => line.split(' ')[0]).sort(), ['Unknown', 'usage:']);
  await t.rejects(command('resend', 'a', '--by', 'two words'), /--by takes a name/);
});
