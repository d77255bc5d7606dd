import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ServerCredentials } from '@grpc/grpc-js';
import t, { type Test } from 'tap';
import { connectionProblem } from '../../src/adapters/eventstoredb/connection-problem.js';
import { EventStoreDbStore } from '../../src/adapters/eventstoredb/event-store-db-store.js';
import { EventStoreUnavailable } from '../../src/ports/event-store.js';
import { projectRoot } from '../project-root.js';
import { openFront } from './eventstoredb-front/open-front.js';
import { freePort } from './free-port.js';

/** Its own authority. */
const certificate = (folder: string) => {
  const [key, cert] = [`${folder}/key.pem`, `${folder}/cert.pem`];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
  return { cert, credentials: ServerCredentials.createSsl(null, [{ private_key: readFileSync(key), cert_chain: readFileSync(cert) }]) };
};

const [own, others] = [certificate(t.testdir({ own: {}, others: {} }) + '/own'), certificate(`${t.testdirName}/others`)];

const portOf = async (t: Test, tls: boolean): Promise<number> => (await openFront(t, tls ? { credentials: own.credentials } : {})).endpoint.port;

const rows: readonly { readonly name: string; readonly tls: boolean; readonly options: string; readonly says: RegExp | undefined }[] = [
  { name: 'an authority that is not named', tls: true, options: '', says: /^the certificate of 127\.0\.0\.1:\d+ is not trusted, .+\(DEPTH_ZERO_SELF_SIGNED_CERT\): .*tlsCAFile/ },
  { name: 'another authority', tls: true, options: `?tlsCAFile=${encodeURIComponent(others.cert)}`, says: /is not trusted, .*tlsCAFile/ },
  { name: 'TLS against no TLS', tls: false, options: '', says: /speaks no TLS: .*tls=false/ },
  { name: 'no TLS against TLS', tls: true, options: '?tls=false', says: /speaks TLS alone: .*tls=false/ },
  { name: 'the right authority', tls: true, options: `?tlsCAFile=${encodeURIComponent(own.cert)}`, says: undefined },
  { name: 'no TLS on both sides', tls: false, options: '?tls=false', says: undefined },
];
for (const { name, tls, options, says } of rows) {
  t.test(`${name}: ${says === undefined ? 'nothing to be said' : 'the cause and its setting are named at the first attempt'}`, async (t) => {
    const port = await portOf(t, tls);
    for (const scheme of ['esdb', 'kurrentdb', 'esdb+discover']) {
      const url = `${scheme}://127.0.0.1:${port}${options}`;
      if (says === undefined) t.equal(await connectionProblem(url), undefined, scheme);
      else t.match(await connectionProblem(url), says, scheme);
    }
    const store = new EventStoreDbStore({ connectionString: `esdb://127.0.0.1:${port}${options}` });
    t.teardown(() => store.close());
    if (says === undefined) t.equal(await store.head(), 0n);
    else await t.rejects(store.head(), { name: EventStoreUnavailable.name, message: says });
  });
}

t.test('nothing is said of a server that is away, hangs up, or says nothing; nor of a cluster with one node that is set up well', async (t) => {
  const away = await freePort();
  t.equal(await connectionProblem(`esdb://127.0.0.1:${away}`), undefined);
  const rude = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(rude, 'listening');
  t.teardown(() => rude.close());
  const address = rude.address();
  t.equal(await connectionProblem(`esdb://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`), undefined);
  const [good, plain] = [await portOf(t, true), await portOf(t, false)];
  t.equal(await connectionProblem(`esdb://127.0.0.1:${plain},127.0.0.1:${good}?tlsCAFile=${encodeURIComponent(own.cert)}`), undefined);
});

t.test('the program says so in its log, and prints no warning of Node about an address', async (t) => {
  const port = await portOf(t, true);
  const start = async (options: string, line: RegExp): Promise<string> => {
    const env = { PATH: process.env['PATH'], NODE_ENV: 'test', PORT: String(await freePort()), HOST: '127.0.0.1', DATA_DIR: t.testdir(), EVENTSTORE_URL: `esdb://127.0.0.1:${port}${options}` };
    const program = spawn(process.execPath, [join(projectRoot, 'build/src/main.js')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const exited = once(program, 'exit');
    const lines: string[] = [];
    for (const stream of [program.stdout, program.stderr]) {
      createInterface(stream).on('line', (text) => {
        lines.push(text);
        if (line.test(text)) program.kill('SIGTERM');
      });
    }
    await exited;
    return lines.join('\n');
  };
  const distrustful = await start('', /tlsCAFile/);
  t.match(distrustful, /waiting for a server/);
  t.notMatch(distrustful, /no answer yet/);
  const trusting = await start(`?tlsCAFile=${encodeURIComponent(own.cert)}`, /http:\/\//);
  t.notMatch(trusting, /DEP0123|DeprecationWarning/);
});
