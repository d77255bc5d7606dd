import type { AccountDocument } from '../../projections/accounts/queries.js';

/** As lists name a person: a deleted account has neither name nor address. */
export const shownPerson = (id: string, account: AccountDocument | undefined): { id: string; name: string; email: string } => ({
  id,
  name: account?.name ?? 'Deleted user',
  email: account?.email ?? '',
});
