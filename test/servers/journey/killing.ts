import type { Instance } from './deployment.js';

export const randomMoment = (longestMs: number, shortestMs = 0): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, shortestMs + Math.random() * (longestMs - shortestMs)));

const LONGEST_ABSENCE_MS = 2_000;

const oneOf = (instances: readonly Instance[]): Instance => {
  const instance = instances[Math.floor(Math.random() * instances.length)];
  if (instance === undefined) throw new Error('there is none');
  return instance;
};

/** One after the other, so that of two one always is there; what happens to other roles is another matter. Answers the number of kills. */
export const killAgainAndAgain = async (instances: readonly Instance[], rounds: number, longestWaitMs: number): Promise<number> => {
  let kills = 0;
  for (let round = 1; round <= rounds; round += 1) {
    await randomMoment(longestWaitMs);
    const { child } = oneOf(instances);
    if (!(await child.kill())) throw new Error(`${child.name} was not running`);
    kills += 1;
    await randomMoment(LONGEST_ABSENCE_MS);
    await child.start();
  }
  return kills;
};
