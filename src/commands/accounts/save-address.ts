import { v5 as uuidv5 } from 'uuid';
import type { UserAddress } from '../../domain/record/user-address-events.js';
import { aggregates } from '../../domain/aggregates.js';
import type { CommandContext } from '../context.js';
import { loadAccount } from './identifiers/find-account.js';
import type { Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface SaveAddressInput {
  readonly accountId: string;
  /** Absent: a new one. */
  readonly addressId?: string;
  /** What is absent stays; of a new one it is empty. */
  readonly fields: Partial<UserAddress> & Pick<UserAddress, 'addressType'>;
}

export type AddressRejection = 'account-not-found' | 'address-not-found';

/** One's own only: the owner is in the name of the stream. */
export const addressStreamId = (accountId: string, addressId: string): string => `${accountId}.${addressId}`;

const EMPTY = { country: null, city: null, address1: null, address2: null, zipCode: null };

/** Adds an address to the account's book or changes one that is in it. */
export const saveAddress =
  (services: CommandServices) =>
  async (
    { accountId, addressId, fields }: SaveAddressInput,
    context: CommandContext,
  ): Promise<Outcome<{ addressId: string }, AddressRejection>> => {
    const { handler, clock } = services;
    if ((await loadAccount(services, accountId)) === undefined) return { ok: false, rejection: 'account-not-found' };
    const recordId = addressId ?? uuidv5('address', context.commandId);
    const data = { recordId, ownerId: accountId, at: clock.now().toISOString() };
    const handled = await handler.handle(
      aggregates.userAddress,
      addressStreamId(accountId, recordId),
      addressId === undefined
        ? { type: 'CreateRecord', data: { ...data, fields: { ...EMPTY, ...fields } } }
        : { type: 'ChangeRecord', data: { ...data, fields } },
      context,
    );
    if (!handled.ok) return { ok: false, rejection: 'address-not-found' };
    return { ok: true, value: { addressId: recordId }, position: handled.position };
  };
