import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The network between a client and a server on this machine, with a switch. */
export class TcpProxy {
  readonly #sockets = new Set<Socket>();
  readonly #target: number;
  #server: Server | undefined;
  #port = 0;
  #closed: Promise<void> = Promise.resolve();
  readonly #servers = new Set<Socket>();
  #isHeld = false;

  constructor(target: number, port = 0) {
    this.#target = target;
    this.#port = port;
  }

  get port(): number {
    return this.#port;
  }

  async accept(): Promise<void> {
    this.#server = createServer((client) => this.#join(client));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** As if the server were gone: open connections break, new ones are refused. */
  async refuse(): Promise<void> {
    this.refuseNew();
    this.drop();
    await this.#closed;
  }

  refuseNew(): void {
    const server = this.#server;
    this.#server = undefined;
    if (server !== undefined) this.#closed = new Promise((resolve) => server.close(() => resolve()));
  }

  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Holds the server's replies back until `release`. */
  hold(): void {
    this.#isHeld = true;
    for (const socket of this.#servers) socket.pause();
  }

  release(): void {
    this.#isHeld = false;
    for (const socket of this.#servers) socket.resume();
  }

  #join(client: Socket): void {
    const server = connect(this.#target, '127.0.0.1');
    this.#servers.add(server);
    if (this.#isHeld) server.pause();
    for (const [from, to] of [[client, server], [server, client]] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (bytes) => {
        if (!to.write(bytes)) from.pause();
      });
      to.on('drain', () => {
        if (from === client || !this.#isHeld) from.resume();
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        this.#servers.delete(from);
        to.destroy();
      });
    }
  }
}
