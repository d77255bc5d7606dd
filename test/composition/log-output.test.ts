import { Writable } from 'node:stream';
import t from 'tap';
import { LogOutput } from '../../src/composition/log-output.js';
import { createLogger } from '../../src/composition/logger.js';

/** A reader that takes what it is given when it is told to. */
const stalled = () => {
  const taken: string[] = [];
  let go: (() => void)[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      taken.push(String(chunk));
      go.push(() => done());
    },
  });
  const read = async (): Promise<void> => {
    while (go.length > 0) {
      const [next] = go.splice(0, 1);
      next?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    go = [];
  };
  return { stream, taken, read };
};

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

t.test('issue 9.9: a reader that stalls is not waited for; what it misses is bounded, counted and told', async (t) => {
  const { stream, taken, read } = stalled();
  const output = new LogOutput(stream);
  const logger = createLogger('info', output);
  const LINES = 20_000;
  for (let n = 0; n < LINES; n += 1) logger.info({ n, padding: 'x'.repeat(200) }, 'answered');
  await nextTurn();
  t.ok(output.dropped > LINES / 2 && output.dropped < LINES, String(output.dropped));
  t.ok(stream.writableLength <= 262_144 + 200, 'the news of what was lost comes on top');
  await read();
  logger.info('again');
  await nextTurn();
  await read();
  const lines = taken.join('').trim().split('\n').map((line): { msg: string; lines?: number } => JSON.parse(line));
  t.equal(lines.reduce((sum, { lines: lost = 0 }) => sum + lost, 0), output.dropped);
  t.match(lines.at(-1), { msg: 'again' });
  t.equal(lines.length, LINES - output.dropped + 2, 'all others, the news and the last one');
});

t.test('issue 9.9: a reader that has gone costs its lines only', async (t) => {
  const stream = new Writable({ autoDestroy: false, write: (_chunk, _encoding, done) => done(Object.assign(new Error('EPIPE'), { code: 'EPIPE' })) });
  const output = new LogOutput(stream);
  for (const line of ['one\n', 'two\n']) output.write(line);
  await nextTurn();
  await nextTurn();
  t.equal(output.dropped, 2);
});

t.test('issue 9.9: a file whose disk is full costs its lines only', async (t) => {
  const stream = new Writable({
    write: () => {
      throw new Error('ENOSPC');
    },
  });
  const output = new LogOutput(stream);
  output.write('one\n');
  await output.flush();
  t.equal(output.dropped, 1);
});

t.test('issue 9.9: the end waits a moment for the last lines, and no longer', async (t) => {
  const slow = stalled();
  const output = new LogOutput(slow.stream);
  output.write('last\n');
  const ended = output.end(1_000_000);
  await slow.read();
  await ended;
  t.same(slow.taken, ['last\n', '']);
  const never = new LogOutput(stalled().stream);
  never.write('last\n');
  await never.end(1);
});
