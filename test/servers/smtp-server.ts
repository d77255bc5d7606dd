import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** The fate of a mail once its content has arrived. `silence` and `hang-up` leave the sender without an answer. */
export type Reply = 'accept' | 'silence' | 'hang-up' | number;

/** A mail server of a test, on loopback. Mails that arrived whole are kept, answered or not. */
export class TestSmtpServer {
  readonly arrived: Buffer[] = [];
  reply: Reply = 'accept';
  /** Answers to RCPT TO. */
  replyToRecipient: 'accept' | number = 'accept';
  /** Hangs up in the middle of a mail. */
  hangUpAfterBytes = Number.POSITIVE_INFINITY;
  connections = 0;
  readonly #server: SMTPServer;
  readonly #sockets = new Set<Socket>();

  constructor(options: SMTPServerOptions = {}) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: options.secure === true || options.key !== undefined ? [] : ['STARTTLS'],
      closeTimeout: 100,
      ...options,
      onAuth: ({ username, password }, _session, done) =>
        username === 'registrar' && password === 'p@ss' ? done(null, { user: username }) : done(new Error('no')),
      onRcptTo: (_address, _session, done) => done(this.replyToRecipient === 'accept' ? null : refusal(this.replyToRecipient)),
      onData: (stream, _session, done) => {
        let bytes = 0;
        stream.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > this.hangUpAfterBytes) this.hangUp();
        });
        void buffer(stream).then(
          (mail) => this.#received(mail, done),
          () => undefined,
        );
      },
    });
    this.#server.on('error', () => undefined);
    this.#server.server.on('connection', (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(options?: SMTPServerOptions): Promise<TestSmtpServer> {
    const server = new TestSmtpServer(options);
    await server.listen();
    return server;
  }

  async listen(port = 0): Promise<void> {
    const listening = once(this.#server.server, 'listening');
    this.#server.listen(port, '127.0.0.1');
    await listening;
  }

  get port(): number {
    const address: AddressInfo | string | null = this.#server.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  hangUp(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.hangUp();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #received(mail: Buffer, done: (error?: Error | null) => void): void {
    this.arrived.push(mail);
    if (this.reply === 'accept') done();
    else if (this.reply === 'hang-up') this.hangUp();
    else if (this.reply !== 'silence') done(refusal(this.reply));
  }
}

const refusal = (responseCode: number): Error => Object.assign(new Error('refused'), { responseCode });
