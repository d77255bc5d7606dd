/** What kind of refusal it is, and the HTTP status that says so. */
export const statusOfKind = {
  invalid: 400,
  unauthenticated: 401,
  'payment-required': 402,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unprocessable: 422,
  'too-many': 429,
} as const;

export type RefusalKind = keyof typeof statusOfKind;

/** How the core answers a refusal: a sentence that suits every surface, and the field of the request that is wrong. */
export type Answer = readonly [kind: RefusalKind, sentence: string, field?: string];
