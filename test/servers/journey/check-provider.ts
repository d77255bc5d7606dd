import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Test } from 'tap';
import { isHeld } from './check-money.js';
import type { Deployment } from './deployment.js';
import { isCaptured, sorted, type Entry } from './ledger.js';

const NOTHING = { captures: 0, captured: 0, refunds: 0, refunded: 0, disputed: 0 };
/** As Stripe counts dollars. */
const cents = (amount: string): number => Math.round(Number(amount) * 100);

/** The provider's books of every payment, beside the log's. */
export const checkProvider = async (t: Test, { provider }: Deployment, ledger: ReadonlyMap<string, Entry>): Promise<void> => {
  const books = await provider.call('books');
  const bookOf = (paymentId: string) => books[paymentId] ?? NOTHING;
  const charged = [...ledger.values()].filter(({ method }) => method !== 'cash');
  t.same(Object.keys(books).filter((paymentId) => !ledger.has(paymentId)), [], 'the provider charged for nothing that is not in the log');
  t.same(Object.entries(books).filter(([, { captures }]) => captures > 1), [], 'pitfall 8: the provider took the money of each payment once at most');
  const different = charged.filter((entry) => {
    const { captured, refunded, disputed } = bookOf(entry.paymentId);
    return captured !== cents(isCaptured(entry) ? entry.total : (entry.late ?? '0')) || refunded + disputed !== cents(entry.refunded);
  });
  t.same(different.map((entry) => [entry, bookOf(entry.paymentId)]), [], 'pitfalls 9 and 10: what the provider took and gave back is what the log says, payment by payment');
  const kept = Object.entries(books).filter(([, { captured, refunded, disputed }]) => captured - refunded - disputed > 0);
  t.same(sorted(kept.map(([paymentId]) => paymentId)), sorted(charged.filter(isHeld).map(({ paymentId }) => paymentId)), 'nobody has access without money there, and no money is there without access');
  const sums = kept.reduce((sum, [, { captured, refunded, disputed }]) => sum + captured - refunded - disputed, 0);
  t.comment(`the provider knows ${Object.keys(books).length} payments, and has ${sums / 100} USD of ${kept.length}`);
};

/** `registrar reconcile`: what it says, line by line; it ends with 1 where something differs. */
export const reconciled = async (deployment: Deployment): Promise<readonly string[]> => {
  const { script, environment } = deployment.commandLine('cli/registrar-cli');
  const said = await promisify(execFile)(process.execPath, [script, 'reconcile'], { env: { PATH: process.env['PATH'] ?? '', ...environment } }).catch(
    (error: { readonly stdout?: string; readonly stderr?: string }) => {
      if (error.stdout === undefined || error.stdout === '') throw new Error(`reconcile said nothing: ${error.stderr}`, { cause: error });
      return { stdout: error.stdout };
    },
  );
  return said.stdout.trim().split('\n');
};

/** Payments of other programs on a shared event store are not this provider's. */
export const checkReconciliation = async (t: Test, deployment: Deployment, ledger: ReadonlyMap<string, Entry>, isAlone: boolean): Promise<void> => {
  const lines = await reconciled(deployment);
  const named = lines.filter((line) => /^(?:settled|differs) /.test(line) && [...ledger.keys()].some((paymentId) => line.includes(paymentId)));
  t.same(named, [], 'reconciliation names nothing');
  if (isAlone) t.match(lines.at(-1), / compared, 0 settled, 0 differ, 0 not of this program$/);
};
