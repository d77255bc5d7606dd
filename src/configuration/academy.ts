import { Type, type Static } from 'typebox';

/** As in the schema of all variables. */
export const academyVariables = {
  ACADEMY_ENTRY_SEATS: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 15 }),
  ACADEMY_INTERMEDIATE_SEATS: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 15 }),
  ACADEMY_BUNDLE_SEATS: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 30 }),
  ACADEMY_GROUP_PRICE: Type.Integer({ minimum: 0, maximum: 1_000_000_000, default: 81_000 }),
  ACADEMY_URL: Type.Optional(Type.String({ pattern: '^https?://.+', description: 'The web site of the academy, where links in its mails lead; unset: PUBLIC_URL/academy' })),
};

const Variables = Type.Object(academyVariables);

/** Seats of each course, the price for each participant of a group in rupiah, and where links in mails lead. */
export const academyOf = (environment: Static<typeof Variables>, publicUrl: string) =>
  Object.freeze({
    seats: Object.freeze({
      ENTRY: environment.ACADEMY_ENTRY_SEATS,
      INTERMEDIATE: environment.ACADEMY_INTERMEDIATE_SEATS,
      BUNDLE: environment.ACADEMY_BUNDLE_SEATS,
    }),
    groupPrice: environment.ACADEMY_GROUP_PRICE,
    url: (environment.ACADEMY_URL ?? `${publicUrl}/academy`).replace(/\/+$/, ''),
  });
