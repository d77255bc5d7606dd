/** The address of the view of a coupon: codes may have slashes in them. */
export const codeAddress = (code: string): string => `/coupons/${encodeURIComponent(code)}`;
