import t from 'tap';
import { runOn } from '../../src/cli/command.js';
import { deadLettersCommand } from '../../src/cli/deadletters.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { DeadLetter, EventBus } from '../../src/ports/event-bus.js';

const letter = (id: string): DeadLetter => ({
  id: `mail-requests.${id}`,
  consumer: 'mail-requests',
  eventId: id,
  stream: 'otp-1',
  type: 'OtpIssued',
  reason: 'the log\nis \u001b[31maway',
  attempts: 8,
  failedAt: '2026-03-01T12:00:00.000Z',
});

const opened = (...ids: readonly string[]) => {
  const letters = new Map(ids.map((id) => [letter(id).id, letter(id)]));
  const bus: Pick<EventBus<DomainEvent>, 'deadLetters' | 'replayDeadLetter'> = {
    deadLetters: async () => [...letters.values()],
    replayDeadLetter: async (id) => letters.delete(id),
  };
  const unused = async (): Promise<never> => {
    throw new Error('not asked for');
  };
  const whole: EventBus<DomainEvent> = { ...bus, publish: unused, publishedUpTo: unused, consume: unused, check: unused, close: unused };
  const lines: string[] = [];
  const stop = new AbortController();
  const terminal = { print: (line: string) => void lines.push(line), signal: stop.signal, operator: 'olga' };
  const command = (...args: readonly string[]): Promise<number> => runOn(deadLettersCommand, args, { bus: whole }, terminal);
  return { letters, lines, command, stop };
};

t.test('list prints one line per letter, whatever its reason holds', async (t) => {
  const { lines, command } = opened('a', 'b');
  t.equal(await command('list'), 0);
  t.match(lines, [
    'mail-requests.a  OtpIssued of otp-1, 8 times, last 2026-03-01T12:00:00.000Z: the log is  [31maway',
    /^mail-requests\.b /,
    '2 dead letters',
  ]);
});

t.test('replay hands one over, or all; an unknown one is said', async (t) => {
  const { letters, lines, command } = opened('a', 'b', 'c');
  t.equal(await command('replay', 'mail-requests.a'), 0);
  t.equal(await command('replay', 'mail-requests.a'), 1);
  t.equal(await command('replay', '--all'), 0);
  t.equal(letters.size, 0);
  t.match(lines, [/once more/, /there is no dead letter mail-requests\.a/, '2 handed to their consumers once more']);
});

t.test('anything else prints how it is used', async (t) => {
  for (const args of [[], ['replay'], ['replay', 'a', 'b'], ['replay', 'a', '--all'], ['list', 'x'], ['purge'], ['list', '--nonsense']]) {
    const { lines, command } = opened();
    t.equal(await command(...args), 2);
    t.match(lines.at(-1), /^usage: registrar deadletters list/);
  }
});

t.test('an interruption ends it between two letters', async (t) => {
  const { letters, lines, command, stop } = opened('a', 'b');
  stop.abort();
  t.equal(await command('replay', '--all'), 130);
  t.equal(letters.size, 2);
  t.same(lines, ['0 handed to their consumers once more']);
});
