import { accountsProjection } from './accounts/projection.js';
import { addressesProjection } from './addresses/projection.js';
import { cartsProjection } from './carts/projection.js';
import { coursesProjection } from './courses/projection.js';
import { couponsProjection } from './coupons/projection.js';
import { enrollmentsProjection } from './enrollments/projection.js';
import { invoicesProjection } from './invoices/projection.js';
import { mailsProjection } from './mails/projection.js';
import { paymentsProjection } from './payments/projection.js';
import { processTimersProjection } from './process-timers/projection.js';
import type { ProjectionDefinition } from './kernel/projection.js';
import { sessionsProjection } from './sessions/projection.js';

export const allProjections = [
  accountsProjection,
  sessionsProjection,
  addressesProjection,
  coursesProjection,
  cartsProjection,
  enrollmentsProjection,
  couponsProjection,
  paymentsProjection,
  invoicesProjection,
  mailsProjection,
  processTimersProjection,
] satisfies readonly ProjectionDefinition[];

export type ProjectionName = (typeof allProjections)[number]['name'];
