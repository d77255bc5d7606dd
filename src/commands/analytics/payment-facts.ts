import type { DomainEvent, EventOfType } from '../../domain/events.js';
import { distribute, subtractMoney } from '../../domain/kernel/money.js';
import { RUPIAH, sharesOf } from '../../domain/package-purchases/shares.js';
import { linesNamed, spreadAlone } from '../../domain/payment/refund-lines.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import type { Fact, FactRow } from './fact.js';
import type { FactSources } from './fact-sources.js';

type Event = RecordedEvent<DomainEvent>;
type Captured = RecordedEvent<EventOfType<'PaymentCaptured'>>;
type Returned = RecordedEvent<EventOfType<'PaymentRefunded'>> | RecordedEvent<EventOfType<'PaymentRefundReversed'>>;

const begin = ({ id: eventId, position }: Event, kind: Fact['kind'], at: string): FactRow => ({ position: String(position), eventId, kind, at });

const purchase = async (event: Captured, sources: FactSources): Promise<Fact | undefined> => {
  const [opened] = await sources.before(event, ['PaymentOpened']);
  if (opened === undefined) return undefined;
  const { payerId, method, quote } = opened.data;
  const { paymentId, currency, amount, capturedAt: at } = event.data;
  const amounts = distribute(amount, quote.lines.map(({ total }) => total), currency);
  const rows = quote.lines.map(async ({ courseId, listPrice }, index): Promise<FactRow> => {
    const paid = amounts[index] ?? '0';
    return {
      ...begin(event, 'purchase', at), paymentId, payerId, surface: 'marketplace', method, courseId, ...(await sources.owner(courseId)),
      listPrice, discount: subtractMoney(listPrice, paid), amount: paid, currency, couponCode: quote.couponCode,
    };
  });
  return { table: 'payments', kind: 'purchase', position: event.position, rows: await Promise.all(rows) };
};

/** Of money that came too late, which was no purchase: none. */
const refund = async (event: Returned, sources: FactSources): Promise<Fact | undefined> => {
  const before = await sources.before(event, ['PaymentOpened', 'PaymentCaptured']);
  const opened = before.find((one) => one.type === 'PaymentOpened');
  if (opened?.type !== 'PaymentOpened' || !before.some(({ type }) => type === 'PaymentCaptured')) return undefined;
  const { quote, payerId } = opened.data;
  const { paymentId, refundId, amount, currency, lines } = event.data;
  const [kind, at, isFull] = event.type === 'PaymentRefunded' ? (['refund', event.data.refundedAt, event.data.full] as const) : (['refund-reversed', event.data.reversedAt, null] as const);
  const sale = { lines: quote.lines, currency };
  const amounts = lines === undefined ? spreadAlone(sale, amount) : linesNamed(sale, lines);
  const rows = quote.lines.map(async ({ courseId }, index): Promise<FactRow> => {
    const back = amounts[index] ?? '0';
    return {
      ...begin(event, kind, at), refundId, paymentId, payerId, courseId, ...(await sources.owner(courseId)),
      amount: kind === 'refund' ? back : subtractMoney('0', back), currency, couponCode: quote.couponCode, isFull,
    };
  });
  return { table: 'refunds', kind, position: event.position, rows: await Promise.all(rows) };
};

const isOfType = <T extends DomainEvent['type']>(event: Event, type: T): event is RecordedEvent<EventOfType<T>> => event.type === type;

export const paymentFact = async (event: Event, sources: FactSources): Promise<Fact | undefined> => {
  if (isOfType(event, 'PaymentCaptured')) return purchase(event, sources);
  if (isOfType(event, 'PaymentRefunded') || isOfType(event, 'PaymentRefundReversed')) return refund(event, sources);
  return undefined;
};

/** A package that was approved, course by course; of a group, participant by participant. */
export const packageFact = async (event: Event, sources: FactSources): Promise<Fact | undefined> => {
  if (event.type !== 'PackagePaymentApproved') return undefined;
  const { paymentId, payerId, approvedAt: at } = event.data;
  const submitted = (await sources.before(event, ['PackagePaymentSubmitted'])).find(({ data }) => data.paymentId === paymentId);
  if (submitted === undefined) return undefined;
  const rows = sharesOf(submitted.data).map(async ({ courseId, listPrice, total: amount }): Promise<FactRow> => ({
    ...begin(event, 'purchase', at), paymentId, payerId, surface: 'academy', method: 'proof', courseId, ...(await sources.owner(courseId)),
    listPrice, discount: subtractMoney(listPrice, amount), amount, currency: RUPIAH, couponCode: null,
  }));
  return { table: 'payments', kind: 'purchase', position: event.position, rows: await Promise.all(rows) };
};
