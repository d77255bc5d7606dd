import { parseArgs } from 'node:util';
import type { MailDocument } from '../projections/mails/document.js';
import { countUndecidedMails, undecidedMails, type UndecidedStatus } from '../projections/mails/queries.js';
import type { MailDecided, MailDecision } from '../commands/mails/mail-decision.js';
import { resendMail, markMailSent, withdrawMail } from '../workers/mails/mail-decisions.js';
import { DONE, FAILED, INTERRUPTED, type Action, type Command, type Needs, type Terminal } from './command.js';
import { oneLine } from './one-line.js';

const OPERATOR = /^[\w.@-]{1,64}$/;
const MOST_LISTED = 1_000;
const OPTIONS = {
  unknown: { type: 'boolean' },
  'all-given-up': { type: 'boolean' },
  sent: { type: 'boolean' },
  'not-needed': { type: 'boolean' },
  by: { type: 'string' },
} as const;

type Server = Needs['server'];
type MailsAction = Action<'server'>;

const lineOf = ({ id, status, template, accountId, attempts, endedAt, reason }: MailDocument): string =>
  `${id}  ${status === 'unknown' ? 'outcome unknown' : 'given up'}: ${template} for account ${accountId}, tried ${attempts} times, last ${endedAt}: ${reason}`;

const printAll = async ({ readModels }: Server, { print }: Terminal, status: UndecidedStatus): Promise<number> => {
  const mails = await undecidedMails(readModels, status, MOST_LISTED);
  for (const mail of mails) print(lineOf(mail));
  return mails.length < MOST_LISTED ? mails.length : countUndecidedMails(readModels, status);
};

const list: MailsAction = async (server, terminal) => {
  const unknown = await printAll(server, terminal, 'unknown');
  const givenUp = await printAll(server, terminal, 'abandoned');
  terminal.print(`${unknown} of unknown outcome, ${givenUp} given up`);
  return DONE;
};

const listUnknown: MailsAction = async (server, terminal) => {
  terminal.print(`${await printAll(server, terminal, 'unknown')} of unknown outcome`);
  return DONE;
};

const REFUSALS: Readonly<Record<string, string>> = {
  'mail-not-requested': 'there is no such mail',
  'mail-already-sent': 'it was sent',
  'mail-withdrawn': 'nobody needs it any more',
  'mail-not-given-up': 'it is still being sent',
};

const decisionOf = (mailId: string, { operator }: Terminal): MailDecision => {
  if (!OPERATOR.test(operator)) throw new Error('--by takes a name of letters, digits and . _ @ -');
  return { mailId, operator };
};

const tell = (mailId: string, decided: MailDecided, done: string, { print }: Terminal): number => {
  if (decided.ok) print(`${mailId}: ${done}`);
  else if ('withdrawn' in decided) print(`${mailId}: not sent, and off the list: ${decided.withdrawn}`);
  else print(`${mailId}: ${REFUSALS[decided.rejection] ?? decided.rejection}; nothing was changed`);
  return decided.ok ? DONE : FAILED;
};

const resend =
  (mailId: string): MailsAction =>
  async ({ commands }, terminal) =>
    tell(mailId, await resendMail(commands, decisionOf(mailId, terminal)), 'will be sent once more', terminal);

const settle =
  (mailId: string): MailsAction =>
  async ({ commands }, terminal) =>
    tell(mailId, await markMailSent(commands, decisionOf(mailId, terminal)), 'counts as sent', terminal);

const withdraw =
  (mailId: string): MailsAction =>
  async ({ commands }, terminal) =>
    tell(mailId, await withdrawMail(commands, decisionOf(mailId, terminal), 'an operator says that nobody needs it'), 'will not be sent', terminal);

const resendAllGivenUp: MailsAction = async (server, terminal) => {
  const mails = await undecidedMails(server.readModels, 'abandoned', MOST_LISTED);
  let resent = 0;
  for (const { id } of mails) {
    if (terminal.signal.aborted) break;
    if ((await resend(id)(server, terminal)) === DONE) resent += 1;
  }
  terminal.print(`${resent} of ${mails.length} will be sent once more`);
  return terminal.signal.aborted ? INTERRUPTED : DONE;
};

const chosen = ([action, mailId, ...rest]: readonly string[], flag: string): MailsAction | undefined => {
  if (rest.length > 0) return undefined;
  if (mailId === undefined) {
    if (action === 'list') return flag === '' ? list : flag === 'unknown' ? listUnknown : undefined;
    return action === 'resend' && flag === 'all-given-up' ? resendAllGivenUp : undefined;
  }
  if (action === 'resend' && flag === '') return resend(mailId);
  if (action !== 'settle') return undefined;
  return flag === 'sent' ? settle(mailId) : flag === 'not-needed' ? withdraw(mailId) : undefined;
};

/** Lists mails that wait for a person, and records that person's decision. */
export const mailsCommand: Command<'server'> = {
  summary: 'lists mails that were given up or may have arrived, and decides about them',
  usage: 'mails list [--unknown] | resend MAILID | resend --all-given-up | settle MAILID --sent | settle MAILID --not-needed   [--by NAME]',
  needs: 'server',
  parse: (args) => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const { by, ...flags } = values;
    const action = chosen(positionals, Object.keys(flags).join());
    if (action === undefined) return undefined;
    return (server, terminal) => action(server, { ...terminal, operator: by ?? terminal.operator, print: (line) => terminal.print(oneLine(line)) });
  },
};
