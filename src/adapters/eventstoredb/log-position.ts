import { START, type Position as ServerPosition, type ReadPosition } from '@eventstore/db-client';
import type { LogScale, Position } from '../../ports/event-store.js';

const PREPARE_BITS = 64;

/** Keeps both halves: a server's checkpoint may be between two events, at a commit position with prepare 0. */
export const packed = ({ commit, prepare }: ServerPosition): Position => (commit << BigInt(PREPARE_BITS)) | prepare;

export const unpacked = (position: Position): ServerPosition => ({
  commit: position >> BigInt(PREPARE_BITS),
  prepare: BigInt.asUintN(PREPARE_BITS, position),
});

/** Commit positions are offsets in the file of the log. */
export const countedInBytes: LogScale = { unit: 'bytes', measure: (position) => position >> BigInt(PREPARE_BITS) };

export const readPosition = (position: Position): ReadPosition => (position === 0n ? START : unpacked(position));

export const latest = (...positions: readonly Position[]): Position =>
  positions.reduce((later, position) => (position > later ? position : later), 0n);
