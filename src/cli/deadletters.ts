import { parseArgs } from 'node:util';
import type { DeadLetter } from '../ports/event-bus.js';
import { DONE, FAILED, INTERRUPTED, type Action, type Command } from './command.js';
import { oneLine } from './one-line.js';

const lineOf = ({ id, type, stream, attempts, failedAt, reason }: DeadLetter): string =>
  `${id}  ${type} of ${stream}, ${attempts} times, last ${failedAt}: ${oneLine(reason)}`;

const list: Action<'bus'> = async ({ bus }, { print }) => {
  const letters = await bus.deadLetters();
  for (const letter of letters) print(lineOf(letter));
  print(letters.length === 1 ? '1 dead letter' : `${letters.length} dead letters`);
  return DONE;
};

const replayOne =
  (id: string): Action<'bus'> =>
  async ({ bus }, { print }) => {
    const found = await bus.replayDeadLetter(id);
    print(found ? `${id}: handed to its consumer once more` : `there is no dead letter ${id}`);
    return found ? DONE : FAILED;
  };

const replayAll: Action<'bus'> = async ({ bus }, { print, signal }) => {
  let replayed = 0;
  for (const { id } of await bus.deadLetters()) {
    if (signal.aborted) break;
    // Another operator may have been faster.
    if (await bus.replayDeadLetter(id)) replayed += 1;
  }
  print(`${replayed} handed to their consumers once more`);
  return signal.aborted ? INTERRUPTED : DONE;
};

export const deadLettersCommand: Command<'bus'> = {
  summary: 'lists events that a worker gave up on, and hands them out once more',
  usage: 'deadletters list | replay ID | replay --all',
  needs: 'bus',
  parse: (args) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { all: { type: 'boolean', default: false } } });
    const [action, id, ...rest] = positionals;
    if (rest.length > 0) return undefined;
    if (action === 'list' && id === undefined && !values.all) return list;
    if (action === 'replay' && id === undefined && values.all) return replayAll;
    if (action === 'replay' && id !== undefined && !values.all) return replayOne(id);
    return undefined;
  },
};
