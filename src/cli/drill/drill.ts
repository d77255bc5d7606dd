import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp } from '../../adapters/embedded/backup.js';
import { LogForReading } from '../../adapters/embedded/event-store/log-for-reading.js';
import { restore } from '../../adapters/embedded/restore.js';
import { systemClock } from '../../adapters/embedded/system-clock.js';
import type { Config } from '../../config.js';
import { PassThroughCodec } from '../../log-copy/pass-through-codec.js';
import type { Position } from '../../ports/event-store.js';
import { projectionsOf } from '../../projections/index.js';
import { DONE, FAILED, type Action, type Command, type Terminal } from '../command.js';
import { logVerifier } from '../log-verifier.js';
import { compareWithRunning } from './compare-with-running.js';
import { repeatedEffects } from './repeated-effects.js';
import { openRestoredServer } from './restored-server.js';
import { verifyTree } from './verify-tree.js';
import { WatchedEffects } from './watched-effects.js';

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const assertEmpty = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty: a drill leaves its backup and what it restored there`);
};

/** Events that came while the backup was made: lost if the machine had been lost when it was done. */
const lostAfter = async (live: string, position: Position): Promise<{ readonly events: number; readonly ms: number }> => {
  const log = LogForReading.open(live, new PassThroughCodec());
  try {
    let events = 0;
    let first = 0;
    for await (const { metadata } of log.readAll({ after: position })) {
      if (events === 0) first = Date.parse(metadata.occurredAt);
      events += 1;
    }
    return { events, ms: events === 0 ? 0 : systemClock.now().getTime() - first };
  } finally {
    await log.close();
  }
};

const build = async (config: Config, folder: string, { signal }: Terminal): Promise<void> => {
  const server = await openRestoredServer(config, folder, new WatchedEffects(), projectionsOf(config), signal);
  try {
    await server.built();
  } finally {
    await server.close();
  }
};

/** The steps of a drill in an empty folder; whether everything was found as it should be. */
const drillIn = async (folder: string, config: Config, terminal: Terminal): Promise<boolean> => {
  const { print, signal } = terminal;
  const tell = (line: string): void => print(`   ${line}`);
  const within = { ...terminal, print: tell };
  const [backup, restored, live] = [join(folder, 'backup'), join(folder, 'restored'), resolve(config.dataDirectory)];
  const options = { codec: new PassThroughCodec(), verify: logVerifier(within, false), onProgress: tell, signal };

  const begun = performance.now();
  print('1. a backup beside the server');
  const { head, events } = await backUp({ from: live, to: backup, clock: systemClock, bucket: null, ...options });
  const backedUpMs = performance.now() - begun;
  const lost = await lostAfter(join(live, 'log'), BigInt(head));
  if (config.s3 !== null) tell(`files are in the bucket ${config.s3.bucket}: they are no part of the drill`);

  print('2. restored elsewhere');
  const restoring = performance.now();
  await restore({ ...options, from: backup, to: restored });
  print('3. every read model is built again');
  await build(config, restored, within);
  const restoredMs = performance.now() - restoring;

  print('4. tree and checkpoints of what was restored');
  const isVerified = await verifyTree(config, join(restored, 'log'), tell);
  print('5. read models beside those of the server');
  const differing = await compareWithRunning({ config, live, restored, folder, at: BigInt(head), print: tell, signal });
  print('6. the workers go on in what was restored; nothing leaves the machine');
  const repeated = await repeatedEffects(config, restored, within);

  print(`RTO ${seconds(restoredMs)}: restored, read again and every read model built, ${events} events`);
  print(`RPO ${seconds(lost.ms)}, ${lost.events} events: what came until the backup was done, which took ${seconds(backedUpMs)}; with backups at intervals, the interval comes on top`);
  return isVerified && differing === 0 && repeated === 0;
};

const drill =
  (asked: string | undefined): Action<'drill'> =>
  async ({ config }, terminal) => {
    if (config.eventStoreUrl !== null || config.mongodbUrl !== null) {
      terminal.print('the drill is for the embedded log and read models: servers of EVENTSTORE_URL and MONGODB_URL have backups of their own');
      return FAILED;
    }
    const folder = asked === undefined ? await mkdtemp(join(tmpdir(), 'registrar-drill-')) : resolve(asked);
    try {
      await assertEmpty(folder);
      const isSound = await drillIn(folder, config, terminal);
      terminal.print(isSound ? 'the drill succeeded' : 'the drill FAILED');
      return isSound ? DONE : FAILED;
    } finally {
      // What it holds is as personal as the log.
      if (asked === undefined) await rm(folder, { recursive: true, force: true });
    }
  };

/** Shows that a backup of the running server can be restored, and how long that takes. */
export const drillCommand: Command<'drill'> = {
  summary: 'backs up beside the server, restores elsewhere, verifies and compares everything, and says how long it took',
  usage: 'drill [FOLDER]',
  needs: 'drill',
  parse: (args) => {
    const [folder, ...rest] = parseArgs({ args: [...args], allowPositionals: true }).positionals;
    return rest.length > 0 ? undefined : drill(folder);
  },
};
