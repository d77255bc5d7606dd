import type { Filter } from '../../../ports/read-models.js';
import { compareStrings } from './compare.js';
import { conjunctionOf, type Conjunction } from './conditions.js';
import { planIndex, type IndexPlan, type SortFields } from './index-plan.js';
import { LONGEST_KEY_STRING } from './key-encoding.js';
import { isOfWords, type CollectionRecord } from './registry-records.js';
import { planSearch, searchedWords, type IntersectionPlan } from './search-plan.js';

export type Plan =
  | IndexPlan
  | Readonly<{ kind: 'ids'; ids: readonly string[]; exact: false; score: number }>
  | Readonly<{ kind: 'words'; number: number; words: readonly string[]; exact: boolean; score: number }>
  | IntersectionPlan
  | Readonly<{ kind: 'union'; plans: readonly Plan[]; exact: boolean; score: number }>
  | Readonly<{ kind: 'all'; exact: boolean; score: number }>;

const planIds = ({ comparisons }: Conjunction): Plan | undefined => {
  const lists = comparisons.flatMap((comparison) => {
    if (comparison.field !== 'id') return [];
    if (comparison.operator === '$eq') return [[comparison.value]];
    return comparison.operator === '$in' ? [comparison.value] : [];
  });
  const [shortest] = lists.toSorted((a, b) => a.length - b.length);
  if (shortest === undefined) return undefined;
  const ids = [...new Set(shortest.filter((id) => typeof id === 'string'))].toSorted(compareStrings);
  return { kind: 'ids', ids, exact: false, score: 100 };
};

const planWords = (collection: CollectionRecord, conjunction: Conjunction): Plan | undefined => {
  if (conjunction.searches.length === 0 || collection.text === null) return undefined;
  const words = searchedWords(conjunction);
  const isWhole = words.every((word) => Buffer.byteLength(word) <= LONGEST_KEY_STRING);
  const exact = conjunction.comparisons.length + conjunction.alternatives.length === 0 && isWhole;
  const { number } = collection.indexes.find(isOfWords) ?? collection.text;
  return { kind: 'words', number, words, exact, score: 10 };
};

const planUnion = (collection: CollectionRecord, conjunction: Conjunction): Plan | undefined => {
  for (const branches of conjunction.alternatives) {
    const plans = branches.map((branch) => planOf(collection, branch, []));
    if (plans.some((plan) => plan.kind === 'all')) continue;
    const isAlone = conjunction.alternatives.length === 1 && conjunction.comparisons.length + conjunction.searches.length === 0;
    return { kind: 'union', plans, exact: isAlone && plans.every((plan) => plan.exact), score: 2.5 };
  }
  return undefined;
};

/** The cheapest plan, judged by how much of the filter and the order an index takes over. */
export const planOf = (collection: CollectionRecord, filter: Filter, sort: SortFields): Plan => {
  const conjunction = conjunctionOf(filter);
  const { comparisons, alternatives, searches } = conjunction;
  const isEverything = comparisons.length + alternatives.length + searches.length === 0;
  const plans: readonly (Plan | undefined)[] = [
    { kind: 'all', exact: isEverything, score: 0 },
    planIds(conjunction),
    planWords(collection, conjunction),
    planSearch(collection, conjunction, sort),
    planUnion(collection, conjunction),
    ...collection.indexes.map((index) => planIndex(index, conjunction, sort)),
  ];
  return plans.reduce<Plan>((best, plan) => (plan !== undefined && plan.score > best.score ? plan : best), {
    kind: 'all',
    exact: isEverything,
    score: 0,
  });
};
