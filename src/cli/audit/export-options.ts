import { parseArgs } from 'node:util';
import { auditSearchOf, WrongFilter, type AuditFilters } from '../../commands/audit/audit-search.js';
import { EXPORT_FORMATS, type ExportFormat } from '../../commands/audit/export-blocks.js';
import { WrongArgument } from '../command.js';
import { AUDITED_STATUSES, AUDITED_SUBJECTS, type EventsSearched } from '../../projections/audited-events.js';

export interface ExportOptions {
  readonly file: string;
  readonly format: ExportFormat;
  readonly events: EventsSearched;
  /** As it was asked, by the names of GET /audit/export. */
  readonly asked: Readonly<Record<string, unknown>>;
}

const text = { type: 'string' } as const;
const options = {
  format: { type: 'string', default: 'ndjson' }, of: text, status: text, id: text, payer: text, course: text, code: text,
  'amount-from': text, 'amount-to': text, currency: text, from: text, to: text, actor: text, reason: text,
} as const;

/** One of some words. Throws WrongArgument. */
const oneOf = <Word extends string>(option: string, words: readonly Word[], given: string | undefined): Word | undefined => {
  const word = words.find((one) => one === given);
  if (given !== undefined && word === undefined) throw new WrongArgument(`--${option} is one of ${words.join(', ')}`);
  return word;
};

const amountOf = (option: string, given: string | undefined): number | undefined => {
  const amount = given === undefined || given.trim() === '' ? NaN : Number(given);
  if (given !== undefined && !(amount >= 0)) throw new WrongArgument(`--${option} is an amount, like 12.50`);
  return given === undefined ? undefined : amount;
};

const optionOf: Readonly<Partial<Record<keyof AuditFilters, string>>> = { amountFrom: 'amount-from', amountTo: 'amount-to' };

const searchOf = (filters: AuditFilters): EventsSearched['search'] => {
  try {
    return auditSearchOf(filters);
  } catch (error) {
    throw error instanceof WrongFilter ? new WrongArgument(`--${optionOf[error.filter] ?? error.filter} ${error.reason}`) : error;
  }
};

const given = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** Undefined: there is not one file. Throws WrongArgument, and what `parseArgs` throws. */
export const exportOptions = (args: readonly string[]): ExportOptions | undefined => {
  const { positionals: [file, ...rest], values } = parseArgs({ args: [...args], allowPositionals: true, options });
  if (file === undefined || rest.length > 0) return undefined;
  const { format, of, status, 'amount-from': amountFrom, 'amount-to': amountTo, ...others } = values;
  const filters = { ...others, amountFrom: amountOf('amount-from', amountFrom), amountTo: amountOf('amount-to', amountTo) };
  const chosen = { of: oneOf('of', AUDITED_SUBJECTS, of), status: oneOf('status', AUDITED_STATUSES, status) };
  return { file, format: oneOf('format', EXPORT_FORMATS, format) ?? 'ndjson', events: { ...chosen, search: searchOf(filters) }, asked: given({ ...chosen, ...filters }) };
};
