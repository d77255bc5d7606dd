import { setTimeout } from 'node:timers/promises';
import { GrowingTree } from '../../audit-verifier/merkle-tree.js';
import { exportBlocks, START_OF_EXPORT, type Export, type ExportPlace } from '../../commands/audit/export-blocks.js';
import { signedCoverage, type Coverage } from '../../commands/audit/export-coverage.js';
import { AUDITED_CATEGORIES } from '../../commands/audit/export-lines.js';
import type { LogSource } from '../../log-copy/export-log.js';
import { auditedEventChooser } from '../../projections/audited-events.js';
import { leafHash } from '../../projections/audit-tree/hashes.js';
import { DONE, FAILED, INTERRUPTED, type Action, type Command, type Needs } from '../command.js';
import { ExportFile } from './export-file.js';
import { exportOptions, type ExportOptions } from './export-options.js';

const KEEP_EVERY = 10_000;
const TELL_EVERY = 50_000;
const SEARCHED = new Set(['audit-payments', 'audit-coupons']);
const LEVEL_TRIES = 50;
const LEVEL_MS = 100;

/** Nothing was ever signed: everything that is there, or up to an interruption. */
const wholeLog = async (raw: LogSource, signal: AbortSignal): Promise<Coverage> => {
  const tree = new GrowingTree();
  for await (const event of raw.readAll({ categories: AUDITED_CATEGORIES })) {
    if (signal.aborted) break;
    tree.add(leafHash(event));
  }
  return { size: tree.size, root: tree.root().toString('base64'), note: null, notes: new Map() };
};

/** Tells logs apart that have the same name, as all have outside production. */
const firstEventOf = async (raw: LogSource): Promise<string | null> => {
  for await (const { id } of raw.readAll({ categories: AUDITED_CATEGORIES, limit: 1 })) return id;
  return null;
};

/** Chooses what a search finds; null: everything. Undefined: the read models that it would ask stay behind the log. */
const chooserOf = async ({ openLog, openReadModels }: Needs['audited log'], { events, asked }: ExportOptions): Promise<Export['choose'] | undefined> => {
  if (Object.keys(asked).length === 0) return null;
  const [log, readModels] = [await openLog(), await openReadModels()];
  const head = await log.head();
  for (let tries = 1; ; tries += 1) {
    const serving = (await readModels.generations()).filter(({ projection, state, failure }) => SEARCHED.has(projection) && state === 'serving' && failure === null);
    if (serving.length === SEARCHED.size && serving.every(({ checkpoint }) => checkpoint >= head)) return auditedEventChooser(readModels, events);
    if (tries === LEVEL_TRIES) return undefined;
    await setTimeout(LEVEL_MS);
  }
};

const exportTo =
  (options: ExportOptions): Action<'audited log'> =>
  async (needed, { print, signal }) => {
    const { file: path, format, asked } = options;
    const { raw, origin } = needed;
    const choose = await chooserOf(needed, options);
    if (choose === undefined) {
      print('the read models of the audit are behind the log: start the server, and try again when /health says ok');
      return FAILED;
    }
    const signed = await signedCoverage(raw);
    const coverage = signed ?? (await wholeLog(raw, signal));
    const made: Export = { format, origin, coverage, choose, search: asked, plainTokens: 'shown' };
    const file = await ExportFile.open(path, JSON.stringify([format, origin, await firstEventOf(raw), asked]));
    let next: ExportPlace = file.from ?? START_OF_EXPORT;
    if (file.from !== undefined) print(`goes on after ${next.index} events`);
    let [kept, told] = [next.index, next.index];
    try {
      for await (const block of exportBlocks(raw, made, next)) {
        await file.write(block.text);
        ({ next } = block);
        if (signal.aborted || next.index - kept >= KEEP_EVERY) {
          await file.keep(next);
          kept = next.index;
        }
        if (signal.aborted) break;
        if (next.index - told < TELL_EVERY) continue;
        told = next.index;
        print(`${next.index} of ${coverage.size} events`);
      }
    } catch (error) {
      await file.close();
      throw error;
    }
    if (signal.aborted) {
      await file.close();
      print(`interrupted after ${next.index} of ${coverage.size} events: the same command goes on`);
      return INTERRUPTED;
    }
    await file.end();
    const what = choose === null ? `the ${coverage.size} events` : `what was searched for among the ${coverage.size} events`;
    print(signed === undefined ? `${path}: ${what} of the log, and no checkpoint: nothing was signed yet` : `${path}: ${what} of the newest checkpoint, signed ${signed.signedAt} with ${signed.vkey}`);
    return DONE;
  };

/** Writes events of payments and coupons up to the newest checkpoint into a file: all of them, to be verified without a server, or those of a search. */
export const auditExportCommand: Command<'audited log'> = {
  summary: 'writes the events of payments and coupons with their checkpoints into a file',
  usage:
    'audit export FILE [--format ndjson|csv] [--of payments|coupons] [--status STATUS] [--id ID] [--payer ID] [--course ID] [--code CODE] ' +
    '[--amount-from AMOUNT] [--amount-to AMOUNT] [--currency CODE] [--from TIME] [--to TIME] [--actor ID] [--reason REASON]',
  needs: 'audited log',
  parse: (args) => {
    const options = exportOptions(args);
    return options === undefined ? undefined : exportTo(options);
  },
};
