import type { DomainEvent } from '../../domain/events.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import type { Fact, FactKind, FactRow } from './fact.js';
import type { FactSources } from './fact-sources.js';

type Event = RecordedEvent<DomainEvent>;

const factOf = ({ id: eventId, position }: Event, kind: FactKind, at: string, row: FactRow): Fact => ({
  table: 'couponUses',
  kind,
  position,
  rows: [{ position: String(position), eventId, kind, at, ...row }],
});

const ofAccess = async (event: Event, sources: FactSources): Promise<Fact | undefined> => {
  if (event.type !== 'CouponUsedForAccess' && event.type !== 'CouponUseForAccessReversed') return undefined;
  const { code, couponId, useId, accountId, courseId, teacherId: instructorId, price: amount, currency } = event.data;
  const { organizationId } = await sources.owner(courseId);
  const row = { code, couponId, useId, accountId, courseId, instructorId, organizationId, amount, currency };
  return event.type === 'CouponUsedForAccess'
    ? factOf(event, 'coupon-used-for-access', event.data.usedAt, row)
    : factOf(event, 'coupon-access-reversed', event.data.reversedAt, row);
};

interface Use {
  readonly code: string;
  readonly couponId: string;
  readonly paymentId: string;
  readonly accountId: string;
}

/** A use by a payment does not say for which courses, and only the reservation says what it takes off. */
const useRow = ({ code, couponId, paymentId: useId, accountId }: Use): FactRow => ({
  code, couponId, useId, accountId, courseId: null, instructorId: null, organizationId: null, amount: null, currency: null,
});

const ofPayment = (event: Event): Fact | undefined => {
  switch (event.type) {
    case 'CouponReserved':
      return factOf(event, 'coupon-reserved', event.data.reservedAt, { ...useRow(event.data), amount: event.data.discount, currency: event.data.currency });
    case 'CouponRedeemed':
      return factOf(event, 'coupon-redeemed', event.data.redeemedAt, useRow(event.data));
    case 'CouponReleased':
      return factOf(event, 'coupon-released', event.data.releasedAt, useRow(event.data));
    case 'CouponRedemptionReversed':
      return factOf(event, 'coupon-reversed', event.data.reversedAt, useRow(event.data));
    default:
      return undefined;
  }
};

export const couponFact = async (event: Event, sources: FactSources): Promise<Fact | undefined> => ofPayment(event) ?? ofAccess(event, sources);
