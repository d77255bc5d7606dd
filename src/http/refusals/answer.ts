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

/** The core's answer: a sentence that suits every surface, and the wrong field of the request. */
export type Answer = readonly [kind: RefusalKind, sentence: string, field?: string];
