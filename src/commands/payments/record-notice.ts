import { aggregates } from '../../domain/aggregates.js';
import type { Payment } from '../../domain/payment/decider.js';
import type { NoticeSource } from '../../domain/payment/events.js';
import type { ProviderFact } from '../../domain/payment/provider-facts.js';
import type { Position } from '../../ports/event-store.js';
import { URL_NAMESPACE, uuidV5 } from '../../primitives/uuid-v5.js';
import type { CommandServices } from '../services.js';

export interface Notice {
  readonly provider: string;
  /** The provider's id of the notice; of what was asked for, one that the same answer gets again. */
  readonly noticeId: string;
  readonly source: NoticeSource;
  readonly paymentId: string;
  readonly fact: ProviderFact;
  readonly occurredAt: string;
}

export interface RecordedNotice {
  /** Something followed from it, or it was kept. */
  readonly changed: boolean;
  /** It was recorded before. */
  readonly isRepeat: boolean;
  readonly payment: Payment;
  readonly position: Position;
}

/** The id of a fact that was asked for: the same fact is recorded once, however often it is asked for. */
export const idOfFact = ({ kind, reference, status, amount }: ProviderFact): string => `${kind}/${reference}/${status}/${amount}`;

/** Records in the payment's stream what the provider told about it: once per notice. A payment that is not known yet keeps it. */
export const recordNotice =
  ({ handler, clock }: Pick<CommandServices, 'handler' | 'clock'>) =>
  async (notice: Notice): Promise<RecordedNotice> => {
    const { provider, noticeId, source, paymentId } = notice;
    const commandId = uuidV5(`payment-notice/${provider}/${source}/${noticeId}/${paymentId}`, URL_NAMESPACE);
    const command = { type: 'RecordNotice', data: { ...notice, at: clock.now().toISOString() } } as const;
    const handled = await handler.handle(aggregates.payment, paymentId, command, { commandId, actorId: null, correlationId: commandId, causationId: commandId });
    // The decider refuses no notice.
    if (!handled.ok) throw new Error(`the payment refused a notice: ${handled.rejection}`);
    return { changed: handled.changed, isRepeat: handled.duplicate, payment: handled.state, position: handled.position };
  };
