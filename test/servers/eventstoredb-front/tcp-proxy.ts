import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The network between a client and a server on this machine, with a switch. */
export class TcpProxy {
  readonly #sockets = new Set<Socket>();
  readonly #target: number;
  #server: Server | undefined;
  #port = 0;
  #isSilent = false;

  constructor(target: number) {
    this.#target = target;
  }

  get port(): number {
    return this.#port;
  }

  async accept(): Promise<void> {
    this.#isSilent = false;
    this.#server = createServer((client) => this.#join(client));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** As if the server were gone: open connections break, new ones are refused. */
  async refuse(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    const closed = server && new Promise((resolve) => server.close(resolve));
    this.drop();
    await closed;
  }

  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** What the server says from now on never arrives on the connections that stand. */
  mute(): void {
    this.#isSilent = true;
  }

  unmute(): void {
    this.#isSilent = false;
  }

  #join(client: Socket): void {
    const server = connect(this.#target, '127.0.0.1');
    for (const [from, to] of [[client, server], [server, client]] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (bytes) => {
        if (from === server && this.#isSilent) return;
        if (!to.write(bytes)) from.pause();
      });
      to.on('drain', () => from.resume());
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }
}
