import type { Binary, ClientSession, MongoClient, TransactionOptions } from 'mongodb';

const DURABLE: TransactionOptions = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
  readPreference: 'primary',
};

/**
 * The one session in which the projector of this process commits, one transaction after another. Its id stands in the
 * tenure: who takes over ends the transaction of an owner that died in the middle of it, which would else keep its
 * documents locked for a minute.
 */
export class CommitSession {
  readonly #session: ClientSession;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: MongoClient) {
    this.#session = client.startSession();
  }

  get id(): Binary | undefined {
    return this.#session.id?.id;
  }

  transaction(action: (session: ClientSession) => Promise<void>): Promise<void> {
    const turn = this.#last.then(() => this.#session.withTransaction(action, DURABLE));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async end(): Promise<void> {
    await this.#session.endSession();
  }
}
