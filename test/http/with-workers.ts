import { SandboxPaymentGateway } from '../../src/adapters/embedded/payment-gateway.js';
import { EventCodec } from '../../src/domain/event-codec.js';
import { checkoutProcess } from '../../src/processes/checkout.js';
import { commandDispatch } from '../../src/workers/command-dispatch.js';
import { runInvoiceWorker } from '../../src/workers/invoice/invoice-worker.js';
import { runPaymentGatewayWorker } from '../../src/workers/payment-gateway-worker.js';
import { ProcessRunner } from '../../src/workers/process-runner.js';
import { MemoryCheckpoints } from '../doubles/memory-checkpoints.js';
import type { TestApp } from './test-app.js';

/** Gateway, checkout and invoice numbering at work beside a test app; answers what stops them. */
export const startWorkers = ({ services: { commands, store }, clock }: TestApp): (() => Promise<void>) => {
  const { handler } = commands;
  const failures: unknown[] = [];
  const fail = (...what: readonly unknown[]): void => void failures.push(what);
  const following = { store, clock, checkpoints: new MemoryCheckpoints(), onFailure: fail, onRefused: fail, handler };
  const running = new AbortController();
  const checkout = new ProcessRunner({ ...following, dispatch: commandDispatch(handler) }, checkoutProcess);
  const loops = [
    checkout.run(running.signal),
    runPaymentGatewayWorker({ ...following, gateway: new SandboxPaymentGateway() }, running.signal),
    runInvoiceWorker({ ...following, codec: new EventCodec() }, running.signal),
  ];
  return async () => {
    running.abort();
    await Promise.all(loops);
    if (failures.length > 0) throw new Error(`the workers met ${JSON.stringify(failures)}`);
  };
};
