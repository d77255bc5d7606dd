import type { RemoteStripeDouble } from '../../doubles/stripe/remote.js';
import { eventually, type Answer } from './client.js';
import type { Refund } from './customers.js';

const SOON_MS = 180_000;

/** What happens at banks and in the provider's dashboard, past the program. */
export class PayersBank {
  readonly #provider: RemoteStripeDouble;

  constructor(provider: RemoteStripeDouble) {
    this.#provider = provider;
  }

  /** The payer confirms the payment at the bank, unless the payment ends before it is asked for. */
  async confirm(paymentId: string, shown: () => Promise<Answer>): Promise<void> {
    await eventually(`${paymentId} is confirmed at the bank`, async () => {
      const { status, body } = await shown();
      if (status !== 200) return undefined;
      if (body['status'] !== 'pending') return true;
      if (!('nextAction' in body)) return undefined;
      const intent = await this.#intentOf(paymentId);
      if ((await this.#provider.call('statusOf', intent)) !== 'requires_action') return undefined;
      // The payer is led back while the notice is on its way, and is impatient.
      await Promise.all([this.#provider.call('authenticate', intent, 'succeed'), shown(), shown()]);
      return true;
    }, SOON_MS);
  }

  /** The bank comes to the end of a payment that it took its time for; unless the payment ended before it was asked. */
  async complete(paymentId: string): Promise<void> {
    const intent = await this.#provider.call('intentOf', paymentId);
    if (intent === null || (await this.#provider.call('statusOf', intent)) !== 'processing') return;
    await this.#provider.call('settle', intent, 'succeed');
  }

  /** The refund is there as soon as the program has asked for it. */
  async completeRefund(paymentId: string): Promise<void> {
    await eventually(`the refund of ${paymentId} is at the bank`, async () => {
      const [refund] = await this.#provider.call('pendingRefunds', paymentId);
      if (refund === undefined) return undefined;
      await this.#provider.call('settleRefund', refund, 'succeed');
      return true;
    }, SOON_MS);
  }

  async refundFromDashboard(paymentId: string): Promise<Refund> {
    await this.#provider.call('refundFromDashboard', await this.#intentOf(paymentId));
    return { paymentId, amount: null };
  }

  /** The payer disputes the payment, and the bank decides for the payer. */
  async takeBack(paymentId: string): Promise<Refund> {
    const dispute = await this.#provider.call('dispute', await this.#intentOf(paymentId));
    await this.#provider.call('moveDispute', dispute, 'lost');
    return { paymentId, amount: null };
  }

  async #intentOf(paymentId: string): Promise<string> {
    const intent = await this.#provider.call('intentOf', paymentId);
    if (intent === null) throw new Error(`the provider knows no charge of ${paymentId}`);
    return intent;
  }
}
