import type { FastifyRequest } from 'fastify';
import { lookUpPayment } from '../../../commands/payments/look-up-payment.js';
import type { HttpServices } from '../../http-services.js';
import { WindowCounter } from '../../plugins/window-counter.js';
import { readsOf } from '../../shared/reads.js';

const LOOKING_MS = 4_000;
const SHOWN_MS = 2_000;
/** Of each payment, whoever asks: the provider counts calls. */
const LOOKS = { max: 1, windowMs: 2_000 };
/** Of this process, so that payers leave the provider's limits to charges. */
const MOST_AT_A_TIME = 8;

/** Asks the provider about a payment whose payer is back; answers whether the read model shows something new. */
export const payersReturn = ({ commands, gateway, caches, progress }: HttpServices): ((request: FastifyRequest, paymentId: string) => Promise<boolean>) => {
  let underWay = 0;
  const looks = new WindowCounter(LOOKS, caches.share('counters'));
  return async (request, paymentId) => {
    if (gateway === null || underWay >= MOST_AT_A_TIME || looks.take(paymentId, commands.clock.now()) > 0) return false;
    underWay += 1;
    try {
      const position = await lookUpPayment(commands, gateway)(paymentId, AbortSignal.timeout(LOOKING_MS));
      return position !== null && (await progress.waitFor(position, SHOWN_MS, readsOf(request)));
    } catch (error) {
      // The payment is answered as it is known here; the provider's notice comes, too.
      request.log.warn({ err: error }, 'the payment provider could not be asked about a payment');
      return false;
    } finally {
      underWay -= 1;
    }
  };
};
