import type { Comparison, Conjunction } from './conditions.js';
import { planIndex, type IndexPlan, type KeyRange, type SortFields } from './index-plan.js';
import { isOfWords, WORDS, type CollectionRecord, type IndexRecord } from './registry-records.js';
import { searchedWordsOf } from './text-words.js';

/** Ranges of indexes that all have the same order after their `orderedFrom`: what stands in each of them is found. */
export interface IntersectionPlan {
  readonly kind: 'intersection';
  readonly ranges: readonly KeyRange[];
  readonly exact: boolean;
  /** They have the requested order; else one of their own. */
  readonly ordered: boolean;
  readonly score: number;
}

const SCORE = 20;
/** What a page needs more than all else: an order that has not to be made. */
const UNORDERED = 5;

/** Every word that a document must have; none where one of the searches has no word and finds nothing. */
export const searchedWords = ({ searches }: Conjunction): readonly string[] => {
  const words = searches.map(searchedWordsOf);
  return words.some((search) => search.length === 0) ? [] : [...new Set(words.flat())];
};

const planWord = (index: IndexRecord, comparisons: readonly Comparison[], word: string, sort: SortFields): IndexPlan | undefined => {
  const withWord: readonly Comparison[] = [{ field: WORDS, operator: '$eq', value: word }, ...comparisons];
  return planIndex(index, { comparisons: withWord, alternatives: [], searches: [] }, sort);
};

const isAlong = (plan: IndexPlan | undefined): plan is IndexPlan => plan?.ordered === 1 && plan.ranges.length === 1 && plan.distinct;

/** The fields after those that are compared: the order that the entries of a word have by themselves. */
const orderOfEntries = (index: IndexRecord, comparisons: readonly Comparison[]): SortFields =>
  index.fields.filter(([field]) => field !== WORDS && !comparisons.some((comparison) => comparison.field === field && comparison.operator === '$eq'));

/** Ranges of other indexes, in the same order, for comparisons that the index of words leaves. */
const narrowing = (collection: CollectionRecord, comparisons: readonly Comparison[], sort: SortFields, left: readonly Comparison[]) => {
  const plans: IndexPlan[] = [];
  let open = left;
  const candidates = collection.indexes.flatMap((index) => planIndex(index, { comparisons, alternatives: [], searches: [] }, sort) ?? []);
  for (const plan of candidates.filter(isAlong).toSorted((a, b) => a.left.length - b.left.length)) {
    if (open.every((comparison) => plan.left.includes(comparison))) continue;
    plans.push(plan);
    open = open.filter((comparison) => plan.left.includes(comparison));
  }
  return { plans, open };
};

const planBy = (index: IndexRecord, collection: CollectionRecord, conjunction: Conjunction, sort: SortFields): IndexPlan | IntersectionPlan | undefined => {
  const { comparisons, alternatives } = conjunction;
  const words = searchedWords(conjunction);
  const [first] = words;
  if (first === undefined) return undefined;
  const alone = words.length === 1 ? planWord(index, comparisons, first, sort) : undefined;
  if (alone?.left.length === 0) {
    const isOrdered = sort.length === 0 || alone.ordered !== null;
    return { ...alone, exact: alone.exact && alternatives.length === 0, score: SCORE - (isOrdered ? 0 : UNORDERED) };
  }

  const order = sort.length === 0 ? orderOfEntries(index, comparisons) : sort;
  const plans = words.map((word) => planWord(index, comparisons, word, order)).filter(isAlong);
  const [plan] = plans;
  if (plan === undefined || plans.length < words.length) return undefined;
  const { plans: others, open } = narrowing(collection, comparisons, order, plan.left);
  const all = [...plans, ...others];
  const exact = open.length === 0 && alternatives.length === 0 && all.every(({ inexact }) => !inexact);
  return { kind: 'intersection', ranges: all.flatMap(({ ranges }) => ranges), exact, ordered: sort.length > 0, score: SCORE - (exact ? 0 : 1) };
};

/** A search by an index of words: in the order of the index, without a look at what comes after the page. */
export const planSearch = (collection: CollectionRecord, conjunction: Conjunction, sort: SortFields): IndexPlan | IntersectionPlan | undefined => {
  const plans = collection.indexes.filter(isOfWords).map((index) => planBy(index, collection, conjunction, sort));
  return plans.reduce((best, plan) => (plan !== undefined && plan.score > (best?.score ?? 0) ? plan : best), undefined);
};
