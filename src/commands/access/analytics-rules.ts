import type { Actor } from '../actor.js';
import { defineRule } from './rule.js';

/** Whose the figures are that somebody asks for. */
export interface FigureFacts {
  /** Of the course or coupon, or the account itself; null: of nobody in particular. */
  readonly ownerId: string | null;
  /** The caller manages the courses of the organization that they belong to. */
  readonly isManager: boolean;
}

const seesAll = ({ role }: Actor): boolean => role === 'admin' || role === 'auditor';

export const readsFigures = defineRule(
  'figures-reader',
  'Admins and auditors; of a course its instructor and who manages the courses of its organization; of an instructor that instructor; of an organization who manages its courses; of a coupon who issued it.',
  (actor, { ownerId, isManager }: FigureFacts) => seesAll(actor) || isManager || (ownerId !== null && ownerId === actor.accountId),
);

/** Figures of everything. */
export const readsAllFigures = defineRule('all-figures-reader', 'Admins and auditors.', seesAll);
