import { normaliseEmail } from '../../domain/account/email.js';
import type { Filter, ReadModels } from '../../ports/read-models.js';
import { findSlice, type Place, type Slice } from '../kernel/slice.js';
import { accounts, type AccountDocument } from './document.js';

export type { AccountDocument } from './document.js';

export interface AccountList {
  readonly accounts: readonly AccountDocument[];
  readonly total: number;
}

export const accountById = (readModels: ReadModels, accountId: string): Promise<AccountDocument | undefined> =>
  readModels.get(accounts, accountId);

/** In the order of the ids; undefined where there is none. */
export const accountsByIds = (readModels: ReadModels, accountIds: readonly string[]): Promise<readonly (AccountDocument | undefined)[]> =>
  readModels.getMany(accounts, accountIds);

export const accountByEmail = async (readModels: ReadModels, email: string): Promise<AccountDocument | undefined> => {
  const [found] = await readModels.find(accounts, { filter: { emailKey: normaliseEmail(email) }, limit: 1 });
  return found;
};

/** Accounts whose address begins with the text, in order; with `exact` the one whose address equals it. */
export const searchAccountsByEmail = async (
  readModels: ReadModels,
  { email, exact = false, skip, limit }: { email: string; exact?: boolean; skip: number; limit: number },
): Promise<AccountList> => {
  const key = normaliseEmail(email);
  const filter: Filter = { emailKey: exact ? key : { $gte: key, $lt: `${key}\uffff` } };
  const [found, total] = await Promise.all([
    readModels.find(accounts, { filter, sort: { emailKey: 1 }, skip, limit }),
    readModels.count(accounts, filter),
  ]);
  return { accounts: found, total };
};

/** Accounts with a picture that were never activated, those that have had it for longest first. */
export const unactivatedWithPicture = (readModels: ReadModels, before: string, limit: number): Promise<readonly AccountDocument[]> =>
  readModels.find(accounts, { filter: { unactivatedPictureSince: { $lte: before } }, sort: { unactivatedPictureSince: 1 }, limit });

export const listAccounts = async (readModels: ReadModels, slice: Slice): Promise<AccountList & { readonly next: Place | null }> => {
  const { found, ...rest } = await findSlice(readModels, accounts, { filter: {}, sort: { registeredAt: -1 } }, slice);
  return { accounts: found, ...rest };
};
