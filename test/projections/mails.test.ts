import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { mailsProjection } from '../../src/projections/mails/projection.js';
import { countUndecidedMails, dueMails, nextMailDueAfter, undecidedMails } from '../../src/projections/mails/queries.js';
import { Projected, recorded, type Published } from './projected.js';

const minute = (n: number): string => new Date(Date.UTC(2026, 2, 1, 12, n)).toISOString();
const on = (mailId: string, event: DomainEvent): Published => [`mail-${mailId}`, event];
const requested = (mailId: string, requestedAt = minute(0)): Published =>
  on(mailId, {
    type: 'MailRequested',
    data: { mailId, accountId: 'ann', template: 'payment-receipt', references: { paymentId: 'p' }, sourceEventId: 'e', requestedAt },
  });
const attempted = (mailId: string, attempt = 1): Published =>
  on(mailId, { type: 'MailAttempted', data: { mailId, attempt, attemptedAt: minute(1) } });
const failed = (mailId: string, retryAt: string | null): Published =>
  on(mailId, { type: 'MailAttemptFailed', data: { mailId, attempt: 1, reason: 'busy', retryAt, failedAt: minute(1) } });
const sent = (mailId: string): Published => on(mailId, { type: 'MailSent', data: { mailId, attempt: 1, sentAt: minute(1) } });
const abandoned = (mailId: string, at: string): Published =>
  on(mailId, { type: 'MailAbandoned', data: { mailId, reason: 'busy', abandonedAt: at } });
const withdrawn = (mailId: string): Published =>
  on(mailId, { type: 'MailWithdrawn', data: { mailId, reason: 'expired', withdrawnAt: minute(1) } });
const unknown = (mailId: string): Published =>
  on(mailId, { type: 'MailOutcomeUnknown', data: { mailId, attempt: 1, reason: 'connection lost', unknownAt: minute(1) } });
const resendRequested = (mailId: string): Published =>
  on(mailId, { type: 'MailResendRequested', data: { mailId, requestedBy: 'olga', requestedAt: minute(3) } });
const settled = (mailId: string): Published => on(mailId, { type: 'MailSettled', data: { mailId, settledBy: 'olga', settledAt: minute(1) } });

const mailAfter = (...published: readonly Published[]) => new Projected(mailsProjection, recorded(published)).contents()['mails/m'];

t.test('a mail as its events tell it', async (t) => {
  const pending = { status: 'pending', attempts: 0, nextAttemptAt: minute(0), reason: null, endedAt: null, correlationId: 'correlation' };
  t.match(mailAfter(requested('m')), pending);
  t.match(mailAfter(requested('m'), requested('m', minute(5))), pending, 'asked for twice');
  t.match(mailAfter(requested('m'), attempted('m')), { status: 'pending', attempts: 1, nextAttemptAt: minute(2) });
  t.match(mailAfter(requested('m'), attempted('m'), failed('m', minute(9))), { status: 'failed', nextAttemptAt: minute(9), reason: 'busy' });
  const postponed = on('m', { type: 'MailPostponed', data: { mailId: 'm', until: minute(60), postponedAt: minute(1) } });
  t.match(mailAfter(requested('m'), postponed), { status: 'pending', nextAttemptAt: minute(60) });
  const over = { nextAttemptAt: null, endedAt: minute(1) };
  t.match(mailAfter(requested('m'), attempted('m'), sent('m')), { ...over, status: 'sent', reason: null });
  t.match(mailAfter(requested('m'), attempted('m'), failed('m', null), abandoned('m', minute(1))), { ...over, status: 'abandoned', reason: 'busy' });
  t.match(mailAfter(requested('m'), withdrawn('m')), { ...over, status: 'withdrawn', reason: 'expired' });
  t.match(mailAfter(requested('m'), attempted('m'), unknown('m')), { ...over, status: 'unknown', reason: 'connection lost' });
  t.match(mailAfter(requested('m'), attempted('m'), unknown('m'), settled('m')), { ...over, status: 'sent', reason: null });
  const again = { status: 'pending', attempts: 1, nextAttemptAt: minute(3), endedAt: null, reason: null };
  t.match(mailAfter(requested('m'), attempted('m'), unknown('m'), resendRequested('m')), again);
});

t.test('the queries read no mail that they do not show', async (t) => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), strict: true, scanLimit: 10 });
  t.teardown(() => readModels.close());
  const done = Array.from({ length: 50 }, (_, index) => `done${index}`);
  const projected = new Projected(
    mailsProjection,
    recorded([
      ...done.flatMap((id) => [requested(id), attempted(id), sent(id)]),
      requested('later', minute(20)),
      requested('b', minute(2)),
      requested('a', minute(1)),
      ...['x', 'y'].flatMap((id, index) => [requested(id), attempted(id), failed(id, null), abandoned(id, minute(index))]),
      requested('lost'),
      attempted('lost'),
      unknown('lost'),
    ]),
  );
  const generation = await readModels.createGeneration('mails', 1, mailsProjection.collections, new Date(0));
  const writes = Object.values(projected.contents()).map((document) => ({ collection: 'mails', id: document.id, document, position: 1n }));
  await readModels.commit([{ generation, writes, checkpoint: 1n }]);
  await readModels.activate({ ...generation, checkpoint: 1n });

  t.same((await dueMails(readModels, minute(10), 5)).map(({ id }) => id), ['a', 'b']);
  t.same((await dueMails(readModels, minute(10), 1)).map(({ id }) => id), ['a']);
  t.equal(await nextMailDueAfter(readModels, minute(10)), minute(20));
  t.equal(await nextMailDueAfter(readModels, minute(20)), undefined);
  t.same((await undecidedMails(readModels, 'abandoned', 5)).map(({ id }) => id), ['y', 'x']);
  t.equal(await countUndecidedMails(readModels, 'abandoned'), 2);
  t.same((await undecidedMails(readModels, 'unknown', 5)).map(({ id }) => id), ['lost']);
  t.equal(await countUndecidedMails(readModels, 'unknown'), 1);
});
