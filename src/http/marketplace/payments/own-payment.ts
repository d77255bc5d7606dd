import type { FastifyReply } from 'fastify';
import { isAdmin, paysPayment } from '../../../commands/access/rules.js';
import { LONGEST_CALL_MS } from '../../../ports/payment-gateway.js';
import { paymentById, type PaymentView } from '../../../projections/payments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { isComplete } from '../../purchases/is-complete.js';
import { readUntil } from '../../purchases/read-until.js';
import type { RequestAccount } from '../../shared/access.js';
import { notFound } from '../../shared/problem.js';
import { readsOf } from '../../shared/reads.js';
import type { Shown } from './presenter.js';

/** An answer waits as long as the gateway may take, and a moment for what follows from the money. */
export const EFFECTS_TIMEOUT_MS = LONGEST_CALL_MS + 1_000;

/** For the payer and admins; others get 404. */
export const ownPayment = async ({ readModels }: HttpServices, account: RequestAccount, id: string): Promise<PaymentView> => {
  const payment = await paymentById(readModels, id);
  if (payment === undefined || !paysPayment(account, { payerId: payment.userId })) throw notFound('payment');
  return payment;
};

export const completedPayment = async (
  services: HttpServices,
  reply: FastifyReply,
  account: RequestAccount,
  id: string,
  timeoutMs: number,
): Promise<PaymentView> => {
  const { value, position } = await readUntil(services, readsOf(reply.request), () => ownPayment(services, account, id), isComplete, timeoutMs);
  reply.header('x-position', position.toString());
  return value;
};

export const shownTo = ({ commands: { keys } }: HttpServices, account: RequestAccount): Shown => ({ keys, viewerId: account.accountId, isAdmin: isAdmin(account) });
