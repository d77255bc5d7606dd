import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { S3Access } from '../../../src/adapters/s3/s3-access.js';
import type { Role } from '../../../src/config.js';
import { RemoteStripeDouble } from '../../doubles/stripe/remote.js';
import { SECRET_KEY, WEBHOOK_SECRET } from '../../doubles/stripe/stripe-double.js';
import type { DeliveryRules } from '../../doubles/stripe/webhooks.js';
import { freePort } from '../free-port.js';
import { MongodServer } from '../mongod-server.js';
import { NatsServer } from '../nats-server.js';
import { S3Server } from '../s3-server.js';
import { Child } from './child.js';
import { MailServer } from './mail-server.js';
import { compiled } from '../../project-root.js';

const COPIES: Readonly<Record<Role, number>> = { http: 2, projector: 2, relay: 2, processes: 2, email: 2, invoice: 2 };
/** Stripe repeats for three days what is not answered; this is longer than any outage here. */
export const PATIENT: Partial<DeliveryRules> = { attempts: 60 };
const SECRET = 'a secret that all processes of one deployment share';

export interface Instance {
  readonly role: Role;
  readonly child: Child;
  /** The URLs of the processes that answer HTTP. */
  readonly url: string;
}

interface Servers {
  readonly mongod: MongodServer;
  readonly nats: NatsServer;
  readonly mail: MailServer;
  /** The front, which does wrong what it is told to; null where EVENTSTORE_URL names a server, which is left alone. */
  readonly eventStore: Child | null;
  readonly eventStoreUrl: string;
  readonly s3: S3Server;
  readonly bucket: S3Access;
  readonly stripe: Child;
  readonly stripeUrl: string;
}

const startEventStore = async (t: Test, folder: string): Promise<Pick<Servers, 'eventStore' | 'eventStoreUrl'>> => {
  const { EVENTSTORE_URL } = process.env;
  if (EVENTSTORE_URL !== undefined) return { eventStore: null, eventStoreUrl: EVENTSTORE_URL };
  const port = await freePort();
  const eventStore = new Child('event store', {
    script: compiled('test/servers/journey/event-store-process'), args: [join(folder, 'event-store'), String(port)], environment: {}, log: join(folder, 'event-store.log'), ready: /^esdb:/,
  });
  t.teardown(() => eventStore.end('SIGKILL'));
  await eventStore.start();
  return { eventStore, eventStoreUrl: `esdb://127.0.0.1:${port}?tls=false` };
};

const startStripe = async (t: Test, folder: string): Promise<Pick<Servers, 'stripe' | 'stripeUrl'>> => {
  const port = await freePort();
  const stripe = new Child('stripe', {
    script: compiled('test/doubles/stripe/process'), args: [String(port)], environment: {}, log: join(folder, 'stripe.log'), ready: /^http:/,
  });
  t.teardown(() => stripe.end('SIGKILL'));
  await stripe.start();
  return { stripe, stripeUrl: `http://127.0.0.1:${port}` };
};

const startStorage = async (t: Test): Promise<Pick<Servers, 's3' | 'bucket'>> => {
  const s3 = await S3Server.start();
  t.teardown(() => s3.stop());
  return { s3, bucket: await s3.bucket() };
};

/** One after another, each with its end: where one does not start, those before it do not keep the test alive. */
const startServers = async (t: Test, folder: string): Promise<Servers> => {
  const mongod = await MongodServer.start();
  t.teardown(() => mongod.stop());
  const nats = await NatsServer.start();
  t.teardown(() => nats.close());
  const mail = await MailServer.start();
  t.teardown(() => mail.stop());
  return { mongod, nats, mail, ...(await startEventStore(t, folder)), ...(await startStripe(t, folder)), ...(await startStorage(t)) };
};

/** The whole of production on this machine: every server, and every role in processes of its own. */
export class Deployment {
  readonly folder: string;
  readonly servers: Servers;
  readonly instances: readonly Instance[];
  /** The payment provider, which does wrong what it is told to. */
  readonly provider: RemoteStripeDouble;

