import type { Payment } from '../../domain/payment/decider.js';
import type { Actor } from '../actor.js';

export const isAdmin = ({ role }: Actor): boolean => role === 'admin';

/** The payer or an admin; for anybody else there is no such payment. */
export const maySeePayment = (actor: Actor, payment: Payment): boolean =>
  isAdmin(actor) || (payment.status !== 'none' && payment.payerId === actor.accountId);
