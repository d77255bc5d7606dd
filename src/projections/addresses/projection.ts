import { projection, rule } from '../kernel/projection.js';
import { addressBooks, type AddressBookDocument, type AddressDocument } from './document.js';

const ownerOf = ({ data }: { readonly data: { readonly ownerId: string } }): string => data.ownerId;

const within =
  <E>(change: (addresses: readonly AddressDocument[], event: E) => readonly AddressDocument[]) =>
  (book: AddressBookDocument | undefined, event: E, id: string): AddressBookDocument =>
    book?.closed === true ? book : { id, closed: false, addresses: change(book?.addresses ?? [], event) };

export const addressesProjection = projection({
  name: 'addresses',
  version: 1,
  collections: [addressBooks],
  rules: [
    rule(addressBooks, 'UserAddressCreated', ownerOf, within((addresses, { data }) => [
      ...addresses.filter(({ addressId }) => addressId !== data.recordId),
      { addressId: data.recordId, ...data.fields, createdAt: data.createdAt, updatedAt: data.createdAt },
    ])),
    rule(addressBooks, 'UserAddressChanged', ownerOf, within((addresses, { data }) =>
      addresses.map((address) =>
        address.addressId === data.recordId ? { ...address, ...data.fields, updatedAt: data.changedAt } : address))),
    rule(addressBooks, 'UserAddressDeleted', ownerOf, within((addresses, { data }) =>
      addresses.filter(({ addressId }) => addressId !== data.recordId))),
    // Kept, empty: an address that was being added meanwhile must not open it again.
    rule(addressBooks, 'AccountDeleted', ({ data }) => data.accountId, (_, { data }) => ({
      id: data.accountId,
      closed: true,
      addresses: [],
    })),
  ],
});
