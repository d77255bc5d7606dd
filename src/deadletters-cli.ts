import type { DomainEvent } from './domain/events.js';
import type { DeadLetter, EventBus } from './ports/event-bus.js';

export interface DeadLettersCommandParts {
  readonly bus: EventBus<DomainEvent>;
  readonly print: (line: string) => void;
}

const USAGE = 'usage: npm run deadletters -- list | replay ID | replay --all';

/** `list`, `replay ID` or `replay --all`; answers the exit code. */
export const runDeadLettersCommand = async (args: readonly string[], parts: DeadLettersCommandParts): Promise<number> => {
  const [command, which, ...rest] = args;
  if (command === 'list' && which === undefined) return list(parts);
  if (command === 'replay' && which !== undefined && rest.length === 0) return which === '--all' ? replayAll(parts) : replayOne(which, parts);
  parts.print(USAGE);
  return 2;
};

/** What a handler says of its failure may hold anything: one line of it, without control characters. */
const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 500);

const lineOf = ({ id, type, stream, attempts, failedAt, reason }: DeadLetter): string =>
  `${id}  ${type} of ${stream}, ${attempts} times, last ${failedAt}: ${oneLine(reason)}`;

const list = async ({ bus, print }: DeadLettersCommandParts): Promise<number> => {
  const letters = await bus.deadLetters();
  for (const letter of letters) print(lineOf(letter));
  print(letters.length === 1 ? '1 dead letter' : `${letters.length} dead letters`);
  return 0;
};

const replayOne = async (id: string, { bus, print }: DeadLettersCommandParts): Promise<number> => {
  const found = await bus.replayDeadLetter(id);
  print(found ? `${id}: handed to its consumer once more` : `there is no dead letter ${id}`);
  return found ? 0 : 1;
};

const replayAll = async ({ bus, print }: DeadLettersCommandParts): Promise<number> => {
  let replayed = 0;
  for (const { id } of await bus.deadLetters()) {
    // Another operator may have been faster.
    if (await bus.replayDeadLetter(id)) replayed += 1;
  }
  print(`${replayed} handed to their consumers once more`);
  return 0;
};
