import { accept, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { PasswordTriesEvent } from './events.js';

export type PasswordTriesCommand = Message<
  'RecordPasswordTry',
  { triesId: string; accountId: string | null; network: string; isRight: boolean; at: string }
>;

/** All passwords that are given for one address, for log-ins and in `current password` fields. Never ends in a lock. */
export interface PasswordTries {
  /** Times of the latest wrong ones, oldest first. */
  readonly refusedAt: readonly string[];
  /** Networks that the right password came from, newest last. */
  readonly knownNetworks: readonly string[];
  readonly noticedAt: string | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Wrong passwords in an hour after which networks that are not known have to wait. */
export const FREE_TRIES = 20;
/** No more are recorded in an hour: the wait is at its longest by then. */
export const MOST_RECORDED = 32;
const MOST_NETWORKS = 20;
/** While networks have to wait, each has one try in its turns. */
export const TURN_MS = 2 * MINUTE_MS;
const MOST_TURNS = 16;
const FAILURES_TO_DOUBLE = 2;

const within = (times: readonly string[], milliseconds: number, at: string): readonly string[] =>
  times.filter((time) => Date.parse(time) > Date.parse(at) - milliseconds);

export const recentFailures = ({ refusedAt }: PasswordTries, at: string): number => within(refusedAt, HOUR_MS, at).length;

/** A network has one turn in so many. */
const turnsFor = (failures: number): number =>
  failures < FREE_TRIES ? 1 : Math.min(MOST_TURNS, 2 ** (1 + Math.floor((failures - FREE_TRIES) / FAILURES_TO_DOUBLE)));

/** The number of the turn that `at` is in: a network that has had a try in it waits for its next. */
export const turnAt = (at: string): number => Math.floor(Date.parse(at) / TURN_MS);

export interface NetworkInTurn {
  readonly network: string;
  /** A number that says which turns are this network's. */
  readonly place: number;
}

/**
 * Null: this network may try without waiting. Else the milliseconds until its turn begins, 0 within it, and until the one after it.
 * Whose turn it is depends on the network and the time alone: no number of other networks can push one back, and the longest wait
 * is 32 minutes.
 */
export const turnOf = (
  state: PasswordTries,
  { network, place }: NetworkInTurn,
  { failures, at }: { failures: number; at: string },
): Readonly<{ inMs: number; nextInMs: number }> | null => {
  const turns = turnsFor(failures);
  if (turns === 1 || state.knownNetworks.includes(network)) return null;
  const now = turnAt(at);
  const ahead = (((place - now) % turns) + turns) % turns;
  const beginsIn = (turn: number): number => turn * TURN_MS - Date.parse(at);
  return { inMs: ahead === 0 ? 0 : beginsIn(now + ahead), nextInMs: beginsIn(now + (ahead === 0 ? turns : ahead)) };
};

const decide = (
  { data: { triesId, accountId, network, isRight, at } }: PasswordTriesCommand,
  state: PasswordTries,
): Decision<PasswordTriesEvent, never> => {
  if (isRight) {
    return state.knownNetworks.includes(network) ? accept() : accept({ type: 'PasswordNetworkKnown', data: { triesId, network, knownAt: at } });
  }
  const failures = recentFailures(state, at);
  if (failures >= MOST_RECORDED) return accept();
  const refused: PasswordTriesEvent = { type: 'PasswordRefused', data: { triesId, refusedAt: at } };
  const isTold = state.noticedAt !== null && Date.parse(at) < Date.parse(state.noticedAt) + DAY_MS;
  if (failures + 1 < FREE_TRIES || isTold) return accept(refused);
  const noticed: PasswordTriesEvent = { type: 'PasswordGuessingNoticed', data: { triesId, accountId, noticedAt: at } };
  return accept<PasswordTriesEvent>(refused, noticed);
};

const evolve = (state: PasswordTries, event: PasswordTriesEvent): PasswordTries => {
  switch (event.type) {
    case 'PasswordRefused':
      return { ...state, refusedAt: [...state.refusedAt, event.data.refusedAt].slice(-MOST_RECORDED) };
    case 'PasswordNetworkKnown':
      return { ...state, knownNetworks: [...state.knownNetworks, event.data.network].slice(-MOST_NETWORKS) };
    case 'PasswordGuessingNoticed':
      return { ...state, noticedAt: event.data.noticedAt };
    default:
      return unknownEvent(event, state);
  }
};

export const passwordTriesDecider: Decider<PasswordTries, PasswordTriesCommand, PasswordTriesEvent, never> = {
  initialState: () => ({ refusedAt: [], knownNetworks: [], noticedAt: null }),
  decide,
  evolve,
  isAtRest: () => true,
};
