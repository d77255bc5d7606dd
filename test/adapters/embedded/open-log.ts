import { LmdbEventStore } from '../../../src/adapters/embedded/event-store/lmdb-event-store.js';
import { openLogEnvironment } from '../../../src/adapters/embedded/event-store/log-environment.js';

export const openStore = async (folder: string): Promise<LmdbEventStore> => new LmdbEventStore(await openLogEnvironment(folder));
