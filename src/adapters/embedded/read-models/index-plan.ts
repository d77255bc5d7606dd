import type { Scalar, SortDirection } from '../../../ports/read-models.js';
import { sameType } from './compare.js';
import type { Comparison, Conjunction } from './conditions.js';
import { afterPrefix, encodeValue, inDirection, numberPrefix, typeBracket } from './key-encoding.js';
import type { IndexField, IndexRecord } from './registry-records.js';

export type SortFields = readonly IndexField[];

/** A range of an index; `orderedFrom` is the offset of the key's part that gives the order. */
export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
  readonly orderedFrom: number;
}

export interface IndexPlan {
  readonly kind: 'index';
  readonly ranges: readonly KeyRange[];
  /** Every entry matches: documents need not be read to know. */
  readonly exact: boolean;
  /** The direction in which the range gives the requested order; null: the documents must be sorted. */
  readonly ordered: SortDirection | null;
  readonly distinct: boolean;
  /** Comparisons that the index takes no part in. */
  readonly left: readonly Comparison[];
  /** A string in the comparisons or the index was cut: more entries may lie in the ranges than match. */
  readonly inexact: boolean;
  readonly score: number;
}

const MOST_POINTS = 500;

interface Points {
  readonly comparison: Comparison;
  readonly values: readonly Scalar[];
}

const pointsOf = (comparison: Comparison): Points | undefined => {
  switch (comparison.operator) {
    case '$eq':
      return { comparison, values: [comparison.value] };
    case '$in':
      return { comparison, values: comparison.value };
    case '$gte':
    case '$lte':
      return comparison.value === null ? { comparison, values: [null] } : undefined;
    default:
      return undefined;
  }
};

interface Bound {
  readonly bytes: Buffer;
  readonly inclusive: boolean;
}

interface Bounds {
  readonly lower: Bound;
  readonly upper: Bound;
  readonly used: readonly Comparison[];
  readonly cut: boolean;
}

type RangeComparison = Extract<Comparison, { operator: '$gt' | '$gte' | '$lt' | '$lte' | '$eq' | '$ne' }>;

const isRange = (comparison: Comparison, field: string): comparison is RangeComparison =>
  comparison.field === field && ['$gt', '$gte', '$lt', '$lte'].includes(comparison.operator) && comparison.value !== null;

const tighter = (current: Bound, next: Bound, sign: 1 | -1): Bound => {
  const order = Buffer.compare(next.bytes, current.bytes) * sign;
  if (order === 0) return { ...current, inclusive: current.inclusive && next.inclusive };
  return order > 0 ? next : current;
};

const boundsOf = (field: string, comparisons: ReadonlySet<Comparison>, multikey: boolean): Bounds | undefined => {
  const found = [...comparisons].filter((comparison) => isRange(comparison, field));
  const [first] = found;
  if (first === undefined) return undefined;
  // One element of an array may meet one bound and another element the other: only one bound narrows down.
  const used = multikey ? [first] : found.filter((comparison) => sameType(comparison.value, first.value));
  const bracket = { bytes: typeBracket(first.value), inclusive: true };
  let [lower, upper]: [Bound, Bound] = [bracket, bracket];
  let cut = false;
  for (const { operator, value } of used) {
    const encoded = encodeValue(value);
    cut ||= encoded.cut;
    const bound = { bytes: encoded.bytes, inclusive: operator === '$gte' || operator === '$lte' || encoded.cut };
    if (operator === '$gt' || operator === '$gte') lower = lower === bracket ? bound : tighter(lower, bound, 1);
    else upper = upper === bracket ? bound : tighter(upper, bound, -1);
  }
  return { lower, upper, used, cut };
};

const rangeWithin = (prefix: Buffer, { lower, upper }: Bounds, direction: SortDirection): { start: Buffer; end: Buffer } => {
  const [first, last] = direction === 1 ? [lower, upper] : [upper, lower];
  const from = Buffer.concat([prefix, inDirection(first.bytes, direction)]);
  const to = Buffer.concat([prefix, inDirection(last.bytes, direction)]);
  return { start: first.inclusive ? from : afterPrefix(from), end: last.inclusive ? afterPrefix(to) : to };
};

interface Prefix {
  readonly bytes: Buffer;
  readonly offsets: readonly number[];
}

interface PointPrefixes {
  readonly prefixes: readonly Prefix[];
  readonly remaining: ReadonlySet<Comparison>;
  readonly widths: readonly number[];
  readonly cut: boolean;
}

