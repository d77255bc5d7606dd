import { aggregates } from '../../domain/aggregates.js';
import type { CommandContext } from '../context.js';
import { addressStreamId } from './save-address.js';
import type { Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export const removeAddress =
  ({ handler, clock }: CommandServices) =>
  async (
    { accountId, addressId }: { accountId: string; addressId: string },
    context: CommandContext,
  ): Promise<Outcome<null, 'address-not-found'>> => {
    const data = { recordId: addressId, ownerId: accountId, at: clock.now().toISOString() };
    const stream = addressStreamId(accountId, addressId);
    const removed = await handler.handle(aggregates.userAddress, stream, { type: 'DeleteRecord', data }, context);
    if (!removed.ok) return { ok: false, rejection: 'address-not-found' };
    return { ok: true, value: null, position: removed.position };
  };
