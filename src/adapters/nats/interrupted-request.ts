/** The connection was lost since the last events: the server may have lost them, too. */
export class BusInterrupted extends Error {
  override readonly name = 'BusInterrupted';
}

/** Requests under way when a connection is lost are never answered. */
export const unlessLost = async <Answer>(lost: AbortSignal, answer: Promise<Answer>): Promise<Answer> => {
  let stop = (): void => undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    const fail = (): void => reject(new BusInterrupted('the connection was lost'));
    lost.addEventListener('abort', fail);
    stop = () => lost.removeEventListener('abort', fail);
  });
  try {
    return await Promise.race([answer, interrupted]);
  } finally {
    stop();
  }
};
