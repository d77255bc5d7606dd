import { ServerAway } from '../api/problems.js';
import type { View } from './views.js';

type Loaded = Awaited<ReturnType<View['load']>>;

const isServerThere = async (): Promise<boolean> => {
  try {
    return (await fetch('/console', { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
};

/** The program of a view. Throws ServerAway; or, where it is gone although the server is there, what to do about that. */
export const loadView = async ({ load }: View): Promise<Loaded> => {
  try {
    return await load();
  } catch {
    if (await isServerThere()) throw new Error('The server has another version of the console now: reload the page.');
    throw new ServerAway();
  }
};

/** Fetches all of them before they are needed, so that views open while the server is away. One that fails is fetched again when it is opened. */
export const loadAhead = (views: readonly View[]): void => {
  for (const { load } of views) void load().catch(() => undefined);
};
