import type { Config } from '../../config.js';
import { projectionsOf } from '../../projections/index.js';
import type { Terminal } from '../command.js';
import { openRestoredServer } from './restored-server.js';
import { doneIn, WatchedEffects } from './watched-effects.js';

/** Lets the workers finish what is left in a restored folder; gives how many mails, charges and refunds they would have done again. */
export const repeatedEffects = async (config: Config, folder: string, { print, signal }: Terminal): Promise<number> => {
  const effects = new WatchedEffects();
  const server = await openRestoredServer(config, folder, effects, projectionsOf(config), signal);
  try {
    const done = await doneIn(server.store);
    const before = await server.store.head();
    await server.built();
    const after = await server.worked();
    const repeated = effects.carriedOut.filter((id, place) => done.has(id) || effects.carriedOut.indexOf(id) !== place);
    print(`${done.size} mails, charges and refunds were done; ${effects.carriedOut.length} that were under way would be carried out now, ${after - before} events`);
    for (const id of new Set(repeated)) print(`DONE AGAIN: ${id}`);
    if (repeated.length === 0) print('nothing that was done is done again');
    return repeated.length;
  } finally {
    await server.close();
  }
};
