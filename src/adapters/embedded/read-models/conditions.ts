import type { Condition, Filter, Scalar } from '../../../ports/read-models.js';

export type Operator = '$eq' | '$ne' | '$gt' | '$gte' | '$lt' | '$lte' | '$in' | '$nin' | '$exists';

export type Comparison = Readonly<
  | { field: string; operator: '$eq' | '$ne' | '$gt' | '$gte' | '$lt' | '$lte'; value: Scalar }
  | { field: string; operator: '$in' | '$nin'; value: readonly Scalar[] }
  | { field: string; operator: '$exists'; value: boolean }
>;

/** A filter as one conjunction: all comparisons, one branch of each `$or`, and all searches hold. */
export interface Conjunction {
  readonly comparisons: readonly Comparison[];
  readonly alternatives: readonly (readonly Filter[])[];
  readonly searches: readonly string[];
}

const operatorsOf = (field: string, condition: Exclude<Condition, Scalar>): readonly Comparison[] =>
  Object.entries(condition).flatMap(([operator, value]): readonly Comparison[] => {
    if (value === undefined) return [];
    switch (operator) {
      case '$in':
      case '$nin':
        if (Array.isArray(value)) return [{ field, operator, value }];
        break;
      case '$exists':
        if (typeof value === 'boolean') return [{ field, operator, value }];
        break;
      case '$eq':
      case '$ne':
      case '$gt':
      case '$gte':
      case '$lt':
      case '$lte':
        if (isScalar(value)) return [{ field, operator, value }];
        break;
    }
    throw new TypeError(`the filter language has no ${operator} with ${JSON.stringify(value)}`);
  });

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const isCondition = (value: Filter[string]): value is Condition => !Array.isArray(value);

const comparisonsOf = (filter: Filter): readonly Comparison[] =>
  Object.entries(filter).flatMap(([field, condition]): readonly Comparison[] => {
    if (field === '$and' || field === '$or' || field === '$text' || condition === undefined) return [];
    if (field.startsWith('$')) throw new TypeError(`the filter language has no ${field}`);
    if (isScalar(condition)) return [{ field, operator: '$eq', value: condition }];
    if (!isCondition(condition)) throw new TypeError(`the filter language compares ${field} with no list`);
    return operatorsOf(field, condition as Exclude<Condition, Scalar>);
  });

export const conjunctionOf = (filter: Filter): Conjunction => {
  const nested = (filter.$and ?? []).map(conjunctionOf);
  return {
    comparisons: [...comparisonsOf(filter), ...nested.flatMap((part) => part.comparisons)],
    alternatives: [...(filter.$or === undefined ? [] : [filter.$or]), ...nested.flatMap((part) => part.alternatives)],
    searches: [...(filter.$text === undefined ? [] : [filter.$text.$search]), ...nested.flatMap((part) => part.searches)],
  };
};
