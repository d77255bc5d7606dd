import type { Json } from './client.js';
import type { Ending } from './ledger.js';

/**
 * How a payment goes. Of those who are asked by their bank, `confirmed` says yes and `abandoned` never comes back; after `declined`
 * another card is taken. `late`: the bank takes the money when the time of the payment is over. `refunded-slowly`: the bank takes its time. `disputed`: the payer's bank takes the money back.
 */
export type Way =
  | 'card' | 'declined' | 'silent' | 'confirmed' | 'abandoned' | 'late' | 'cash' | 'cancelled'
  | 'refunded' | 'refunded-in-parts' | 'refunded-at-provider' | 'refunded-slowly' | 'disputed';

const GOOD = 'pm_card_visa';
const ASKED_BY_THE_BANK = 'pm_card_authenticationRequired';

/** The tokens are those of the double of Stripe. */
export const METHODS: Readonly<Record<Way, Json>> = {
  card: { paymentMethod: 'card', paymentToken: GOOD },
  declined: { paymentMethod: 'card', paymentToken: 'pm_card_visa_chargeDeclined' },
  silent: { paymentMethod: 'card', paymentToken: 'pm_no_answer' },
  confirmed: { paymentMethod: 'card', paymentToken: ASKED_BY_THE_BANK },
  abandoned: { paymentMethod: 'card', paymentToken: ASKED_BY_THE_BANK },
  late: { paymentMethod: 'card', paymentToken: 'pm_processing' },
  cash: { paymentMethod: 'cash' },
  cancelled: { paymentMethod: 'cash' },
  refunded: { paymentMethod: 'wallet', paymentToken: GOOD },
  'refunded-in-parts': { paymentMethod: 'card', paymentToken: GOOD },
  'refunded-at-provider': { paymentMethod: 'card', paymentToken: GOOD },
  'refunded-slowly': { paymentMethod: 'card', paymentToken: 'pm_card_pendingRefund' },
  disputed: { paymentMethod: 'card', paymentToken: GOOD },
};

/** Of another number than the courses, so that every course and code is paid in every way. */
export const WAYS: readonly Way[] = [
  'card', 'declined', 'cash', 'confirmed', 'cancelled', 'refunded', 'refunded-in-parts', 'refunded-at-provider', 'refunded-slowly', 'disputed', 'card',
];

export const EXPECTED: Readonly<Record<Way, Ending>> = {
  card: 'captured',
  declined: 'declined',
  silent: 'captured',
  confirmed: 'captured',
  abandoned: 'expired',
  late: 'expired',
  cash: 'captured',
  cancelled: 'cancelled',
  refunded: 'captured',
  'refunded-in-parts': 'captured',
  'refunded-at-provider': 'captured',
  'refunded-slowly': 'captured',
  disputed: 'captured',
};

/** These need nobody but the program. */
export const IN_TIME_WHATEVER_HAPPENS: ReadonlySet<Way> = new Set(['cash', 'cancelled']);
