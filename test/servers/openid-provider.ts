import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export interface Person {
  readonly email: string;
  readonly email_verified: boolean;
  readonly name?: string;
  readonly picture?: string;
}

export const CLIENT = { id: 'registrar-of-the-tests', secret: 'a secret between the two of them' } as const;

const started = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
};

/** A real OpenID provider on this machine: people log in and consent without typing anything. */
export class OpenIdProvider {
  /** By their subject. */
  readonly people = new Map<string, Person>();
  /** Who is at the browser. */
  signsIn = '';
  denies = false;
  readonly #server: Server;
  #provider: Provider | undefined;

  private constructor(
    server: Server,
    readonly issuer: string,
  ) {
    this.#server = server;
  }

  static async start(callbackUrl: string): Promise<OpenIdProvider> {
    let handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> = async () => undefined;
    const server = createServer((request, response) => void handle(request, response));
    const openId = new OpenIdProvider(server, await started(server));
    openId.#provider = openId.#build(callbackUrl);
    handle = (request, response) => openId.#handle(request, response);
    return openId;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #build(callbackUrl: string): Provider {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return new Provider(this.issuer, {
      clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [callbackUrl], grant_types: ['authorization_code'], response_types: ['code'] }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'picture'] },
      findAccount: (_context, accountId) => ({ accountId, claims: async () => ({ sub: accountId, ...this.people.get(accountId) }) }),
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      cookies: { keys: ['a key of the provider of the tests'] },
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] },
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const provider = this.#provider;
    if (provider === undefined) return;
    if (request.url?.startsWith('/interaction/') !== true) return void (await provider.callback()(request, response));
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (this.denies) return provider.interactionFinished(request, response, { error: 'access_denied' });
    if (prompt.name === 'login') return provider.interactionFinished(request, response, { login: { accountId: this.signsIn } });
    const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params['client_id']) });
    grant.addOIDCScope('openid email profile');
    await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  }
}
