import { keptRecord } from '../../domain/record/record-book.js';
import { streamIdOf } from '../../domain/record/record-place.js';
import { level } from '../../domain/resources/level.js';
import { term } from '../../domain/resources/term.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { Placement } from '../../domain/membership/decider.js';
import type { CommandServices } from '../services.js';

const placedBy = { levelId: level, termId: term } as const;

/** The first of level and term that the organization does not have. Null places nobody. */
export const misplaced = async (
  { handler }: Pick<CommandServices, 'handler'>,
  organizationId: string,
  placement: Partial<Placement>,
): Promise<Refusal<'placement-not-found'> | undefined> => {
  for (const field of ['levelId', 'termId'] as const) {
    const id = placement[field];
    if (id === undefined || id === null) continue;
    const { state } = await handler.load(placedBy[field], streamIdOf(id, organizationId));
    if (keptRecord(state, id) === undefined) return reject('placement-not-found', { field });
  }
  return undefined;
};
