import { SandboxPaymentGateway } from '../../src/adapters/embedded/payment-gateway.js';
import { EventCodec } from '../../src/domain/event-codec.js';
import { checkoutProcess } from '../../src/processes/checkout.js';
import { commandDispatch } from '../../src/workers/command-dispatch.js';
import { runInvoiceWorker } from '../../src/workers/invoice/invoice-worker.js';
import { runPaymentGatewayWorker } from '../../src/workers/payment-gateway-worker.js';
import { ProcessRunner } from '../../src/workers/process-runner.js';
import { MemoryCheckpoints } from '../doubles/memory-checkpoints.js';
import type { TestApp } from './test-app.js';

export interface Workers {
  /** Once they have done all there is to do, and the read models show it. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const FOLLOWERS = ['process:checkout:inbox', 'process:checkout:outbox', 'payment-gateway-worker', 'invoice-worker'];

/** Gateway, checkout and invoice numbering at work beside a test app. */
export const startWorkers = ({ services: { commands, store }, clock, caughtUp }: TestApp): Workers => {
  const { handler } = commands;
  const failures: unknown[] = [];
  const fail = (...what: readonly unknown[]): void => void failures.push(what);
  const checkpoints = new MemoryCheckpoints();
  const following = { store, clock, checkpoints, onFailure: fail, onRefused: fail, handler };
  const running = new AbortController();
  const checkout = new ProcessRunner({ ...following, dispatch: commandDispatch(handler) }, checkoutProcess);
  const loops = [
    checkout.run(running.signal),
    runPaymentGatewayWorker({ ...following, gateway: new SandboxPaymentGateway() }, running.signal),
    runInvoiceWorker({ ...following, codec: new EventCodec() }, running.signal),
  ];
  return {
    settled: async () => {
      await checkpoints.whenLevel(FOLLOWERS, () => store.head());
      await caughtUp();
    },
    stop: async () => {
      running.abort();
      await Promise.all(loops);
      if (failures.length > 0) throw new Error(`the workers met ${JSON.stringify(failures)}`);
    },
  };
};
