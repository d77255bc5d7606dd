import { connect, type Socket } from 'node:net';

/**
 * A client that costs little: on two cores the usual load generators, which parse each answer in JavaScript, are slower
 * than the servers, and the figure would be theirs.
 */
export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly milliseconds: number;
  /** The next request, to the last byte. */
  readonly request: () => string;
  /** Told of each answer: its status, and the milliseconds from the request to its last byte. */
  readonly onAnswer?: (status: number, milliseconds: number) => void;
}

const HEADERS_END = '\r\n\r\n';

/** How long the answer at the start of the bytes is; undefined while its end has not come. */
const lengthOfAnswer = (bytes: Buffer): number | undefined => {
  const headersEnd = bytes.indexOf(HEADERS_END);
  if (headersEnd === -1) return undefined;
  const headers = bytes.toString('latin1', 0, headersEnd);
  if (headers.charAt(9) !== '2') throw new Error(bytes.toString());
  const length = /content-length: (\d+)/i.exec(headers)?.[1];
  if (length === undefined) throw new Error(`no content-length: ${headers}`);
  const end = headersEnd + HEADERS_END.length + Number(length);
  return bytes.length < end ? undefined : end;
};

/** One connection: its next request goes out when the answer to the last one is whole. */
const converse = (port: number, { request, onAnswer }: Load, until: number): Promise<number> =>
  new Promise((resolve, reject) => {
    let answers = 0;
    let received: Buffer | undefined;
    let asked = 0;
    const socket: Socket = connect({ port, noDelay: true });
    const ask = (): void => {
      asked = performance.now();
      socket.write(request());
    };
    socket.on('connect', ask);
    socket.on('data', (chunk: Buffer) => {
      try {
        const bytes = received === undefined ? chunk : Buffer.concat([received, chunk]);
        const length = lengthOfAnswer(bytes);
        received = length === undefined ? bytes : undefined;
        if (length === undefined) return;
        if (length !== bytes.length) throw new Error('an answer that nobody asked for');
        onAnswer?.(Number(bytes.toString('latin1', 9, 12)), performance.now() - asked);
      } catch (error) {
        socket.destroy();
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      answers += 1;
      if (performance.now() < until) ask();
      else socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answers));
  });

/** Answers a second. Rejects at the first that is not a success. */
export const load = async (asked: Load): Promise<number> => {
  const { url, connections, milliseconds } = asked;
  const begin = performance.now();
  const port = Number(new URL(url).port);
  const counts = await Promise.all(Array.from({ length: connections }, () => converse(port, asked, begin + milliseconds)));
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - begin) / 1_000);
};
