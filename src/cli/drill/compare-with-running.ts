import { join } from 'node:path';
import { LogForReading } from '../../adapters/embedded/event-store/log-for-reading.js';
import { copyReadModels } from '../../adapters/embedded/read-models/copy-read-models.js';
import { LmdbReadModels } from '../../adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../adapters/embedded/system-clock.js';
import type { Config } from '../../config.js';
import type { Position } from '../../ports/event-store.js';
import { projectionsOf } from '../../projections/index.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import { Projector } from '../../workers/projector/projector.js';
import { ReplayStore } from '../audit/replay-store.js';
import { positionsOf, standingsOf } from '../audit/standing.js';
import type { Terminal } from '../command.js';
import { contentHashes, type ContentHash } from './content-hashes.js';

interface Compared extends Pick<Terminal, 'print' | 'signal'> {
  readonly config: Config;
  readonly live: string;
  readonly restored: string;
  readonly folder: string;
  /** Where the restored read models stand. */
  readonly at: Position;
}

interface Snapshot {
  readonly standings: ReadonlyMap<string, Position>;
  readonly hashes: ReadonlyMap<string, ContentHash>;
}

const SNAPSHOTS = 50;
const BETWEEN_MS = 200;
/** So long batched read models may take to come to where the backup is; those of a server that was stopped stay before it. */
const PATIENT_SNAPSHOTS = 5;
const REPLAY_MS = 24 * 3_600_000;

const openCopy = (folder: string): Promise<LmdbReadModels> => LmdbReadModels.open({ folder, scanLimit: Number.MAX_SAFE_INTEGER });

/** What the server shows at one moment, at which, if it still runs, none of its read models stands before the backup's. */
const snapshotOf = async ({ live, folder, at, signal }: Compared, projections: readonly ProjectionDefinition[]): Promise<Snapshot> => {
  for (let tries = 0; tries < SNAPSHOTS; tries += 1) {
    const copy = join(folder, `running-${tries}`);
    await copyReadModels(join(live, 'read-models'), copy);
    const readModels = await openCopy(copy);
    try {
      const standings = standingsOf(await readModels.generations(), projections);
      const isAhead = standings !== undefined && positionsOf(standings).every((position) => position >= at);
      if (standings !== undefined && (isAhead || tries >= PATIENT_SNAPSHOTS)) return { standings, hashes: await contentHashes(readModels, projections) };
    } finally {
      await readModels.close();
    }
    await systemClock.after(BETWEEN_MS, signal);
    signal.throwIfAborted();
  }
  throw new Error('the read models of the server do not come level: registrar projections status says why');
};

/** The restored read models, brought to a position by what came after the backup; made from the beginning for a position before it. */
const broughtTo = async (position: Position, { live, restored, folder, at }: Compared, projections: readonly ProjectionDefinition[]): Promise<ReadonlyMap<string, ContentHash>> => {
  const copy = join(folder, `compared-${position}`);
  if (position >= at) await copyReadModels(join(restored, 'read-models'), copy);
  const readModels = await openCopy(copy);
  const log = LogForReading.open(join(live, 'log'));
  const projector = new Projector({ store: new ReplayStore(log, position), readModels, projections, clock: systemClock });
  try {
    if (position !== at) {
      await projector.start();
      if (!(await projector.waitFor(position, REPLAY_MS, projections.map(({ name }) => name)))) throw new Error('the restored read models could not follow the log');
    }
    return await contentHashes(readModels, projections);
  } finally {
    await projector.stop();
    await log.close();
    await readModels.close();
  }
};

/** Compares the content of every read model, by its hash; gives how many differ. */
export const compareWithRunning = async (compared: Compared): Promise<number> => {
  const { print, config, at } = compared;
  const projections = projectionsOf(config);
  const running = await snapshotOf(compared, projections);
  const restored = new Map<string, ContentHash>();
  for (const position of positionsOf(running.standings)) {
    for (const [name, content] of await broughtTo(position, compared, projections)) if (running.standings.get(name) === position) restored.set(name, content);
  }
  let differing = 0;
  let documents = 0;
  for (const [name, { hash, documents: count }] of running.hashes) {
    documents += count;
    const other = restored.get(name);
    if (other?.hash === hash) continue;
    differing += 1;
    print(`${name} DIFFERS: ${count} documents, ${hash}; restored ${other?.documents} documents, ${other?.hash}`);
  }
  print(`${running.hashes.size - differing} of ${running.hashes.size} read models have the same content, ${documents} documents at position ${positionsOf(running.standings).at(-1)}; the backup is of ${at}`);
  return differing;
};
