import t from 'tap';
import { runDeadLettersCommand } from '../../src/deadletters-cli.js';
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
  const command = (...args: readonly string[]): Promise<number> => runDeadLettersCommand(args, { bus: whole, print: (line) => void lines.push(line) });
  return { letters, lines, command };
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
  for (const args of [[], ['replay'], ['replay', 'a', 'b'], ['list', 'x'], ['purge']]) {
    const { lines, command } = opened();
    t.equal(await command(...args), 2);
    t.match(lines, [/^usage:/]);
  }
});
