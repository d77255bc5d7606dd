import { parseArgs } from 'node:util';
import type { Rebuild } from '../ports/read-model-store.js';
import { followRebuild, percentOf, requestRebuild, requestRebuildStop, type StopAsked } from '../workers/projector/projection-rebuild.js';
import { Projector } from '../workers/projector/projector.js';
import { DONE, FAILED, INTERRUPTED, WRONG_USAGE, type Action, type Command, type Needs, type Terminal } from './command.js';

const status: Action<'read models'> = async ({ readModels, store, log, projections }, { print }) => {
  const generations = await readModels.generations();
  const rebuilds = await readModels.rebuilds();
  const head = await log.head();
  const { unit, measure } = log.scale;
  print(`head of the log: ${measure(head)} ${unit}${store === null ? ' (a server is running)' : ''}`);
  for (const { name, version } of projections) {
    const own = generations.filter(({ projection }) => projection === name);
    if (own.length === 0) print(`${name} v${version}: not built yet`);
    for (const { checkpoint, ...generation } of own) {
      const behind = head > checkpoint ? measure(head) - measure(checkpoint) : 0n;
      print(`${name} v${generation.version}: ${generation.state}, at ${measure(checkpoint)}, ${behind} ${unit} behind`);
    }
    const last = rebuilds.find(({ projection }) => projection === name);
    if (last !== undefined) print(`  last rebuild: ${last.state}, asked for ${last.requestedAt}${last.failure === null ? '' : `: ${last.failure}`}`);
  }
  return DONE;
};

const rebuild =
  (asked: readonly string[] | 'all'): Action<'read models'> =>
  async (needed, terminal) => {
    const { readModels, store, projections, clock } = needed;
    const { print, signal } = terminal;
    const known = projections.map(({ name }) => name);
    const names = asked === 'all' ? known : [...new Set(asked)];
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      print(`there is no projection ${unknown.join(', ')}; there are: ${known.join(', ')}`);
      return WRONG_USAGE;
    }
    const requested: Rebuild[] = [];
    for (const name of names) requested.push(await requestRebuild(readModels, clock, name));
    const projector = store === null ? undefined : new Projector({ store, readModels, projections, clock });
    await projector?.start(signal);
    try {
      const ended = await Promise.all(requested.map((rebuild) => follow(needed, rebuild, terminal)));
      return ended.find((code) => code !== DONE) ?? DONE;
    } finally {
      await projector?.stop();
    }
  };

const follow = async ({ readModels, clock, store, log: { scale } }: Needs['read models'], requested: Rebuild, { print, signal }: Terminal): Promise<number> => {
  let told = '';
  for await (const current of followRebuild(readModels, clock, requested, signal)) {
    const line =
      current.state === 'requested'
        ? `${current.projection}: asked for`
        : `${current.projection}: ${current.state}, ${scale.measure(current.position)} of ${scale.measure(current.head)} ${scale.unit} (${percentOf(current).toFixed(1)} %)`;
    if (line !== told) print(line);
    told = line;
    if (current.state === 'done') return DONE;
    if (current.state === 'stopped') return INTERRUPTED;
    if (current.state === 'failed') {
      print(`failed: ${current.failure ?? 'for an unknown reason'}; what served before goes on serving`);
      return FAILED;
    }
  }
  print(store === null ? 'the server goes on with it' : 'interrupted; it is gone on with at the next start, what served before goes on serving');
  return INTERRUPTED;
};

const STOP_ANSWERS: Readonly<Record<StopAsked, string>> = {
  stopping: 'will be given up; what serves goes on serving',
  none: 'is not being rebuilt',
  needed: 'has nothing that serves: what is built is needed',
};

const stop =
  (name: string): Action<'read models'> =>
  async ({ readModels }, { print }) => {
    const asked = await requestRebuildStop(readModels, name);
    print(`${name} ${STOP_ANSWERS[asked]}`);
    return asked === 'stopping' ? DONE : FAILED;
  };

/** Shows the progress of the read models; a rebuild fills a new copy while the old one serves. */
export const projectionsCommand: Command<'read models'> = {
  summary: 'says how far the read models are, and builds some of them again while the old copies serve',
  usage: 'projections status | rebuild NAME... | rebuild --all | stop NAME',
  needs: 'read models',
  parse: (args) => {
    const { positionals: [action, ...names], values: { all = false } } = parseArgs({ args: [...args], allowPositionals: true, options: { all: { type: 'boolean' } } });
    if (action === 'status') return names.length === 0 && !all ? status : undefined;
    if (action === 'stop') return names.length === 1 && !all ? stop(names[0] ?? '') : undefined;
    // Either some, by name, or all.
    if (action !== 'rebuild' || (names.length > 0) === all) return undefined;
    return rebuild(all ? 'all' : names);
  },
};