  private constructor(folder: string, servers: Servers, instances: readonly Instance[]) {
    this.folder = folder;
    this.servers = servers;
    this.instances = instances;
    this.provider = new RemoteStripeDouble(servers.stripeUrl);
  }

  static async start(t: Test): Promise<Deployment> {
    setMaxListeners(0, process);
    const folder = await mkdtemp(join(tmpdir(), 'registrar-journey-'));
    t.teardown(async () => {
      if (process.env['KEEP_LOGS'] === undefined) await rm(folder, { recursive: true, force: true });
      else t.comment(folder);
    });
    const servers = await startServers(t, folder);
    const instances: Instance[] = [];
    for (const role of Object.keys(COPIES) as Role[]) {
      for (let number = 1; number <= COPIES[role]; number += 1) instances.push(await instanceOf(folder, servers, role, number));
    }
    const deployment = new Deployment(folder, servers, instances);
    t.teardown(() => Promise.all(instances.map(({ child }) => child.end('SIGKILL'))));
    await deployment.#listenToProvider();
    await Promise.all(instances.map(({ child }) => child.start()));
    return deployment;
  }

  of(role: Role): readonly Instance[] {
    return this.instances.filter((instance) => instance.role === role);
  }

  get urls(): readonly string[] {
    return this.of('http').map(({ url }) => url);
  }

  /** A program of the command line, beside the roles. */
  commandLine(name: string): { readonly script: string; readonly environment: Readonly<Record<string, string>> } {
    return { script: compiled(`src/${name}`), environment: environmentOf(this.folder, this.servers) };
  }

  get accidents(): readonly string[] {
    const { eventStore, stripe } = this.servers;
    const children = this.instances.map(({ child }) => child);
    return [...children, stripe, ...(eventStore === null ? [] : [eventStore])].flatMap(({ accidents }) => accidents);
  }

  /** Each HTTP process is told everything, so that every notice comes twice. */
  async #listenToProvider(): Promise<void> {
    const endpoints = this.urls.map((url) => ({ url: `${url}/payments/webhooks/stripe`, secret: WEBHOOK_SECRET }));
    await this.provider.call('setEndpoints', endpoints);
    await this.provider.call('setDelivery', PATIENT);
  }
}

/** Keys as the server of the tests takes them. */
const storageOf = ({ endpoint, bucket, credentials }: S3Access): Readonly<Record<string, string>> => ({
  S3_URL: endpoint ?? '', S3_BUCKET: bucket, S3_PATH_STYLE: 'on', S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? '', S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
});

const environmentOf = (folder: string, { mongod, nats, mail, eventStoreUrl, stripeUrl, bucket }: Servers): Readonly<Record<string, string>> => ({
  NODE_ENV: 'test', HOST: '127.0.0.1', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'info',
  JWT_SECRET: SECRET, COOKIE_SECRET: SECRET, BCRYPT_COST: '4', RATE_LIMIT: 'off', MAIL_FROM: 'Registrar <no-reply@registrar.example>', MAILS_PER_HOUR: '100',
  PAYMENT_TIMEOUT_SECONDS: '60',
  EVENTSTORE_URL: eventStoreUrl, MONGODB_URL: mongod.url(), NATS_URL: nats.url, SMTP_URL: mail.url,
  STRIPE_SECRET_KEY: SECRET_KEY, STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET, STRIPE_API_URL: stripeUrl,
  ...storageOf(bucket),
});

const instanceOf = async (folder: string, servers: Servers, role: Role, number: number): Promise<Instance> => {
  const name = `${role}-${number}`;
  const port = role === 'http' ? String(await freePort()) : '0';
  const environment = { ...environmentOf(folder, servers), ROLES: role, PORT: port };
  const child = new Child(name, { script: compiled('src/main'), environment, log: join(folder, `${name}.log`), ready: /^Registrar / });
  return { role, child, url: `http://127.0.0.1:${port}` };
};
