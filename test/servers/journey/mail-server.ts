import { TestSmtpServer } from '../smtp-server.js';

const MESSAGE_ID = /^Message-ID:\s*<([^@>]+)@/im;

/** A mail server that can go away and come back; what arrived stays counted. */
export class MailServer {
  readonly #arrivedBefore: Buffer[] = [];
  #server: TestSmtpServer;
  readonly #port: number;

  private constructor(server: TestSmtpServer) {
    this.#server = server;
    this.#port = server.port;
  }

  static async start(): Promise<MailServer> {
    return new MailServer(await TestSmtpServer.start());
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  async stop(): Promise<void> {
    await this.#server.close();
    this.#arrivedBefore.push(...this.#server.arrived.splice(0));
  }

  async restart(): Promise<void> {
    this.#server = new TestSmtpServer();
    await this.#server.listen(this.#port);
  }

  /** The number of arrivals of each mail, by its id in the log. */
  arrivals(): ReadonlyMap<string, number> {
    const arrivals = new Map<string, number>();
    for (const mail of [...this.#arrivedBefore, ...this.#server.arrived]) {
      const id = MESSAGE_ID.exec(mail.toString('utf8'))?.[1] ?? 'none';
      arrivals.set(id, (arrivals.get(id) ?? 0) + 1);
    }
    return arrivals;
  }
}
