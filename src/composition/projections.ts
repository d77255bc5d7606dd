import { accountsProjection } from '../projections/accounts/projection.js';
import { addressesProjection } from '../projections/addresses/projection.js';
import { cartsProjection } from '../projections/carts/projection.js';
import { coursesProjection } from '../projections/courses/projection.js';
import { discountsProjection } from '../projections/discounts/projection.js';
import { enrollmentsProjection } from '../projections/enrollments/projection.js';
import { invoicesProjection } from '../projections/invoices/projection.js';
import { mailsProjection } from '../projections/mails/projection.js';
import { paymentsProjection } from '../projections/payments/projection.js';
import { processTimersProjection } from '../projections/process-timers/projection.js';
import type { ProjectionDefinition } from '../projections/projection.js';
import { sessionsProjection } from '../projections/sessions/projection.js';

/** Every read model that this build serves. */
export const allProjections: readonly ProjectionDefinition[] = [
  accountsProjection,
  sessionsProjection,
  addressesProjection,
  coursesProjection,
  cartsProjection,
  enrollmentsProjection,
  discountsProjection,
  paymentsProjection,
  invoicesProjection,
  mailsProjection,
  processTimersProjection,
];
