import type { ComponentType } from 'preact';
import type { Account } from '../session/tokens.js';

type Role = NonNullable<Account['role']>;

/** A view with an address of its own. */
export interface View {
  /** In the words of wouter; below /console. */
  readonly path: string;
  readonly title: string;
  /** Its place in the navigation; absent: other views lead there. */
  readonly link?: string;
  readonly roles: readonly Role[];
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

const AUDITORS: readonly Role[] = ['admin', 'auditor'];

/** In the order of the navigation. */
export const views: readonly View[] = [
  { path: '/', title: 'Overview', link: '/', roles: [...AUDITORS, 'instructor'], load: () => import('../overview/overview.js') },
  { path: '/payments', title: 'Payments', link: '/payments', roles: AUDITORS, load: () => import('../payments/payments.js') },
  { path: '/payments/:id', title: 'Payment', roles: AUDITORS, load: () => import('../payments/payment.js') },
  { path: '/coupons', title: 'Coupons', link: '/coupons', roles: AUDITORS, load: () => import('../coupons/coupons.js') },
  { path: '/coupons/:id', title: 'Coupon', roles: AUDITORS, load: () => import('../coupons/coupon.js') },
  { path: '/streams', title: 'Streams', link: '/streams', roles: AUDITORS, load: () => import('../streams/streams.js') },
  { path: '/streams/:stream', title: 'Stream', roles: AUDITORS, load: () => import('../streams/stream.js') },
  { path: '/operation', title: 'Operation', link: '/operation', roles: ['admin'], load: () => import('../operation/operation.js') },
];

export const viewsFor = (role: Account['role']): readonly View[] => views.filter(({ roles }) => role !== null && roles.includes(role));
