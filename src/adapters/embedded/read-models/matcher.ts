import type { CollectionDefinition, Filter } from '../../../ports/read-models.js';
import { compareValues, sameType } from './compare.js';
import { conjunctionOf, type Comparison } from './conditions.js';
import { valueAt } from './field-values.js';
import { searchedWordsOf, wordsOf } from './text-words.js';

export type Matcher = (document: object) => boolean;
type ValueTest = (value: unknown) => boolean;

const equals = (expected: unknown): ValueTest =>
  expected === null ? (value) => value === null || value === undefined : (value) => value === expected;

const ordered = (expected: unknown, holds: (order: number) => boolean): ValueTest =>
  (value) => typeof value !== 'object' && sameType(value, expected) && holds(compareValues(value, expected));

const positive = (comparison: Comparison): ValueTest => {
  const { value: expected } = comparison;
  switch (comparison.operator) {
    case '$eq':
    case '$ne':
      return equals(expected);
    case '$in':
    case '$nin': {
      const tests = comparison.value.map(equals);
      return (value) => tests.some((test) => test(value));
    }
    case '$gt':
      return expected === null ? () => false : ordered(expected, (order) => order > 0);
    case '$gte':
      return expected === null ? equals(null) : ordered(expected, (order) => order >= 0);
    case '$lt':
      return expected === null ? () => false : ordered(expected, (order) => order < 0);
    case '$lte':
      return expected === null ? equals(null) : ordered(expected, (order) => order <= 0);
    case '$exists':
      return (value) => value !== undefined;
  }
};

const isNegative = ({ operator, value }: Comparison): boolean =>
  operator === '$ne' || operator === '$nin' || (operator === '$exists' && !value);

const comparisonMatcher = (comparison: Comparison): Matcher => {
  const test = positive(comparison);
  const { field } = comparison;
  const holds: Matcher =
    comparison.operator === '$exists'
      ? (document) => test(valueAt(document, field))
      : (document) => {
          const value = valueAt(document, field);
          return Array.isArray(value) ? value.some(test) : test(value);
        };
  return isNegative(comparison) ? (document) => !holds(document) : holds;
};

export const documentWords = (document: object, fields: readonly string[]): ReadonlySet<string> =>
  new Set(
    fields.flatMap((field) => {
      const value = valueAt(document, field);
      const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
      return texts.flatMap((text) => (typeof text === 'string' ? wordsOf(text) : []));
    }),
  );

const searchMatcher = (search: string, fields: readonly string[]): Matcher => {
  const searched = searchedWordsOf(search);
  return (document) => {
    const words = documentWords(document, fields);
    return searched.length > 0 && searched.every((word) => words.has(word));
  };
};

export const matcherOf = (filter: Filter, text: CollectionDefinition['text'] = []): Matcher => {
  const { comparisons, alternatives, searches } = conjunctionOf(filter);
  const tests = [
    ...comparisons.map(comparisonMatcher),
    ...searches.map((search) => searchMatcher(search, text)),
    ...alternatives.map((branches): Matcher => {
      const matchers = branches.map((branch) => matcherOf(branch, text));
      return (document) => matchers.some((matches) => matches(document));
    }),
  ];
  return (document) => tests.every((matches) => matches(document));
};
