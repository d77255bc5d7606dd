import { parseArgs } from 'node:util';
import type { CommandServices } from './commands/services.js';
import type { ReadModels } from './ports/read-models.js';
import type { MailDocument } from './projections/mails/document.js';
import { countUndecidedMails, undecidedMails, type UndecidedStatus } from './projections/mails/queries.js';
import { resendMail, settleMail, withdrawMail, type MailDecided, type MailDecision } from './workers/mails/mail-decisions.js';

export interface MailsCommandParts {
  readonly commands: Pick<CommandServices, 'handler' | 'clock' | 'keys'>;
  readonly readModels: ReadModels;
  /** Whose word it is when --by does not tell. */
  readonly operator: string;
  readonly print: (line: string) => void;
}

const USAGE =
  'usage: npm run mails -- list [--unknown] | resend MAILID | resend --all-given-up | settle MAILID --sent | settle MAILID --not-needed   [--by NAME]';
const OPERATOR = /^[\w.@-]{1,64}$/;
const MOST_LISTED = 1_000;

const OPTIONS = {
  unknown: { type: 'boolean' },
  'all-given-up': { type: 'boolean' },
  sent: { type: 'boolean' },
  'not-needed': { type: 'boolean' },
  by: { type: 'string' },
} as const;

type Action = (parts: MailsCommandParts) => Promise<number>;

/** What the arguments ask for; undefined when they make no sense. */
const actionOf = (args: readonly string[]): Action | undefined => {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [command, mailId, ...rest] = positionals;
  const { by, ...flags } = values;
  const given = Object.keys(flags).join();
  if (rest.length > 0) return undefined;
  const decided = (action: (parts: MailsCommandParts) => Promise<number>): Action => (parts) => action({ ...parts, operator: by ?? parts.operator });
  if (command === 'list' && mailId === undefined && (given === '' || given === 'unknown')) return (parts) => list(parts, given === 'unknown');
  if (command === 'resend' && mailId !== undefined && given === '') return decided((parts) => resend(mailId, parts));
  if (command === 'resend' && mailId === undefined && given === 'all-given-up') return decided(resendAll);
  if (command === 'settle' && mailId !== undefined && given === 'sent') return decided((parts) => settle(mailId, parts));
  if (command === 'settle' && mailId !== undefined && given === 'not-needed') return decided((parts) => withdraw(mailId, parts));
  return undefined;
};

/** Mails that wait for a person, and what that person decides; answers the exit code. */
export const runMailsCommand = async (args: readonly string[], parts: MailsCommandParts): Promise<number> => {
  let action: Action | undefined;
  try {
    action = actionOf(args);
  } catch {
    // An option that there is not.
  }
  if (action === undefined) {
    parts.print(USAGE);
    return 2;
  }
  return action({
    ...parts,
    // What a server answered may hold anything: one line of it, without control characters.
    print: (line) => parts.print(line.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 500)),
  });
};

const lineOf = ({ id, status, template, accountId, attempts, endedAt, reason }: MailDocument): string =>
  `${id}  ${status === 'unknown' ? 'outcome unknown' : 'given up'}: ${template} for account ${accountId}, tried ${attempts} times, last ${endedAt}: ${reason}`;

const listOne = async ({ readModels, print }: MailsCommandParts, status: UndecidedStatus): Promise<number> => {
  const mails = await undecidedMails(readModels, status, MOST_LISTED);
  for (const mail of mails) print(lineOf(mail));
  return mails.length < MOST_LISTED ? mails.length : countUndecidedMails(readModels, status);
};

const list = async (parts: MailsCommandParts, onlyUnknown: boolean): Promise<number> => {
  const unknown = await listOne(parts, 'unknown');
  const givenUp = onlyUnknown ? undefined : await listOne(parts, 'abandoned');
  parts.print(`${unknown} of unknown outcome${givenUp === undefined ? '' : `, ${givenUp} given up`}`);
  return 0;
};

const REFUSALS: Readonly<Record<string, string>> = {
  'mail-not-requested': 'there is no such mail',
  'mail-already-sent': 'it was sent',
  'mail-withdrawn': 'nobody needs it any more',
  'mail-not-given-up': 'it is still being sent',
};

const decisionOf = (mailId: string, { operator }: MailsCommandParts): MailDecision => {
  if (!OPERATOR.test(operator)) throw new Error('--by takes a name of letters, digits and . _ @ -');
  return { mailId, operator };
};

const tell = (mailId: string, decided: MailDecided, done: string, { print }: MailsCommandParts): number => {
  if (decided.ok) print(`${mailId}: ${done}`);
  else if ('withdrawn' in decided) print(`${mailId}: not sent, and off the list: ${decided.withdrawn}`);
  else print(`${mailId}: ${REFUSALS[decided.rejection] ?? decided.rejection}; nothing was changed`);
  return decided.ok ? 0 : 1;
};

const resend = async (mailId: string, parts: MailsCommandParts): Promise<number> =>
  tell(mailId, await resendMail(parts.commands, decisionOf(mailId, parts)), 'will be sent once more', parts);

const settle = async (mailId: string, parts: MailsCommandParts): Promise<number> =>
  tell(mailId, await settleMail(parts.commands, decisionOf(mailId, parts)), 'counts as sent', parts);

const withdraw = async (mailId: string, parts: MailsCommandParts): Promise<number> =>
  tell(mailId, await withdrawMail(parts.commands, decisionOf(mailId, parts), 'an operator says that nobody needs it'), 'will not be sent', parts);

/** Only those that certainly did not arrive. */
const resendAll = async (parts: MailsCommandParts): Promise<number> => {
  const mails = await undecidedMails(parts.readModels, 'abandoned', MOST_LISTED);
  let refused = 0;
  for (const { id } of mails) refused += await resend(id, parts);
  parts.print(`${mails.length - refused} of ${mails.length} will be sent once more`);
  return 0;
};
