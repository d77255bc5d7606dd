import type { ReadModels } from '../../ports/read-models.js';
import { accountsByIds } from '../../projections/accounts/queries.js';
import type { Dimension } from '../../projections/analytics/queries.js';
import { coursesByIds } from '../../projections/courses/queries.js';
import { organizationsByIds } from '../../projections/organizations/queries.js';

/** What `namesOf` reads beside the figures. */
export const NAME_READS = ['courses', 'accounts', 'organizations'] as const;

type Named = { readonly name: string } | undefined;

const named = async (keys: readonly string[], documents: Promise<readonly Named[]>): Promise<ReadonlyMap<string, string>> => {
  const found = await documents;
  return new Map(keys.flatMap((key, place) => (found[place] === undefined ? [] : [[key, found[place].name] as const])));
};

const titled = async (readModels: ReadModels, keys: readonly string[]): Promise<readonly Named[]> =>
  (await coursesByIds(readModels, keys)).map((course) => course && { name: course.title });

/** The title of courses, the names of instructors and organizations as people know them now, by their ids. What was deleted or has no other name is not there. */
export const namesOf = async (readModels: ReadModels, dimension: Dimension, keys: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  switch (dimension) {
    case 'course':
      return named(keys, titled(readModels, keys));
    case 'instructor':
      return named(keys, accountsByIds(readModels, keys));
    case 'organization':
      return named(keys, organizationsByIds(readModels, keys));
    default:
      return new Map();
  }
};
