import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';
import type { EndPoint } from '@eventstore/db-client';
import { parseConnectionString } from '@eventstore/db-client/dist/Client/parseConnectionString.js';
import { inClientsScheme } from './connection.js';

const PROBE_MS = 2_000;

/** What a node says to a greeting in TLS: its certificate is trusted, or not and why; it speaks without TLS; or nothing that tells. */
type Greeting = { readonly speaks: 'trusted' | 'plain' | 'nothing' } | { readonly speaks: 'untrusted'; readonly reason: string };

/** OpenSSL's words for an answer that is no TLS. */
const NO_TLS = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE|HTTP_REQUEST|UNKNOWN_PROTOCOL/;
/** Node's names for what may be wrong with a certificate. */
const CERTIFICATE = /CERT|SIGNATURE|ISSUER|CRL/;

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

const meaningOf = (error: Error): Greeting => {
  const code = codeOf(error);
  if (NO_TLS.test(code)) return { speaks: 'plain' };
  return CERTIFICATE.test(code) ? { speaks: 'untrusted', reason: `${error.message} (${code})` } : { speaks: 'nothing' };
};

const greet = ({ address, port }: EndPoint, trusted: Buffer | undefined): Promise<Greeting> =>
  new Promise((resolve) => {
    const options: ConnectionOptions = { host: address, port, ALPNProtocols: ['h2'] };
    // An address has no name that could be asked for.
    if (isIP(address) === 0) options.servername = address;
    if (trusted !== undefined) options.ca = trusted;
    const socket = connect(options, () => settle({ speaks: 'trusted' }));
    const settle = (greeting: Greeting): void => {
      resolve(greeting);
      socket.destroy();
    };
    socket.setTimeout(PROBE_MS, () => settle({ speaks: 'nothing' }));
    socket.on('error', (error) => settle(meaningOf(error)));
    socket.on('close', () => settle({ speaks: 'nothing' }));
  });

const problemOf = (place: string, tls: boolean, greeting: Greeting): string | undefined => {
  const { speaks } = greeting;
  if (tls && speaks === 'plain') return `${place} speaks no TLS: turn it on there, or set tls=false in EVENTSTORE_URL`;
  if (tls && speaks === 'untrusted') {
    return `the certificate of ${place} is not trusted, ${greeting.reason}: name the file of its authority with tlsCAFile in EVENTSTORE_URL`;
  }
  if (!tls && (speaks === 'trusted' || speaks === 'untrusted')) return `${place} speaks TLS alone: take tls=false out of EVENTSTORE_URL`;
  return undefined;
};

/**
 * What the client would wait for in vain, with the setting that mends it: TLS against no TLS, or a certificate that is not
 * trusted. Undefined: nothing of that kind, or it cannot be told, as when nobody answers.
 */
export const connectionProblem = async (connectionString: string): Promise<string | undefined> => {
  const { hosts, tls = true, tlsCAFile } = parseConnectionString(inClientsScheme(connectionString));
  const trusted = tls && tlsCAFile !== undefined ? readFileSync(tlsCAFile) : undefined;
  const problems = await Promise.all(hosts.map(async (host) => problemOf(`${host.address}:${host.port}`, tls, await greet(host, trusted))));
  // One node that is set up otherwise than the others is the cluster's matter.
  return problems.every((problem) => problem !== undefined) ? problems[0] : undefined;
};
