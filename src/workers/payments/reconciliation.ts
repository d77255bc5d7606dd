import { idOfFact, recordNotice } from '../../commands/payments/record-notice.js';
import type { CommandServices } from '../../commands/services.js';
import { aggregates } from '../../domain/aggregates.js';
import type { PaymentGateway, ProviderFact } from '../../ports/payment-gateway.js';
import type { ReadModels } from '../../ports/read-models.js';
import { chargedPaymentIds } from '../../projections/payments/queries.js';
import { differenceOf, missingAtProvider, type Difference } from './payment-differences.js';

export interface ReconciliationServices extends Pick<CommandServices, 'handler' | 'clock'> {
  readonly gateway: PaymentGateway;
  readonly readModels: ReadModels;
}

export interface Reconciliation {
  /** Charges, refunds and disputes of payments here. */
  readonly facts: number;
  /** Those that no payment here is named in. */
  readonly foreign: number;
  /** Payments here that were compared with them. */
  readonly payments: number;
  /** What the log did not know, and takes in now. */
  readonly settled: readonly string[];
  readonly differences: readonly Difference[];
  /** The signal ended it before everything was compared. */
  readonly interrupted: boolean;
}

export interface ReconciliationProgress {
  readonly facts: number;
  readonly payments: number;
}

const TELL_EVERY = 500;
const PAGE = 500;
/** A bad day is told of in part; the counts are whole. */
const MOST_KEPT = 10_000;

class Findings {
  readonly charges = new Set<string>();
  readonly refunds = new Set<string>();
  readonly settled: string[] = [];
  readonly differences: Difference[] = [];
  facts = 0;
  foreign = 0;
  payments = 0;

  see(fact: ProviderFact): void {
    if (fact.kind === 'charge' && fact.status === 'captured') this.charges.add(fact.reference);
    if (fact.kind === 'refund' && fact.refundId !== null) this.refunds.add(fact.refundId);
  }

  differs(found: readonly Difference[]): void {
    this.differences.push(...found.slice(0, MOST_KEPT - this.differences.length));
  }
}

const settle = async (services: ReconciliationServices, { paymentId, ...fact }: ProviderFact & { readonly paymentId: string }, findings: Findings): Promise<void> => {
  const { clock, gateway } = services;
  const occurredAt = clock.now().toISOString();
  const notice = { provider: gateway.name, noticeId: idOfFact(fact), source: 'reconciliation', paymentId, fact, occurredAt } as const;
  const { changed, isRepeat, payment } = await recordNotice(services)(notice);
  if (changed && !isRepeat && findings.settled.length < MOST_KEPT) findings.settled.push(`${paymentId}: ${fact.kind} ${fact.reference} is ${fact.status}`);
  const difference = differenceOf(payment, { ...fact, paymentId });
  if (difference !== null) findings.differs([difference]);
};

/**
 * Compares everything that the provider charged, refunded and that was disputed since then with the log. What has one right answer is
 * recorded in the payments, as if the provider's notice had come; the rest is named. Throws when the provider or the log is away: what was
 * settled stays so, and a repeat goes on.
 */
export const reconcile = async (
  services: ReconciliationServices,
  since: Date,
  signal: AbortSignal,
  onProgress: (progress: ReconciliationProgress) => void = () => undefined,
): Promise<Reconciliation> => {
  const { gateway: { records }, handler, readModels } = services;
  const findings = new Findings();
  const tell = (count: number): void => {
    if (count % TELL_EVERY === 0) onProgress({ facts: findings.facts, payments: findings.payments });
  };
  const compareFacts = async (): Promise<void> => {
    if (records === null) return;
    for await (const fact of records.list(since, signal)) {
      const { paymentId } = fact;
      if (paymentId === null) {
        findings.foreign += 1;
        continue;
      }
      findings.see(fact);
      await settle(services, { ...fact, paymentId }, findings);
      tell((findings.facts += 1));
    }
  };
  const comparePayments = async (): Promise<void> => {
    for await (const paymentId of chargedPaymentIds(readModels, since.toISOString(), PAGE)) {
      if (signal.aborted) return;
      const { state } = await handler.load(aggregates.payment, paymentId);
      findings.differs(missingAtProvider(state, findings));
      tell((findings.payments += 1));
    }
  };
  try {
    await compareFacts();
    await comparePayments();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  const { facts, foreign, payments, settled, differences } = findings;
  return { facts, foreign, payments, settled, differences, interrupted: signal.aborted };
};