const pointPrefixes = (index: IndexRecord, comparisons: readonly Comparison[]): PointPrefixes => {
  const remaining = new Set(comparisons);
  const widths: number[] = [];
  let cut = false;
  let prefixes: readonly Prefix[] = [{ bytes: numberPrefix(index.number), offsets: [4] }];
  for (const [field, direction] of index.fields) {
    const points = [...remaining].filter((comparison) => comparison.field === field).flatMap((c) => pointsOf(c) ?? []);
    const [chosen] = points.toSorted((a, b) => a.values.length - b.values.length);
    if (chosen === undefined || prefixes.length * chosen.values.length > MOST_POINTS) break;
    const encoded = [...new Map(chosen.values.map(encodeValue).map((value) => [value.bytes.toString('latin1'), value])).values()];
    cut ||= encoded.some((value) => value.cut);
    prefixes = prefixes.flatMap(({ bytes, offsets }) =>
      encoded.map((value) => {
        const extended = Buffer.concat([bytes, inDirection(value.bytes, direction)]);
        return { bytes: extended, offsets: [...offsets, extended.length] };
      }),
    );
    remaining.delete(chosen.comparison);
    widths.push(encoded.length);
  }
  return { prefixes, remaining, widths, cut };
};

interface Order {
  readonly direction: SortDirection;
  readonly from: number;
}

const orderFrom = (index: IndexRecord, widths: readonly number[], sort: SortFields, from: number): Order | undefined => {
  const free = index.fields.filter(([field], place) => place >= from && (widths[place] !== 1 || field === index.multikey));
  if (free.length !== sort.length || free.some(([field]) => field === index.multikey)) return undefined;
  const turns = sort.map(([field, direction], place) =>
    free[place]?.[0] === field ? direction * (free[place]?.[1] ?? 1) : 0,
  );
  if (turns.every((turn) => turn === 1)) return { direction: 1, from };
  return turns.every((turn) => turn === -1) ? { direction: -1, from } : undefined;
};

/** The order that the entries have, if it is the requested one: all fields after the fixed ones, to the last one, once. */
const orderOf = (index: IndexRecord, widths: readonly number[], sort: SortFields): Order | undefined => {
  const fixed = new Set(index.fields.flatMap(([field], place) => (widths[place] === 1 && field !== index.multikey ? [field] : [])));
  const wanted = sort.filter(([field]) => !fixed.has(field));
  for (let from = widths.length; from >= 0; from -= 1) {
    const order = orderFrom(index, widths, wanted, from);
    if (order !== undefined) return order;
  }
  return undefined;
};

export const planIndex = (index: IndexRecord, conjunction: Conjunction, sort: SortFields): IndexPlan | undefined => {
  const { prefixes, remaining, widths, cut } = pointPrefixes(index, conjunction.comparisons);
  const next = index.fields[widths.length];
  const bounds = next === undefined ? undefined : boundsOf(next[0], remaining, next[0] === index.multikey);
  const order = index.cut ? undefined : orderOf(index, widths, sort);
  const isOrdered = order !== undefined && sort.length > 0;
  if (widths.length === 0 && bounds === undefined && !isOrdered) return undefined;

  const left = [...remaining].filter((comparison) => bounds?.used.includes(comparison) !== true);
  const ranges = prefixes.map(({ bytes, offsets }): KeyRange => {
    const orderedFrom = offsets[order?.from ?? 0] ?? 4;
    if (bounds === undefined) return { start: bytes, end: afterPrefix(bytes), orderedFrom };
    return { ...rangeWithin(bytes, bounds, next?.[1] ?? 1), orderedFrom };
  });
  const multikeyPlace = index.fields.findIndex(([field]) => field === index.multikey);
  const inexact = index.cut || cut || bounds?.cut === true;
  const exact = left.length === 0 && conjunction.alternatives.length + conjunction.searches.length === 0 && !inexact;
  return {
    kind: 'index',
    ranges: ranges.filter(({ start, end }) => Buffer.compare(start, end) < 0),
    exact,
    ordered: order?.direction ?? null,
    distinct: multikeyPlace < 0 || widths[multikeyPlace] === 1,
    left,
    inexact,
    score: widths.length * 3 + (bounds === undefined ? 0 : 2) + (isOrdered ? 2 : 0) + (exact ? 1 : 0),
  };
};
