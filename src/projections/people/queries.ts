import { comparable } from '../../domain/account/identifiers.js';
import type { ReadModels } from '../../ports/read-models.js';
import { people, type PersonDocument } from './document.js';

export type { PersonDocument } from './document.js';

/** Also a deleted one. */
export const personById = (readModels: ReadModels, accountId: string): Promise<PersonDocument | undefined> => readModels.get(people, accountId);

/** In the order of the ids; undefined where there is none. */
export const peopleByIds = (readModels: ReadModels, accountIds: readonly string[]): Promise<readonly (PersonDocument | undefined)[]> =>
  readModels.getMany(people, accountIds);

export const personByNumber = async (readModels: ReadModels, number: number): Promise<PersonDocument | undefined> =>
  (await readModels.find(people, { filter: { number }, limit: 1 }))[0];

export const personByUsername = async (readModels: ReadModels, username: string): Promise<PersonDocument | undefined> => {
  const usernameKey = comparable('username', { username });
  return usernameKey === null ? undefined : (await readModels.find(people, { filter: { usernameKey }, limit: 1 }))[0];
};

/** Those who may teach and have exactly this name; of many as many as are asked for. */
export const teachersByName = (readModels: ReadModels, name: string, most: number): Promise<readonly PersonDocument[]> =>
  readModels.find(people, { filter: { name, role: { $in: ['instructor', 'admin'] } }, limit: most });
