import type { DeadLetter } from '../../../ports/event-bus.js';

/** Letters to be replayed are off the list, and kept until their consumer has handled them. */
export type StoredDeadLetter = DeadLetter & { readonly replay?: true };
