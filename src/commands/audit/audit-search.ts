import { endOfInstant, INSTANT_SENTENCE, startOfInstant } from '../../primitives/instants.js';

/** What searches of the audit and exports of what they find are asked, by people. */
export interface AuditFilters {
  readonly id?: string | undefined;
  readonly payer?: string | undefined;
  readonly course?: string | undefined;
  readonly code?: string | undefined;
  readonly amountFrom?: number | undefined;
  readonly amountTo?: number | undefined;
  readonly currency?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly actor?: string | undefined;
  readonly reason?: string | undefined;
}

/** The same in the terms of the read models; only what was asked is there. */
export type AuditSearch = { readonly [Name in keyof AuditFilters]?: NonNullable<AuditFilters[Name]> };

export class WrongFilter extends Error {
  constructor(
    readonly filter: keyof AuditFilters,
    readonly reason: string,
  ) {
    super(`${filter} ${reason}`);
  }
}

const moment = (filter: 'from' | 'to', text: string): string => {
  const found = filter === 'from' ? startOfInstant(text) : endOfInstant(text);
  if (found === undefined) throw new WrongFilter(filter, INSTANT_SENTENCE);
  return found;
};

/** Throws WrongFilter on what can not be. */
export const auditSearchOf = ({ id, payer, course, code, amountFrom, amountTo, currency, from, to, actor, reason }: AuditFilters): AuditSearch => {
  if (amountFrom !== undefined && amountTo !== undefined && amountFrom > amountTo) throw new WrongFilter('amountTo', 'must not be less than amountFrom');
  return {
    ...(id === undefined ? {} : { id }),
    ...(payer === undefined ? {} : { payer }),
    ...(course === undefined ? {} : { course }),
    ...(code === undefined ? {} : { code: code.trim().toUpperCase() }),
    ...(amountFrom === undefined ? {} : { amountFrom }),
    ...(amountTo === undefined ? {} : { amountTo }),
    ...(currency === undefined ? {} : { currency: currency.toUpperCase() }),
    ...(from === undefined ? {} : { from: moment('from', from) }),
    ...(to === undefined ? {} : { to: moment('to', to) }),
    ...(actor === undefined ? {} : { actor }),
    ...(reason === undefined ? {} : { reason }),
  };
};
