import { isDeepStrictEqual } from 'node:util';
import type { Test } from 'tap';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { Books, Recorded } from './books.js';
import { checkGoods } from './check-goods.js';
import { checkCoupons, checkInvoices, checkPayments, checkRefunds } from './check-money.js';
import { checkProvider, checkReconciliation } from './check-provider.js';
import type { Customers } from './customers.js';
import type { Deployment } from './deployment.js';
import { doubles, eventsOf, isCaptured, ledgerOf, sorted, type Entry } from './ledger.js';

const revisionsWithGap = (before: readonly Recorded[], log: readonly Recorded[]): readonly string[] => {
  const last = new Map(before.map(({ stream, revision }) => [stream, revision]));
  return log.flatMap(({ stream, revision }) => {
    const isNext = revision === (last.get(stream) ?? -1) + 1;
    last.set(stream, revision);
    return isNext ? [] : [`${stream}@${revision}`];
  });
};

const checkLog = (t: Test, { before }: Books, log: readonly Recorded[], { shop }: Customers): void => {
  t.same(doubles(log.map(({ id }) => id)), [], 'pitfall 18: no event twice');
  t.same(revisionsWithGap(before, log), [], 'streams without a gap');
  t.same(sorted(eventsOf(log, 'AccountRegistered').map(({ data: { email } }) => email)), sorted(shop.emails), 'each account is there once');
};

const checkMails = (t: Test, log: readonly DomainEvent[], ledger: ReadonlyMap<string, Entry>, arrivals: ReadonlyMap<string, number>): void => {
  const requested = eventsOf(log, 'MailRequested').map(({ data }) => data);
  t.same(doubles(requested.map(({ sourceEventId, template }) => `${template} of ${sourceEventId}`)), [], 'no mail was asked for twice');
  const receipts = requested.filter(({ template }) => template === 'payment-receipt').map(({ references }) => references['paymentId'] ?? '');
  t.same(sorted(receipts), sorted([...ledger.values()].filter(isCaptured).map(({ paymentId }) => paymentId)), 'one receipt for each payment');
  const unknown = new Set(eventsOf(log, 'MailOutcomeUnknown').map(({ data: { mailId } }) => mailId));
  t.same(eventsOf(log, 'MailAbandoned'), [], 'no mail was given up whose outcome is known');
  const sent = sorted(eventsOf(log, 'MailSent').map(({ data: { mailId } }) => mailId));
  t.same(sent.filter((mailId) => arrivals.get(mailId) !== 1).map((mailId) => [mailId, arrivals.get(mailId) ?? 0]), [], 'each sent mail arrived once');
  const more = [...arrivals].filter(([mailId, times]) => times > 1 || !(unknown.has(mailId) || sent.includes(mailId)));
  t.same(more, [], 'pitfall 22: no mail arrived twice, or unknown to the log');
  t.comment(`${sent.length} mails sent, ${unknown.size} with unknown outcome`);
};

const checkReadModels = async (t: Test, books: Books): Promise<void> => {
  const [served, replayed] = [await books.served(), await books.replayed(t)];
  t.same(sorted(served.keys()), sorted(replayed.keys()), 'pitfalls 20 and 21: the read models are those of a replay');
  const different = [...replayed].filter(([key, document]) => !isDeepStrictEqual(served.get(key), document));
  t.same(different.map(([key, document]) => [key, document, served.get(key)]).slice(0, 5), [], 'document by document');
};

const checkBus = async (t: Test, books: Books, log: readonly Recorded[], isInOrder: boolean): Promise<void> => {
  const forOthers = [...books.before, ...log].filter(({ stream }) => !stream.startsWith('request-')).map(({ id }) => id);
  const published = await books.published();
  if (isInOrder) t.same(published, forOthers, 'the bus has the log, in order');
  else t.same(sorted(published), sorted(forOthers), 'the bus has the log');
};

/** After whatever has happened: nothing is lost, nothing is double, nothing is left over. */
export const checkInvariants = async (
  t: Test,
  deployment: Deployment,
  books: Books,
  customers: Customers,
  { isBusInOrder = true } = {},
): Promise<void> => {
  const { shop } = customers;
  await deployment.provider.call('quiet');
  const log = await books.settled();
  const ledger = ledgerOf(log);
  checkLog(t, books, log, customers);
  checkPayments(t, ledger, customers);
  checkRefunds(t, ledger, customers);
  await checkProvider(t, deployment, ledger);
  await checkReconciliation(t, deployment, ledger, books.before.length === 0);
  checkCoupons(t, log, ledger, customers);
  checkGoods(t, log, ledger);
  checkInvoices(t, log, ledger, books.before.length === 0);
  checkMails(t, log, ledger, deployment.servers.mail.arrivals());
  await checkReadModels(t, books);
  await checkBus(t, books, log, isBusInOrder);
  const health = await shop.send({ method: 'GET', path: '/health' });
  t.equal(health.body['status'], 'ok');
  t.match(health.body['deadLetters'], { events: 0 }, 'pitfall 23: nothing was given up');
  t.same(shop.surprises, [], 'no request failed but for what was away');
  t.same(deployment.accidents, [], 'no process ended by itself');
  t.comment(`${log.length} events, ${shop.repeats} requests repeated`);
};
