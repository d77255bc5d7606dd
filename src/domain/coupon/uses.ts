import { PACKED_LENGTH, packedUuid, unpackedUuid } from '../kernel/packed-uuid.js';
import { PackedMap, type Packing } from '../kernel/packed-map.js';

/** What a use of a teacher's coupon was for, and what it was worth. */
export type UsedFor = Readonly<{ courseId: string; moduleId: string | null; price: string; currency: string }>;

export type CouponUse = Readonly<{
  status: 'reserved' | 'redeemed' | 'released' | 'reversed';
  accountId: string;
  /** Of a teacher's coupon. */
  usedFor?: UsedFor;
}>;

const letters = { redeemed: 'u', released: 'l', reversed: 'r' } as const;

const statusOf = (letter: string): CouponUse['status'] => (letter === letters.redeemed ? 'redeemed' : letter === letters.released ? 'released' : 'reversed');

/** Those that a payment has decided: of a code that a hundred thousand people used, nearly all. */
const packing: Packing<CouponUse> = {
  length: 1 + PACKED_LENGTH,
  pack: ({ status, accountId, usedFor }) => {
    if (status === 'reserved' || usedFor !== undefined) return undefined;
    const account = packedUuid(accountId);
    return account === undefined ? undefined : letters[status] + account;
  },
  unpack: (packed) => ({ status: statusOf(packed.charAt(0)), accountId: unpackedUuid(packed.slice(1)) }),
};

export type CouponUses = PackedMap<CouponUse>;

export const noUses = (): CouponUses => PackedMap.empty(packing);
