import type { PayerType } from '../../domain/package-purchases/events.js';
import type { PackagePaymentDocument, PackagePaymentStatus } from './document.js';

/** What a list is narrowed down by; a part that is absent is not. */
export interface PaymentFilter {
  readonly status?: PackagePaymentStatus | undefined;
  readonly payerType?: PayerType | undefined;
  readonly isGroup?: boolean | undefined;
}

const kindOf = (isGroup: boolean | undefined): string => (isGroup === undefined ? '' : isGroup ? 'group' : 'individual');

/** The name of the list of the payments that the filter lets through. */
export const listOf = ({ status, payerType, isGroup }: PaymentFilter): string => [status ?? '', payerType ?? '', kindOf(isGroup)].join('/');

/** The names of all lists that the payment is in. */
export const listsOf = ({ status, payerType, isGroup }: Pick<PackagePaymentDocument, 'status' | 'payerType' | 'isGroup'>): readonly string[] =>
  [undefined, status].flatMap((ofStatus) =>
    [undefined, payerType].flatMap((ofType) => [undefined, isGroup].map((ofKind) => listOf({ status: ofStatus, payerType: ofType, isGroup: ofKind }))));
