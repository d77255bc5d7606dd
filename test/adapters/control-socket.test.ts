import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { askServer } from '../../src/adapters/control-socket/control-client.js';
import { openControlServer, type OperatorProgram } from '../../src/adapters/control-socket/control-server.js';

const folderOf = async (t: Test): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'control-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

const echo: OperatorProgram = async ({ args, operator }, print) => {
  for (const arg of args) print(`${operator} says ${arg}`);
  return args.length;
};

const request = (...args: readonly string[]) => ({ program: 'echo', args: [...args], operator: 'olga' });

t.test('a command line is carried out in the server: what it prints, its exit code, its failure', async (t) => {
  const folder = await folderOf(t);
  const broken: OperatorProgram = async (_request, print) => {
    print('one line');
    throw new Error('out of paper');
  };
  const server = await openControlServer(folder, { echo, broken });
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  t.equal(await askServer(folder, request('a\nb', 'ü'), print), 2);
  t.same(lines, ['olga says a\nb', 'olga says ü']);
  await t.rejects(askServer(folder, { ...request(), program: 'broken' }, print), { message: 'out of paper' });
  await t.rejects(askServer(folder, { ...request(), program: 'toString' }, print), { message: 'the server has no program toString' });
  await server.close();
});

t.test('only the own user reaches it', async (t) => {
  const folder = await folderOf(t);
  const server = await openControlServer(folder, { echo });
  t.equal((await stat(join(folder, 'control'))).mode & 0o777, 0o700);
  await server.close();
});

t.test('where no server runs nobody answers, also after one that was killed; the next one takes its place', async (t) => {
  const folder = await folderOf(t);
  const print = (): void => undefined;
  t.equal(await askServer(folder, request(), print), undefined);
  const first = await openControlServer(folder, { echo });
  await first.close();
  t.equal(await askServer(folder, request(), print), undefined);
  await openControlServer(folder, { echo }).then((left) => t.teardown(() => left.close()));
  const second = await openControlServer(folder, { echo });
  t.equal(await askServer(folder, request('x'), print), 1);
  await second.close();
  await t.rejects(stat(join(folder, 'control')), { code: 'ENOENT' });
  await writeFile(join(folder, 'control'), 'no folder');
  t.equal(await askServer(folder, request(), print), undefined);
});

t.test('closing waits for what is carried out, not for those who say nothing', async (t) => {
  const folder = await folderOf(t);
  let finish = (_code: number): void => undefined;
  const steps = new EventEmitter();
  const begun = once(steps, 'begun');
  const slow: OperatorProgram = () => {
    steps.emit('begun');
    return new Promise((resolve) => (finish = resolve));
  };
  const server = await openControlServer(folder, { slow });
  const silent = createConnection(join(folder, 'control', 'socket'));
  await once(silent, 'connect');
  const asked = askServer(folder, { ...request(), program: 'slow' }, () => undefined);
  await begun;
  const closed = server.close();
  await once(silent, 'close');
  finish(7);
  t.equal(await asked, 7);
  await closed;
});

t.test('what is no request is refused', async (t) => {
  const folder = await folderOf(t);
  const server = await openControlServer(folder, { echo });
  for (const line of ['nonsense', '{"program":"echo"}', '[]']) {
    const socket = createConnection(join(folder, 'control', 'socket'));
    socket.write(`${line}\n`);
    const [answer] = await once(socket, 'data');
    t.match(JSON.parse(String(answer)), { failure: String });
    socket.destroy();
  }
  await server.close();
});

t.test('a path that is too long for a socket is said', async (t) => {
  const folder = join(await folderOf(t), 'x'.repeat(120));
  await t.rejects(openControlServer(folder, { echo }), /too long for a socket/);
  t.equal(await askServer(folder, request(), () => undefined), undefined);
});
