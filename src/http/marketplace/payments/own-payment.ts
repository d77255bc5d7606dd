import type { FastifyReply } from 'fastify';
import { isAdmin, paysPayment } from '../../../commands/access/rules.js';
import { LONGEST_CALL_MS } from '../../../ports/payment-gateway.js';
import { numberedPayment, paymentById, type PaymentView } from '../../../projections/payments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { isComplete } from '../../purchases/is-complete.js';
import { readUntil } from '../../purchases/read-until.js';
import type { RequestAccount } from '../../shared/access.js';
import { notFound } from '../../shared/problem.js';
import { readsOf } from '../../shared/reads.js';
import type { Shown } from './presenter.js';

/** An answer waits as long as the gateway may take, and a moment for what follows from the money. */
export const EFFECTS_TIMEOUT_MS = LONGEST_CALL_MS + 1_000;

const own = <Payment extends Pick<PaymentView, 'userId'>>(account: RequestAccount, payment: Payment | undefined): Payment => {
  if (payment === undefined || !paysPayment(account, { payerId: payment.userId })) throw notFound('payment');
  return payment;
};

/** For the payer and admins; others get 404. */
export const ownPayment = async ({ readModels }: HttpServices, account: RequestAccount, id: string): Promise<PaymentView> => own(account, await paymentById(readModels, id));

export const completedPayment = async (
  services: HttpServices,
  reply: FastifyReply,
  account: RequestAccount,
  id: string,
  timeoutMs: number,
): Promise<PaymentView> => {
  // Every step of the read models is looked at, so that the look costs one document and the answer all of them.
  const look = async () => own(account, await numberedPayment(services.readModels, id));
  const { position } = await readUntil(services, readsOf(reply.request), look, isComplete, timeoutMs);
  reply.header('x-position', position.toString());
  return ownPayment(services, account, id);
};

export const shownTo = ({ commands: { keys } }: HttpServices, account: RequestAccount): Shown => ({ keys, viewerId: account.accountId, isAdmin: isAdmin(account) });
