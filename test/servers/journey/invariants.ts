import { isDeepStrictEqual } from 'node:util';
import type { Test } from 'tap';
import type { DomainEvent, EventOfType } from '../../../src/domain/events.js';
import type { Books, Recorded } from './books.js';
import type { Deployment } from './deployment.js';
import { LIMIT, type Shop } from './shop.js';

const eventsOf = <Type extends DomainEvent['type']>(log: readonly DomainEvent[], type: Type): readonly EventOfType<Type>[] =>
  log.filter((event): event is EventOfType<Type> => event.type === type);

const sorted = (values: Iterable<string>): readonly string[] => [...values].sort();

const doubles = (values: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
};

const revisionsWithGap = (log: readonly Recorded[]): readonly string[] => {
  const last = new Map<string, number>();
  return log.flatMap(({ stream, revision }) => {
    const isNext = revision === (last.get(stream) ?? -1) + 1;
    last.set(stream, revision);
    return isNext ? [] : [`${stream}@${revision}`];
  });
};

const checkLog = (t: Test, log: readonly Recorded[], shop: Shop): void => {
  const acknowledged = sorted(shop.purchases.map(({ paymentId }) => paymentId));
  t.same(doubles(log.map(({ id }) => id)), [], 'no event twice');
  t.same(revisionsWithGap(log), [], 'streams without a gap');
  t.same(sorted(eventsOf(log, 'PaymentOpened').map(({ data: { paymentId } }) => paymentId)), acknowledged, 'each acknowledged purchase was opened once');
  t.same(sorted(eventsOf(log, 'PaymentCaptured').map(({ data: { paymentId } }) => paymentId)), acknowledged, 'and its money was taken once');
  t.same(eventsOf(log, 'PaymentCapturedLate').map(({ data }) => data), []);
  const pairs = shop.purchases.map(({ studentId, courseId }) => `${studentId} ${courseId}`);
  t.same(sorted(eventsOf(log, 'StudentEnrolled').map(({ data: { studentId, courseId } }) => `${studentId} ${courseId}`)), sorted(pairs), 'each bought course is open once');
  t.same(sorted(eventsOf(log, 'AccountRegistered').map(({ data: { email } }) => email)), sorted(shop.emails), 'each account is there once');
  t.same(sorted(eventsOf(log, 'CourseSeatTaken').map(({ data: { holdId } }) => holdId)), acknowledged, 'each seat was taken once');
};

const checkCoupons = (t: Test, log: readonly Recorded[], shop: Shop): void => {
  const redeemed = eventsOf(log, 'CouponRedeemed').map(({ data }) => data);
  for (const code of ['HALF', 'SCARCE']) {
    const spent = redeemed.filter((use) => use.code === code).map(({ paymentId }) => paymentId);
    const bought = shop.purchases.filter(({ coupon }) => coupon === code).map(({ paymentId }) => paymentId);
    t.same(sorted(spent), sorted(bought), `${code} was spent by those who bought with it, once each`);
  }
  t.ok(redeemed.filter(({ code }) => code === 'SCARCE').length <= LIMIT, 'pitfall 1: and no more often than it may');
};

const checkInvoices = (t: Test, log: readonly Recorded[], shop: Shop): void => {
  const acknowledged = sorted(shop.purchases.map(({ paymentId }) => paymentId));
  const numbers = eventsOf(log, 'InvoiceNumberAssigned').map(({ data }) => data);
  t.same(numbers.map(({ sequence }) => sequence), acknowledged.map((_, index) => index + 1), 'pitfall 14: invoice numbers without a gap');
  t.same(sorted(numbers.map(({ invoiceId }) => invoiceId)), acknowledged, 'one for each purchase');
  t.same(sorted(eventsOf(log, 'InvoiceIssued').map(({ data: { invoiceId } }) => invoiceId)), acknowledged, 'each invoice once');
};

const checkMails = (t: Test, log: readonly Recorded[], arrivals: ReadonlyMap<string, number>): void => {
  const requested = eventsOf(log, 'MailRequested').map(({ data }) => data);
  t.same(doubles(requested.map(({ sourceEventId, template }) => `${template} of ${sourceEventId}`)), [], 'no mail was asked for twice');
  const abandoned = new Map(eventsOf(log, 'MailAbandoned').map(({ data: { mailId, reason } }) => [mailId, reason]));
  const known = [...abandoned].filter(([, reason]) => !reason.startsWith('outcome unknown'));
  t.same(known, [], 'only mails whose outcome is unknown were given up');
  const sent = sorted(eventsOf(log, 'MailSent').map(({ data: { mailId } }) => mailId));
  t.same(sent.filter((mailId) => arrivals.get(mailId) !== 1).map((mailId) => [mailId, arrivals.get(mailId) ?? 0]), [], 'each sent mail arrived once');
  const more = [...arrivals].filter(([mailId, times]) => times > 1 || !(abandoned.has(mailId) || sent.includes(mailId)));
  t.same(more, [], 'no mail arrived twice, or unknown to the log');
  t.comment(`${sent.length} mails sent, ${abandoned.size} with unknown outcome`);
};

const checkReadModels = async (t: Test, books: Books): Promise<void> => {
  const [served, replayed] = [await books.served(), await books.replayed(t)];
  t.same(sorted(served.keys()), sorted(replayed.keys()), 'pitfall 20: the read models are those of a replay');
  const different = [...replayed].filter(([key, document]) => !isDeepStrictEqual(served.get(key), document));
  t.same(different.map(([key, document]) => [key, document, served.get(key)]).slice(0, 5), [], 'document by document');
};

/** After whatever has happened: nothing is lost, nothing is double, nothing is left over. */
export const checkInvariants = async (t: Test, deployment: Deployment, books: Books, shop: Shop): Promise<void> => {
  const log = await books.settled();
  checkLog(t, log, shop);
  checkCoupons(t, log, shop);
  checkInvoices(t, log, shop);
  checkMails(t, log, deployment.servers.mail.arrivals());
  await checkReadModels(t, books);
  const forOthers = log.filter(({ stream }) => !stream.startsWith('request-')).map(({ id }) => id);
  t.same(await books.published(), forOthers, 'the bus has the log, in order');
  const health = await shop.send({ method: 'GET', path: '/health' });
  t.equal(health.body['status'], 'ok');
  t.match(health.body['deadLetters'], { events: 0 });
  t.same(shop.surprises, []);
  t.same(deployment.accidents, [], 'no process ended by itself');
  t.comment(`${shop.purchases.length} purchases, ${log.length} events, ${shop.repeats} requests repeated`);
};
