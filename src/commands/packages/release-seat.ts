import { aggregates } from '../../domain/aggregates.js';
import { paymentOfSeat, SEAT_BOOK } from '../../domain/seat-book/decider.js';
import type { CommandContext } from '../context.js';
import type { CommandServices } from '../services.js';
import { seatBook } from './offered-courses.js';

export interface EndedEnrollment {
  /** The grant that ended. */
  readonly paymentId: string;
  readonly userId: string;
  readonly courseId: string;
  readonly reason: string;
}

/** The grant of a package ended: its seat is free again. Grants of other kinds have no seat. */
export const releaseSeat = async (services: Pick<CommandServices, 'handler' | 'clock'>, ended: EndedEnrollment, context: CommandContext): Promise<void> => {
  const { handler, clock } = services;
  if (paymentOfSeat(await seatBook(services), ended.userId, ended.courseId) !== ended.paymentId) return;
  const data = { ...ended, at: clock.now().toISOString() };
  await handler.handle(aggregates.seatBook, SEAT_BOOK, { type: 'ReleaseSeat', data }, context);
};
