import type { Config } from '../../config.js';
import { projectionsOf } from '../../projections/index.js';
import type { Terminal } from '../command.js';
import { openRestoredServer } from './restored-server.js';
import { doneIn, repeatedOf, WatchedEffects } from './watched-effects.js';

/** Lets the workers finish what is left in a restored folder; gives how many mails, charges and refunds they would have done again. */
export const repeatedEffects = async (config: Config, folder: string, { print, signal }: Terminal): Promise<number> => {
  const effects = new WatchedEffects();
  const server = await openRestoredServer(config, folder, effects, projectionsOf(config), signal);
  try {
    const done = await doneIn(server.store);
    const before = await server.store.head();
    await server.built();
    const after = await server.worked();
    const repeated = repeatedOf(effects.carriedOut, done);
    print(`${done.size} mails, charges and refunds were done; ${effects.carriedOut.length} that were under way would be carried out now, ${after - before} events`);
    for (const id of repeated) print(`DONE AGAIN: ${id}`);
    if (repeated.size === 0) print('nothing that was done is done again');
    return repeated.size;
  } finally {
    await server.close();
  }
};
