import { uuidV5 } from '../../primitives/uuid-v5.js';
import { derivedContext, type CommandContext } from '../context.js';
import { combined, noEffect, succeeded, type Effect, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { accountIdOf, createAccount } from './create-account.js';
import { loadAccount } from './identifiers/find-account.js';

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

/** The same row is the same account, whoever imports it and however often. */
const contextOf = ({ nim, email }: ListedStudent, context: CommandContext): CommandContext => ({
  ...derivedContext(context, nim),
  commandId: uuidV5(`imported-student ${nim.toUpperCase()} ${email.toLowerCase()}`, NAMESPACE),
});

const importOne = async (services: CommandServices, student: ListedStudent, context: CommandContext): Promise<Effect | ImportFailure> => {
  const own = contextOf(student, context);
  const isKnown = (await loadAccount(services, accountIdOf(own.commandId))) !== undefined;
  const { name, nim, email } = student;
  const account = { name, nim, email, password: null, role: 'student', accountType: 'DIKE', provider: 'local', imageUrl: null, surface: 'academy' } as const;
  // Also of one that is known: a process may have died before its address and number were claimed.
  const created = await createAccount(services, account, own);
  if (!created.ok) return created.rejection === 'nim-taken' ? 'nim-taken' : 'email-taken';
  return isKnown ? 'email-taken' : created;
};

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
    await Promise.all(Array.from({ length: ROWS_AT_A_TIME }, work));
    return succeeded({ imported, failures }, effect);
  };
