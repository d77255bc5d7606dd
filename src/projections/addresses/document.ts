import type { FieldsOf } from '../../domain/record/resource.js';
import type { userAddress } from '../../domain/resources/user-address.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

export interface AddressDocument extends FieldsOf<typeof userAddress> {
  readonly addressId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An account's address book; its id is the account's. Closed for good when the account is deleted. */
export interface AddressBookDocument extends Document {
  readonly closed: boolean;
  readonly addresses: readonly AddressDocument[];
}

export const addressBooks = collection<AddressBookDocument>({ projection: 'addresses', name: 'address-books', indexes: [] });
