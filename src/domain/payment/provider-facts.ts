import { Type, type Static } from 'typebox';
import { Currency, DecimalString, Id, Nullable } from '../kernel/event-schema.js';

const told = {
  /** The provider's id of the charge, the refund or the dispute. */
  reference: Id,
  amount: DecimalString,
  currency: Currency,
  /** In the provider's words. */
  reason: Nullable(Type.String()),
};

export const ChargeFact = Type.Object({
  kind: Type.Literal('charge'),
  status: Type.Enum(['captured', 'declined', 'action-required', 'pending', 'cancelled']),
  ...told,
});
export const RefundFact = Type.Object({
  kind: Type.Literal('refund'),
  status: Type.Enum(['pending', 'refunded', 'failed']),
  ...told,
  /** Null: the refund was made at the provider, not asked for here. */
  refundId: Nullable(Id),
  chargeReference: Id,
});
export const DisputeFact = Type.Object({
  kind: Type.Literal('dispute'),
  status: Type.Enum(['open', 'won', 'lost']),
  ...told,
  chargeReference: Id,
});

/** What the provider says about the money of one payment. */
export const ProviderFact = Type.Union([ChargeFact, RefundFact, DisputeFact]);
export type ProviderFact = Readonly<Static<typeof ProviderFact>>;
export type ChargeFact = Readonly<Static<typeof ChargeFact>>;
export type RefundFact = Readonly<Static<typeof RefundFact>>;
export type DisputeFact = Readonly<Static<typeof DisputeFact>>;
