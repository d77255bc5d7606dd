import { aggregates } from '../../domain/aggregates.js';
import { compareMoney, moneyText } from '../../domain/kernel/money.js';
import type { Position } from '../../ports/event-store.js';
import type { MailMessage } from '../../ports/mailer.js';
import { FactMissing, notProved, reference, type MailContent, type MailContentServices, type RequestedMail } from './content.js';
import { timeText } from './templates/formats.js';
import { receiptMail } from './templates/receipt-mail.js';

export const receiptContent = async (
  { handler }: MailContentServices,
  mail: RequestedMail,
  requested: Position,
  { to, name, isProved }: { to: MailMessage['to']; name: string; isProved: boolean },
): Promise<MailContent> => {
  const { state: payment } = await handler.load(aggregates.payment, reference(mail, 'paymentId'), requested);
  if (payment.status !== 'captured' || payment.quote === null) throw new FactMissing('the payment was not captured');
  const { lines, subtotal, discount, total, currency, couponCode } = payment.quote;
  if (!isProved && compareMoney(total, '0') <= 0) return notProved;
  const rendered = receiptMail({
    name,
    paidAt: timeText(reference(mail, 'capturedAt')),
    method: payment.method ?? 'card',
    lines: lines.map(({ title, listPrice }) => ({ title, listPrice: moneyText(listPrice, currency) })),
    subtotal: moneyText(subtotal, currency),
    discount: compareMoney(discount, '0') > 0 ? moneyText(discount, currency) : null,
    couponCode,
    total: moneyText(total, currency),
  });
  return { needed: true, to, rendered };
};
