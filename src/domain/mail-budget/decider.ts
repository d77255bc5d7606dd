import { accept, reject, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { MailBudgetEvent } from './events.js';

export type MailBudgetCommand = Message<
  'SpendMailBudget',
  {
    accountId: string;
    mailId: string;
    /** Counted, and not made to wait. */
    isUrgent: boolean;
    mostPerHour: number;
    at: string;
  }
>;

export type MailBudgetRejection = 'mail-budget-spent';

interface Place {
  readonly mailId: string;
  readonly sendAt: string;
}

/** The mails of an account, of the last hour and those that wait, in the order of their times. */
export interface MailBudget {
  readonly places: readonly Place[];
}

const HOUR_MS = 60 * 60_000;
/** A mail that would have to wait longer is not sent. */
const LONGEST_WAIT_MS = 24 * HOUR_MS;

const later = (at: string, milliseconds: number): string => new Date(Date.parse(at) + milliseconds).toISOString();

/** When the mail may be sent; undefined: it has no place. */
export const mailTimeOf = ({ places }: MailBudget, mailId: string): string | undefined => places.find((place) => place.mailId === mailId)?.sendAt;

const decide = (
  { data: { accountId, mailId, isUrgent, mostPerHour, at } }: MailBudgetCommand,
  { places }: MailBudget,
): Decision<MailBudgetEvent, MailBudgetRejection> => {
  const standing = current(places, at);
  if (standing.some((place) => place.mailId === mailId)) return accept();
  // An hour after the one that is as many places ahead as an hour has.
  const before = standing.at(-mostPerHour);
  const free = before === undefined ? at : later(before.sendAt, HOUR_MS);
  const sendAt = isUrgent || free < at ? at : free;
  if (Date.parse(sendAt) > Date.parse(at) + LONGEST_WAIT_MS) return reject('mail-budget-spent', { freeAt: sendAt });
  return accept({ type: 'MailBudgetSpent', data: { accountId, mailId, sendAt, spentAt: at } });
};

const current = (places: readonly Place[], at: string): readonly Place[] => {
  const from = later(at, -HOUR_MS);
  return places.filter(({ sendAt }) => sendAt > from);
};

/** The number of places is bounded: an hour's, and a day's that wait. */
const evolve = ({ places }: MailBudget, { type, data }: MailBudgetEvent): MailBudget => {
  if (type !== 'MailBudgetSpent') return { places };
  const { mailId, sendAt, spentAt } = data;
  const standing = current(places, spentAt).filter((place) => place.mailId !== mailId);
  const after = standing.findIndex((place) => place.sendAt > sendAt);
  const index = after === -1 ? standing.length : after;
  return { places: [...standing.slice(0, index), { mailId, sendAt }, ...standing.slice(index)] };
};

export const mailBudgetDecider: Decider<MailBudget, MailBudgetCommand, MailBudgetEvent, MailBudgetRejection> = {
  initialState: () => ({ places: [] }),
  decide,
  evolve,
  isAtRest: () => true,
};
