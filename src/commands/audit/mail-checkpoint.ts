import { aggregates } from '../../domain/aggregates.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { emailIdOf, nobodysId } from '../accounts/identifiers/find-account.js';
import type { CommandServices } from '../services.js';

export interface CheckpointToMail {
  readonly eventId: string;
  readonly size: number;
  readonly note: string;
  readonly vkey: string;
}

/** Requests the mail that carries a checkpoint out of the house: once for each event and address. */
export const mailCheckpoint = async ({ handler, clock }: Pick<CommandServices, 'handler' | 'clock'>, address: string, { eventId, size, note, vkey }: CheckpointToMail): Promise<void> => {
  const mailId = uuidV5(`audit-checkpoint/${emailIdOf(address)}`, eventId);
  const data = {
    mailId,
    accountId: nobodysId(emailIdOf(address)),
    template: 'audit-checkpoint',
    references: { size: String(size) },
    sourceEventId: eventId,
    letter: { address, values: { size: String(size), note, vkey } },
    at: clock.now().toISOString(),
  } as const;
  const context = { commandId: uuidV5('request-mail', mailId), actorId: null, correlationId: eventId, causationId: eventId };
  const handled = await handler.handle(aggregates.mail, mailId, { type: 'RequestMail', data }, context);
  if (!handled.ok) throw new Error(`the mail of a checkpoint was refused: ${handled.rejection}`);
};
