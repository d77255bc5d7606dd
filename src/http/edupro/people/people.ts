import { profile } from '../../../domain/resources/profile.js';
import type { ReadModels } from '../../../ports/read-models.js';
import { recordQueries } from '../../../projections/kernel/record-queries.js';
import { peopleByIds, type PersonDocument } from '../../../projections/people/queries.js';
import type { ProfileFields } from './presenter.js';

const profiles = recordQueries(profile);

export interface KnownPerson {
  readonly person: PersonDocument;
  /** Empty where the person has filled in none. */
  readonly fields: ProfileFields;
}

/** People with their profiles, by account; those whom the read model does not know are left out. Routes that use it read people and profile. */
export const knownPeople = async (readModels: ReadModels, accountIds: readonly string[]): Promise<ReadonlyMap<string, KnownPerson>> => {
  const ids = [...new Set(accountIds)];
  const [found, filledIn] = await Promise.all([peopleByIds(readModels, ids), profiles.byIds(readModels, ids)]);
  return new Map(
    found.flatMap((person, index): [string, KnownPerson][] => (person === undefined ? [] : [[person.id, { person, fields: filledIn[index]?.fields ?? {} }]])),
  );
};
