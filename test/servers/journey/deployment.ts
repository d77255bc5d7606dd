import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Role } from '../../../src/config.js';
import { MongodServer } from '../mongod-server.js';
import { freePort, NatsServer } from '../nats-server.js';
import { Child } from './child.js';
import { compileProgram, type CompiledProgram } from './compiled-program.js';
import { MailServer } from './mail-server.js';

const COPIES: Readonly<Record<Role, number>> = { http: 2, projector: 2, relay: 2, processes: 2, email: 1, invoice: 2 };
const SECRET = 'a secret that all processes of one deployment share';

export interface Instance {
  readonly role: Role;
  readonly child: Child;
  /** Where it answers; of those that do. */
  readonly url: string;
}

interface Servers {
  readonly mongod: MongodServer;
  readonly nats: NatsServer;
  readonly mail: MailServer;
  readonly eventStore: Child;
  readonly eventStoreUrl: string;
}

const startServers = async (folder: string, { eventStore: script }: CompiledProgram): Promise<Servers> => {
  const port = await freePort();
  const eventStore = new Child('event store', {
    script, args: [join(folder, 'event-store'), String(port)], environment: {}, log: join(folder, 'event-store.log'), ready: /^esdb:/,
  });
  const [mongod, nats, mail] = await Promise.all([MongodServer.start(), NatsServer.start(), MailServer.start(), eventStore.start()]);
  return { mongod, nats, mail, eventStore, eventStoreUrl: `esdb://127.0.0.1:${port}?tls=false` };
};

/** The whole of production on this machine: every server, and every role in processes of its own. */
export class Deployment {
  readonly folder: string;
  readonly servers: Servers;
  readonly instances: readonly Instance[];

  private constructor(folder: string, servers: Servers, instances: readonly Instance[]) {
    this.folder = folder;
    this.servers = servers;
    this.instances = instances;
  }

  static async start(t: Test): Promise<Deployment> {
    setMaxListeners(0, process);
    const folder = await mkdtemp(join(tmpdir(), 'registrar-journey-'));
    const program = await compileProgram();
    const servers = await startServers(folder, program);
    const instances: Instance[] = [];
    for (const role of Object.keys(COPIES) as Role[]) {
      for (let number = 1; number <= COPIES[role]; number += 1) instances.push(await instanceOf(folder, program, servers, role, number));
    }
    const deployment = new Deployment(folder, servers, instances);
    t.teardown(async () => {
      await deployment.#end();
      await program.remove();
      if (process.env['KEEP_LOGS'] === undefined) await rm(folder, { recursive: true, force: true });
      else t.comment(folder);
    });
    await Promise.all(instances.map(({ child }) => child.start()));
    return deployment;
  }

  of(role: Role): readonly Instance[] {
    return this.instances.filter((instance) => instance.role === role);
  }

  get urls(): readonly string[] {
    return this.of('http').map(({ url }) => url);
  }

  get accidents(): readonly string[] {
    return [...this.instances.map(({ child }) => child), this.servers.eventStore].flatMap(({ accidents }) => accidents);
  }

  async #end(): Promise<void> {
    const { mongod, nats, mail, eventStore } = this.servers;
    await Promise.all(this.instances.map(({ child }) => child.end('SIGKILL')));
    await Promise.all([mongod.stop(), nats.close(), mail.stop(), eventStore.end('SIGKILL')]);
  }
}

const instanceOf = async (folder: string, { main }: CompiledProgram, servers: Servers, role: Role, number: number): Promise<Instance> => {
  const { mongod, nats, mail, eventStoreUrl } = servers;
  const name = `${role}-${number}`;
  const port = role === 'http' ? String(await freePort()) : '0';
  const environment = {
    NODE_ENV: 'test', ROLES: role, PORT: port, HOST: '127.0.0.1', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'info',
    JWT_SECRET: SECRET, COOKIE_SECRET: SECRET, BCRYPT_COST: '4', RATE_LIMIT: 'off', MAIL_FROM: 'Registrar <no-reply@registrar.example>',
    EVENTSTORE_URL: eventStoreUrl, MONGODB_URL: mongod.url(), NATS_URL: nats.url, SMTP_URL: mail.url,
  };
  const child = new Child(name, { script: main, environment, log: join(folder, `${name}.log`), ready: /^Registrar / });
  return { role, child, url: `http://127.0.0.1:${port}` };
};
