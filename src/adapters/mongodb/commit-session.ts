import type { Binary, ClientSession, MongoClient, TransactionOptions } from 'mongodb';

const DURABLE: TransactionOptions = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
  readPreference: 'primary',
};

/**
 * The one session in which the projector of this process commits. Its id is part of the tenure: a new owner ends the transaction
 * of an owner that died in the middle of it; its documents would stay locked for a minute otherwise.
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
