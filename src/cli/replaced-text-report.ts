import type { Terminal } from './command.js';

const MOST_NAMED = 20;

/** Names the events that passed by the exception `replaced-text`, which docs/operations.md describes. */
export const tellReplacedText = (replaced: readonly string[], print: Terminal['print']): void => {
  if (replaced.length === 0) return;
  print(`${replaced.length} events passed by the exception replaced-text: an earlier build hashed half a character that was stored as U+FFFD`);
  for (const name of replaced.slice(0, MOST_NAMED)) print(`  ${name}`);
};
