import type { AreaLimit } from '../plugins/route-limits.js';

const MINUTE_MS = 60_000;

const area = (name: string, minutes: number, max: number, counts: AreaLimit['counts']): AreaLimit => ({
  name: `academy ${name}`,
  max,
  windowMs: minutes * MINUTE_MS,
  counts,
});

/** The table of section 1 of the supplement; `config: { limits: { areas: [limits.payments, limits.ownPayments] } }`. */
export const limits = {
  auth: area('auth', 15, 20, 'failures'),
  resets: area('resets', 60, 5, 'all'),
  /** /payments and /group-payments */
  payments: area('payments', 15, 500, 'all'),
  /** Packages, materials, courses, sessions, assignments */
  browsing: area('browsing', 15, 200, 'failures'),
  /** Enrollments and users */
  people: area('people', 15, 100, 'all'),
  submissions: area('submissions', 15, 30, 'all'),
  /** POST /payments, PATCH /payments/:id/update */
  paying: area('paying', 60, 50, 'failures'),
  /** GET /payments/my-payments, GET /payments/:id */
  ownPayments: area('own payments', 15, 200, 'all'),
  courseStats: area('course statistics', 15, 200, 'failures'),
  /** Admin routes of payments and enrollments */
  administration: area('administration', 60, 2_000, 'failures'),
  /** GET /enrollments/me, GET /enrollments/:id */
  ownEnrollments: area('own enrollments', 15, 300, 'failures'),
  /** GET /enrollments/isenrolled, GET /enrollments/:courseId/status */
  enrollmentStatus: area('enrollment status', 15, 500, 'failures'),
  progress: area('progress', 60, 100, 'failures'),
  email: area('email', 15, 200, 'all'),
} as const;
