import { Type, type TProperties } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import { COUNTS, type CountName } from '../../projections/analytics/queries.js';
import { ClientId, Line } from '../shared/text-schemas.js';

const LocalDate = (description: string) => Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', maxLength: 10, description });

/** What figures are asked of: at most one of these. */
export const Scope = {
  course: Type.Optional(ClientId),
  instructor: Type.Optional(ClientId),
  organization: Type.Optional(ClientId),
  coupon: Type.Optional(Line({ minLength: 1, maxLength: 100, description: 'Its code; case does not matter' })),
  surface: Type.Optional(Type.Enum(['marketplace', 'academy', 'edupro'])),
};

export const Range = {
  zone: Type.Optional(Line({ minLength: 1, maxLength: 60, description: 'An IANA time zone, such as Asia/Jakarta. Default: UTC' })),
  from: Type.Optional(LocalDate('The first day in that zone. Default: 29 days before the last')),
  to: Type.Optional(LocalDate('The last day in that zone, itself included. Default: today')),
};

export const Format = Type.Optional(Type.Enum(['json', 'csv'], { default: 'json' }));
export const Compare = Type.Optional(Type.Enum(['previous'], { description: 'previous: as many days right before are added up, too' }));
export const Unit = Type.Optional(Type.Enum(['hour', 'day', 'week', 'month'], { default: 'day' }));

const Amount = Type.String({ description: 'A decimal number with all places of the currency' });

const Money = Type.Object({
  currency: Type.String(),
  gross: Amount,
  discounts: Amount,
  refunds: Amount,
  net: Amount,
  netWithCoupon: Amount,
  netWithoutCoupon: Amount,
  accessGiven: Amount,
});

const countProperties = Object.fromEntries(COUNTS.map((name) => [name, Type.Optional(Type.Integer())])) as Record<CountName, ReturnType<typeof Type.Optional<ReturnType<typeof Type.Integer>>>>;

const Counts = Type.Object(countProperties, { description: 'docs/analytics.md says what each of them counts. What is absent is 0' });

const Figures = { counts: Counts, money: Type.Array(Money, { description: 'Each currency apart' }) };

const ShownScope = Type.Object({ dimension: Type.String(), key: Nullable(Type.String()) });

const ShownRange = { of: ShownScope, zone: Type.String(), from: Type.String(), to: Type.String() };

export const Series = Type.Object({
  ...ShownRange,
  unit: Type.String(),
  points: Type.Array(Type.Object({ start: Type.String({ description: 'As the clocks of the zone show it, with their offset' }), ...Figures })),
  totals: Type.Object(Figures),
  previous: Type.Optional(Type.Object({ from: Type.String(), to: Type.String(), ...Figures })),
});

const Funnel = Type.Object({
  carts: Type.Integer({ description: 'Courses put into carts' }),
  opened: Type.Integer(),
  captured: Type.Integer(),
  declined: Type.Integer(),
  cancelled: Type.Integer(),
  expired: Type.Integer(),
  refunded: Type.Integer({ description: 'Refunded in full' }),
});
export const FunnelAnswer = Type.Object({ ...ShownRange, funnel: Funnel, previous: Type.Optional(Type.Object({ from: Type.String(), to: Type.String(), funnel: Funnel })) });

export const Scores = Type.Object({
  ...ShownRange,
  graded: Type.Integer(),
  passed: Type.Integer(),
  bins: Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer({ description: 'Per cent, exclusive but for 100' }), attempts: Type.Integer() })),
});

export const Top = Type.Object({
  ...ShownRange,
  by: Type.String(),
  currency: Nullable(Type.String()),
  items: Type.Array(
    Type.Object({
      key: Type.String(),
      name: Nullable(Type.String({ description: 'The title of a course, the name of an instructor or an organization; null where there is none' })),
      ...Figures,
    }),
  ),
});

/** An answer as JSON, or as a table for spreadsheets. */
export const jsonOrCsv = <S extends ReturnType<typeof Type.Object<TProperties>>>(schema: S) => ({
  description: 'The figures',
  content: { 'application/json': { schema }, 'text/csv': { schema: Type.Unsafe<string>({ type: 'string' }) } },
});
