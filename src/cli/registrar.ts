import { userInfo } from 'node:os';
import { askServer } from '../adapters/control-socket/control-client.js';
import { DataFolderInUse } from '../adapters/embedded/data-folder.js';
import { keptOnServers } from '../composition/local-environment.js';
import type { Config } from '../config.js';
import { analyticsExportCommand } from './analytics/export.js';
import { namesFile, newKey, verifyFile } from './audit/audit.js';
import { auditCheckpointCommand } from './audit/checkpoint.js';
import { auditExportCommand } from './audit/export.js';
import { auditReplayCommand } from './audit/replay.js';
import { auditTraceCommand } from './audit/trace.js';
import { auditVerifyCommand } from './audit/verify-live.js';
import { backupCommand } from './backup.js';
import { actionOf, DONE, FAILED, usageOf, WRONG_USAGE, type Action, type Command, type Need, type Terminal } from './command.js';
import { deadLettersCommand } from './deadletters.js';
import { drillCommand } from './drill/drill.js';
import { exportCommand } from './export.js';
import { filesCommand } from './files/files.js';
import { importCommand } from './import.js';
import { mailsCommand } from './mails.js';
import { openNeed } from './open-needs.js';
import { projectionsCommand } from './projections.js';
import { reconcileCommand } from './reconcile.js';
import { restoreCommand } from './restore.js';

export interface Invocation extends Pick<Terminal, 'print' | 'signal'> {
  /** Read only when a command runs: help must work without a configuration. */
  readonly config: () => Config;
}

interface Entry extends Pick<Command<Need>, 'summary' | 'usage'> {
  readonly run: (name: string, args: readonly string[], invocation: Invocation) => Promise<number>;
}

const operatorName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
};

const perform = async <N extends Need>(needs: N, action: Action<N>, config: Config, terminal: Terminal): Promise<number> => {
  const { needed, close } = await openNeed[needs](config, terminal);
  try {
    return await action(needed, terminal);
  } finally {
    await close();
  }
};

/** Needs of the process that has DATA_DIR: a running server is asked for them. */
const OF_THE_OWNER = new Set<Need>(['audit', 'bus', 'payments', 'server']);

const performAsOwner = async <N extends Need>(command: string, args: readonly string[], needs: N, action: Action<N>, config: Config, terminal: Terminal): Promise<number> => {
  const { operator, print, signal } = terminal;
  const exitCode = await askServer(config.dataDirectory, { program: command, args: [...args], operator }, print, signal);
  if (exitCode !== undefined) return exitCode;
  try {
    return await perform(needs, action, config, terminal);
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    print(`${error.message} It does not answer commands: it is starting or stopping, or its log says why it can't; ask again in a moment.`);
    return FAILED;
  }
};

const entry = <N extends Need>(command: Command<N>): Entry => ({
  summary: command.summary,
  usage: command.usage,
  run: async (name, args, { config: load, print, signal }) => {
    const action = actionOf(command, args, print);
    if (action === undefined) return WRONG_USAGE;
    const terminal = { print, signal, operator: operatorName() };
    const config = load();
    const asks = OF_THE_OWNER.has(command.needs) && !keptOnServers(config);
    return asks ? performAsOwner(name, args, command.needs, action, config, terminal) : perform(command.needs, action, config, terminal);
  },
});

const auditEntries: Readonly<Record<string, Entry>> = {
  verify: entry(auditVerifyCommand),
  export: entry(auditExportCommand),
  trace: entry(auditTraceCommand),
  checkpoint: entry(auditCheckpointCommand),
  replay: entry(auditReplayCommand),
};

/** Commands below one name; what works on files alone asks for no configuration. */
const audit: Entry = {
  summary: 'exports, traces and verifies the history of payments and coupons, signs checkpoints, makes keys, steps through streams',
  usage: 'audit verify [FILE] [--key VKEY ...] [--checkpoint FILE ...] | export FILE | trace ID [--json] | checkpoint | new-key NAME | replay STREAM [--to REVISION] [--code DIR]',
  run: async (name, [action = '', ...args], invocation) => {
    if (action === 'verify' && namesFile(args)) return verifyFile(args, invocation);
    if (action === 'new-key') return newKey(args, invocation);
    const named = Object.hasOwn(auditEntries, action) ? auditEntries[action] : undefined;
    if (named !== undefined) return named.run(`${name} ${action}`, args, invocation);
    if (action.startsWith('-')) invocation.print(`Unknown option '${action}'`);
    invocation.print(usageOf(audit));
    return WRONG_USAGE;
  },
};

const analyticsExport = entry(analyticsExportCommand);

const analytics: Entry = {
  summary: 'exports facts as tables for DuckDB, pandas or a spreadsheet',
  usage: analyticsExportCommand.usage,
  run: async (name, [action = '', ...args], invocation) => {
    if (action === 'export') return analyticsExport.run(`${name} export`, args, invocation);
    if (action.startsWith('-')) invocation.print(`Unknown option '${action}'`);
    invocation.print(usageOf(analytics));
    return WRONG_USAGE;
  },
};

const entries: Readonly<Record<string, Entry>> = {
  analytics,
  backup: entry(backupCommand),
  audit,
  restore: entry(restoreCommand),
  export: entry(exportCommand),
  import: entry(importCommand),
  projections: entry(projectionsCommand),
  deadletters: entry(deadLettersCommand),
  mails: entry(mailsCommand),
  reconcile: entry(reconcileCommand),
  files: entry(filesCommand),
  drill: entry(drillCommand),
};

const HELP = new Set(['--help', '-h', 'help']);

const overview = (): readonly string[] => [
  'usage: registrar COMMAND ...',
  ...Object.entries(entries).map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary}`),
  'registrar COMMAND --help tells how a command is used',
];

/** Carries out a command line of the program `registrar`; answers its exit code. */
export const registrar = async ([name = '', ...args]: readonly string[], invocation: Invocation): Promise<number> => {
  const { print } = invocation;
  const named = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (named === undefined) {
    if (name !== '' && !HELP.has(name)) print(`there is no command ${name}`);
    for (const line of overview()) print(line);
    return HELP.has(name) ? DONE : WRONG_USAGE;
  }
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    print(named.summary);
    print(usageOf(named));
    return DONE;
  }
  return named.run(name, args, invocation);
};
