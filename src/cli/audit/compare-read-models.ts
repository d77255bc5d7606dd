import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LmdbReadModels } from '../../adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../adapters/embedded/system-clock.js';
import type { Position } from '../../ports/event-store.js';
import type { ReadModelStore } from '../../ports/read-model-store.js';
import type { CollectionDefinition, Document } from '../../ports/read-models.js';
import { canonicalJson } from '../../primitives/canonical-json.js';
import { everyPage } from '../../projections/kernel/slice.js';
import { Projector } from '../../workers/projector/projector.js';
import type { Needs, Terminal } from '../command.js';
import { ReplayStore } from './replay-store.js';
import { positionsOf, standingsOf } from './standing.js';

export interface Comparison {
  /** Documents that a replay makes otherwise, by read model, collection and id; the first of them. */
  readonly differences: readonly string[];
  /** Why it could not be compared; null: it was. */
  readonly problem: string | null;
}

interface Replay {
  readonly readModels: ReadModelStore;
  /** False: it is further already. */
  readonly goOnTo: (position: Position) => Promise<boolean>;
}

interface Suspect {
  readonly collection: CollectionDefinition;
  readonly id: string;
}

const PAGE = 500;
const MOST_TOLD = 20;
const REPLAY_MS = 24 * 60 * 60_000;
/** While a server writes, what looked different is looked at again where both have come to. */
const ROUNDS = 40;
/** Long enough that batched read models go on. */
const BETWEEN_MS = 100;

const printed = (document: Document | undefined): string | undefined => (document === undefined ? undefined : canonicalJson(document));

/** Those documents of the collection that are not the same in both. */
const differencesIn = async (served: ReadModelStore, replayed: ReadModelStore, collection: CollectionDefinition): Promise<readonly Suspect[]> => {
  const suspects = new Map<string, Suspect>();
  for (const [one, other] of [[served, replayed], [replayed, served]] as const) {
    for await (const found of everyPage(one, collection, PAGE)) {
      const counterparts = await other.getMany(collection, found.map(({ id }) => id));
      for (const [place, document] of found.entries()) {
        if (printed(document) !== printed(counterparts[place])) suspects.set(document.id, { collection, id: document.id });
      }
    }
  }
  return [...suspects.values()];
};

const isDifferent = async (served: ReadModelStore, replayed: ReadModelStore, { collection, id }: Suspect): Promise<boolean> =>
  printed(await served.get(collection, id)) !== printed(await replayed.get(collection, id));

/** Those that are still different where their read model stands; the replay is brought there, and only ever goes on. */
const stillDifferent = async (served: ReadModelStore, replay: Replay, suspects: readonly Suspect[], standings: ReadonlyMap<string, Position>): Promise<readonly Suspect[]> => {
  let rest = suspects;
  for (const position of positionsOf(standings)) {
    const concerned = rest.filter(({ collection: { projection } }) => standings.get(projection) === position);
    if (concerned.length === 0 || !(await replay.goOnTo(position))) continue;
    const same = new Set<Suspect>();
    for (const suspect of concerned) if (!(await isDifferent(served, replay.readModels, suspect))) same.add(suspect);
    rest = rest.filter((suspect) => !same.has(suspect));
  }
  return rest;
};

const isSame = (some: ReadonlyMap<string, Position>, others: ReadonlyMap<string, Position> | undefined): boolean =>
  others !== undefined && [...some].every(([name, position]) => others.get(name) === position);

/** Replays the log into empty read models in a temporary folder, and compares every document with those that are served. */
export const compareReadModels = async ({ openLog, openReadModels, projections }: Pick<Needs['audited log'], 'openLog' | 'openReadModels' | 'projections'>, print: Terminal['print'], signal: AbortSignal): Promise<Comparison> => {
  const readModels = await openReadModels();
  const first = standingsOf(await readModels.generations(), projections);
  const [start] = first === undefined ? [] : positionsOf(first);
  if (first === undefined || start === undefined) return { differences: [], problem: 'some read models are being built, or have failed: registrar projections status says which' };
  const folder = await mkdtemp(join(tmpdir(), 'registrar-audit-'));
  const replayed = await LmdbReadModels.open({ folder, scanLimit: Number.MAX_SAFE_INTEGER });
  const source = new ReplayStore(await openLog(), start);
  const projector = new Projector({ store: source, readModels: replayed, projections, clock: systemClock });
  const names = projections.map(({ name }) => name);
  let reached = start;
  const goOnTo = async (position: Position): Promise<boolean> => {
    if (position < reached) return false;
    reached = position;
    source.goOnTo(await openLog(), position);
    return projector.waitFor(position, REPLAY_MS, names);
  };
  try {
    print(`replaying ${projections.length} read models up to position ${start}`);
    await projector.start(signal);
    if (!(await projector.waitFor(start, REPLAY_MS, names))) return { differences: [], problem: 'the replay did not come to its end' };
    let suspects: readonly Suspect[] = [];
    for (const collection of projections.flatMap(({ collections }) => collections)) suspects = [...suspects, ...(await differencesIn(readModels, replayed, collection))];
    for (let round = 0, before: ReadonlyMap<string, Position> | undefined; suspects.length > 0 && round < ROUNDS; round += 1) {
      const standings: ReadonlyMap<string, Position> = standingsOf(await readModels.generations(), projections) ?? first;
      suspects = await stillDifferent(readModels, { readModels: replayed, goOnTo }, suspects, standings);
      const allWereCompared = suspects.every(({ collection: { projection } }) => (standings.get(projection) ?? 0n) >= reached);
      if (allWereCompared && isSame(standings, before)) break;
      before = standings;
      await systemClock.after(BETWEEN_MS, signal);
    }
    const differences = suspects.slice(0, MOST_TOLD).map(({ collection: { projection, name }, id }) => `${projection}/${name}/${id}`);
    if (suspects.length === 0) print('every document of the read models is what a replay makes');
    return { differences, problem: null };
  } finally {
    await projector.stop();
    await replayed.close();
    await rm(folder, { recursive: true, force: true });
  }
};
