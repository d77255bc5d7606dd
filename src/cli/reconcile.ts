import { parseArgs } from 'node:util';
import { reconcile } from '../workers/payments/reconciliation.js';
import { DONE, FAILED, INTERRUPTED, type Action, type Command } from './command.js';
import { oneLine } from './one-line.js';

const DAY_MS = 24 * 60 * 60_000;
const DEFAULT_DAYS = 3;
const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z)?$/;

const reconcileSince =
  (asked: Date | null): Action<'payments'> =>
  async ({ commands, readModels, gateway }, { print, signal }) => {
    if (gateway === null || gateway.records === null) {
      print(`there is nothing to compare with: ${gateway?.description ?? 'no payment provider is set'}`);
      return FAILED;
    }
    const since = asked ?? new Date(commands.clock.now().getTime() - DEFAULT_DAYS * DAY_MS);
    print(`comparing the log with ${gateway.description}, since ${since.toISOString()}`);
    const result = await reconcile({ ...commands, readModels, gateway }, since, signal, ({ facts, payments }) =>
      print(`${facts} charges, refunds and disputes, ${payments} payments`));
    for (const line of result.settled) print(oneLine(`settled  ${line}`));
    for (const { paymentId, reference, what } of result.differences) print(oneLine(`differs  ${paymentId}  ${reference ?? '-'}  ${what}`));
    const { facts, foreign, payments, settled, differences, interrupted } = result;
    print(`${facts} charges, refunds and disputes and ${payments} payments compared, ${settled.length} settled, ${differences.length} differ, ${foreign} not of this program`);
    if (interrupted) {
      print('interrupted; a repeat compares them again');
      return INTERRUPTED;
    }
    return differences.length === 0 ? DONE : FAILED;
  };

/** Compares the payments of the log with those of the provider. */
export const reconcileCommand: Command<'payments'> = {
  summary: 'compares payments with the provider, settles what has one right answer, names the rest',
  usage: 'reconcile [--since 2026-11-01]',
  needs: 'payments',
  parse: (args) => {
    const { since } = parseArgs({ args: [...args], options: { since: { type: 'string' } } }).values;
    if (since === undefined) return reconcileSince(null);
    return DATE.test(since) && !Number.isNaN(Date.parse(since)) ? reconcileSince(new Date(since)) : undefined;
  },
};
