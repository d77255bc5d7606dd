import type { Position } from '../ports/event-store.js';

/** What a reader has to wait for to see all of them. */
export const latestPosition = (...positions: readonly Position[]): Position =>
  positions.reduce((latest, position) => (position > latest ? position : latest), 0n);
