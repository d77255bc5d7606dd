import type { DomainEvent } from '../../domain/events.js';
import type { EventStore } from '../../ports/event-store.js';
import type { Mailer, MailMessage, MailOutcome } from '../../ports/mailer.js';
import type { ChargeOutcome, ChargeRequest, PaymentGateway, RefundOutcome, RefundRequest } from '../../ports/payment-gateway.js';

/** Effects that a log says are done: mails, charges and refunds by their ids. */
export const doneIn = async (log: Pick<EventStore<DomainEvent>, 'readAll'>): Promise<ReadonlySet<string>> => {
  const done = new Set<string>();
  for await (const { type, data } of log.readAll({ categories: ['mail', 'payment'] })) {
    if (type === 'MailSent') done.add(data.mailId);
    if (type === 'PaymentCaptured' || type === 'PaymentCapturedLate') done.add(data.paymentId);
    if (type === 'PaymentRefunded') done.add(data.refundId);
  }
  return done;
};

/** Ids of what was carried out though it was done, or more than once. */
export const repeatedOf = (carriedOut: readonly string[], done: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(carriedOut.filter((id, place) => done.has(id) || carriedOut.indexOf(id) !== place));

/** Mailer and payment gateway of a drill: nothing leaves the machine, and each thing that would have is told. */
export class WatchedEffects implements Mailer, Pick<PaymentGateway, 'charge' | 'refund'> {
  /** Ids of mails, payments and refunds, as often as they would have been carried out. */
  readonly carriedOut: string[] = [];
  readonly repeatable = true;
  readonly name = 'drill';
  readonly description = 'of a drill: nothing is charged';
  readonly records = null;

  async send({ id }: MailMessage): Promise<MailOutcome> {
    this.carriedOut.push(id);
    return { outcome: 'sent' };
  }

  async charge({ idempotencyKey }: ChargeRequest): Promise<ChargeOutcome> {
    this.carriedOut.push(idempotencyKey);
    return { outcome: 'captured', reference: `drill_${idempotencyKey}` };
  }

  async refund({ idempotencyKey }: RefundRequest): Promise<RefundOutcome> {
    this.carriedOut.push(idempotencyKey);
    return { outcome: 'refunded', reference: `drill_${idempotencyKey}` };
  }

  async check(): Promise<void> {}

  async close(): Promise<void> {}
}
