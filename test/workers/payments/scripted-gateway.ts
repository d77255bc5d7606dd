import { once, EventEmitter } from 'node:events';
import { DerivedKeyStore } from '../../../src/adapters/embedded/key-store.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { PaymentCommand } from '../../../src/domain/payment/decider.js';
import type { EventStore } from '../../../src/ports/event-store.js';
import type { ChargeOutcome, ChargeRequest, PaymentGateway, ProviderRecords, RefundOutcome } from '../../../src/ports/payment-gateway.js';
import { uuidV5 } from '../../../src/primitives/uuid-v5.js';
import { PAYMENT_GATEWAY_WORKER, runPaymentGatewayWorker } from '../../../src/workers/payments/payment-gateway-worker.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryCheckpoints } from '../../doubles/memory-checkpoints.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { handlerOver } from '../../fixtures/command-services.js';
import { quoteOf } from '../../fixtures/quotes.js';

export const keys = new DerivedKeyStore('a secret for tests');
const NAMESPACE = '6ad9a0a0-1c2f-4d2b-9d5a-0a4f3e9f7b11';

export type Charge = (request: ChargeRequest, signal: AbortSignal) => Promise<ChargeOutcome>;
export type Refund = PaymentGateway['refund'];

export const never = (): Promise<never> => new Promise(() => undefined);
export const captured = async ({ idempotencyKey }: { idempotencyKey: string }): Promise<ChargeOutcome> => ({
  outcome: 'captured',
  reference: `ref-${idempotencyKey}`,
});
export const refunded = async (): Promise<RefundOutcome> => ({ outcome: 'refunded', reference: 'refund-ref' });

/** Answers as it is told and remembers what it was asked. */
export class ScriptedGateway extends EventEmitter implements PaymentGateway {
  readonly name = 'scripted';
  readonly description = 'scripted';
  readonly charges: ChargeRequest[] = [];
  readonly refunds: Parameters<Refund>[0][] = [];

  constructor(
    readonly answers: { charge?: Charge; refund?: Refund } = {},
    readonly records: ProviderRecords | null = null,
  ) {
    super();
  }

  async charge(request: ChargeRequest, signal: AbortSignal): Promise<ChargeOutcome> {
    this.charges.push(request);
    this.emit('charge');
    return (this.answers.charge ?? captured)(request, signal);
  }

  async refund(request: Parameters<Refund>[0], signal: AbortSignal): Promise<RefundOutcome> {
    this.refunds.push(request);
    this.emit('refund');
    return (this.answers.refund ?? refunded)(request, signal);
  }

  async asked(kind: 'charge' | 'refund', times: number): Promise<void> {
    const calls = kind === 'charge' ? this.charges : this.refunds;
    while (calls.length < times) await once(this, kind);
  }
}

/** The test's commands come from another process than the worker's. */
class SharedEventStore extends MemoryEventStore<DomainEvent> {
  override readonly shared = true;
}

export const makeLog = () => {
  const store = new SharedEventStore();
  const clock = new FakeClock();
  const handler = handlerOver(store, clock);
  let sent = 0;
  const send = async (paymentId: string, command: PaymentCommand): Promise<void> => {
    sent += 1;
    const commandId = uuidV5(`${paymentId}/${sent}`, NAMESPACE);
    const context = { commandId, actorId: null, correlationId: commandId, causationId: commandId };
    const handled = await handler.handle(aggregates.payment, paymentId, command, context);
    if (!handled.ok) throw new Error(handled.rejection);
  };
  const at = (): string => clock.now().toISOString();
  const open = (paymentId: string, over: { method?: 'card' | 'wallet' | 'cash'; token?: string } = {}) => {
    const quote = quoteOf([['c', '49.90']]);
    const { method = 'card', token = null } = over;
    const expiresAt = new Date(clock.now().getTime() + 900_000).toISOString();
    return send(paymentId, { type: 'OpenPayment', data: { paymentId, payerId: 'student', method, quote, token, expiresAt, at: at() } });
  };
  return { store, clock, checkpoints: new MemoryCheckpoints(), send, open, at };
};
export type Log = ReturnType<typeof makeLog>;

/** A process from its start, with nothing kept from an earlier one. */
export const live = (log: Log, gateway: PaymentGateway, over: { store?: EventStore<DomainEvent>; checkpoints?: MemoryCheckpoints } = {}) => {
  const { store = log.store, checkpoints = log.checkpoints } = over;
  const controller = new AbortController();
  const failures: string[] = [];
  const refused: string[] = [];
  const ended = runPaymentGatewayWorker(
    {
      store,
      checkpoints,
      clock: log.clock,
      handler: handlerOver(store, log.clock),
      keys,
      gateway,
      onFailure: (_name, error) => failures.push(error instanceof Error ? error.name : String(error)),
      onRefused: (paymentId, command, rejection) => refused.push(`${paymentId} ${command} ${rejection}`),
    },
    controller.signal,
  );
  const stop = async (): Promise<void> => {
    controller.abort();
    await ended;
  };
  return { stop, failures, refused, checkpoints };
};

export const level = (log: Log, checkpoints = log.checkpoints): Promise<void> => checkpoints.whenLevel([PAYMENT_GATEWAY_WORKER], () => log.store.head());
export const typesOf = async (log: Log, paymentId: string): Promise<readonly string[]> => {
  const types: string[] = [];
  for await (const { type } of log.store.readStream(`payment-${paymentId}`)) types.push(type.replace('Payment', ''));
  return types;
};
export const OPENED = ['Opened', 'CaptureRequested'];

