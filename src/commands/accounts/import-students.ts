import { isSameEmail } from '../../domain/account/addresses.js';
import type { Account } from '../../domain/account/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { derivedContext, type CommandContext } from '../context.js';
import { combined, noEffect, succeeded, type Effect, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { accountIdOf, createAccount } from './create-account.js';
import { takenIdentifier, type IdentifierTaken } from './identifiers/identifier-holds.js';

/** A row of a list of members of the organization. */
export interface ListedStudent {
  /** Of the list; rows are told by it. */
  readonly line: number;
  readonly name: string;
  readonly nim: string;
  readonly email: string;
}

export interface ImportStudentsInput {
  readonly students: readonly ListedStudent[];
  /** Asked before each row, and waited for, so that others have their turn. False: whoever asked has gone; the students so far stay. */
  readonly goesOn: () => Promise<boolean>;
}

export type ImportFailure = 'email-taken' | 'nim-taken';

export interface Imported {
  readonly imported: number;
  /** By line. */
  readonly failures: ReadonlyMap<number, ImportFailure>;
}

const NAMESPACE = '0b0f9c5e-6d1b-5a39-8a5e-3f7a0c2d9e41';
/** Others are served beside it. */
const ROWS_AT_A_TIME = 8;

interface Own {
  readonly context: CommandContext;
  readonly account: Account;
}

/** A deleted account is none any more, and one whose hold was cancelled before it was registered can not be. */
const isSpent = (account: Account): boolean => account.status === 'deleted' || (account.status === 'unregistered' && !account.cancelledHolds.isEmpty());

/** The same row is the same account, whoever imports it and however often; another one once that is spent. */
const ownOf = async ({ handler }: CommandServices, { nim, email }: ListedStudent, context: CommandContext): Promise<Own> => {
  for (let spent = 0; ; spent += 1) {
    const name = `imported-student ${nim.toUpperCase()} ${email.toLowerCase()}${spent === 0 ? '' : ` ${spent}`}`;
    const commandId = uuidV5(name, NAMESPACE);
    const { state: account } = await handler.load(aggregates.account, accountIdOf(commandId));
    if (!isSpent(account)) return { context: { ...derivedContext(context, nim), commandId }, account };
  }
};

const importOne = async (services: CommandServices, student: ListedStudent, context: CommandContext): Promise<Effect | ImportFailure> => {
  const own = await ownOf(services, student, context);
  const { name, nim, email } = student;
  const isKnown = own.account.status === 'registered';
  const taken = isKnown ? undefined : await takenIdentifier(services, { accountId: accountIdOf(own.context.commandId), identifiers: { email, nim } });
  if (taken !== undefined) return failureOf(taken);
  const account = { name, nim, email, password: null, role: 'student', accountType: 'DIKE', provider: 'local', imageUrl: null, surface: 'academy' } as const;
  // Also of one that is known: a process may have died before its address and number were claimed.
  const created = await createAccount(services, account, own.context);
  if (!created.ok) return failureOf(created.rejection);
  if (!isKnown) return created;
  return isSameEmail(created.account.email, email) ? 'email-taken' : 'nim-taken';
};

const failureOf = (taken: IdentifierTaken): ImportFailure => (taken === 'nim-taken' ? 'nim-taken' : 'email-taken');

/**
 * Makes an account of each row whose address and number nobody has. They have no password: a forgotten one is set anew by mail. The
 * import can be repeated, and goes on where a process died.
 */
export const importStudents =
  (services: CommandServices) =>
  async ({ students, goesOn }: ImportStudentsInput, context: CommandContext): Promise<Outcome<Imported, never>> => {
    const waiting = [...students].toReversed();
    const failures = new Map<number, ImportFailure>();
    let effect = noEffect;
    let imported = 0;
    const work = async (): Promise<void> => {
      while (await goesOn()) {
        const student = waiting.pop();
        if (student === undefined) return;
        const outcome = await importOne(services, student, context);
        if (typeof outcome === 'string') failures.set(student.line, outcome);
        else {
          imported += 1;
          effect = combined(effect, outcome);
        }
      }
    };
    const stopping = async (error: unknown): Promise<never> => {
      waiting.length = 0;
      throw error;
    };
    const all = await Promise.allSettled(Array.from({ length: ROWS_AT_A_TIME }, () => work().catch(stopping)));
    const failed = all.find(({ status }) => status === 'rejected');
    // Nobody goes on in the background once the caller is told.
    if (failed?.status === 'rejected') throw failed.reason;
    return succeeded({ imported, failures }, effect);
  };
