import type { Collection, Db } from 'mongodb';
import {
  ANSWERS_KEPT_MS,
  RecordedAnswersUnavailable,
  type EarlierRequest,
  type ReceivedRequest,
  type RecordedAnswer,
  type RecordedAnswers,
} from '../../ports/recorded-answers.js';
import { isDuplicateKey } from './leases.js';
import { reaching } from './unavailable.js';

interface AnswerDocument extends EarlierRequest {
  readonly _id: string;
  readonly accountId: string | null;
  readonly receivedAt: Date;
}

const expiredBy = (now: Date) => ({ receivedAt: { $lte: new Date(now.getTime() - ANSWERS_KEPT_MS) } });

/**
 * Acknowledged by the primary alone: requests whose answers a fail-over loses are answered again. The server removes expired
 * documents.
 */
export class MongoRecordedAnswers implements RecordedAnswers {
  readonly #answers: Collection<AnswerDocument>;

  private constructor(database: Db) {
    this.#answers = database.collection<AnswerDocument>('answers', {
      writeConcern: { w: 1 },
      readConcern: { level: 'local' },
      readPreference: 'primary',
    });
  }

  static async open(database: Db): Promise<MongoRecordedAnswers> {
    const answers = new MongoRecordedAnswers(database);
    const expiry = { expireAfterSeconds: ANSWERS_KEPT_MS / 1_000 };
    await answers.#reach(() => answers.#answers.createIndex({ receivedAt: 1 }, expiry));
    return answers;
  }

  async receive({ id, fingerprint, accountId, receivedAt }: ReceivedRequest): Promise<EarlierRequest | null> {
    const request = { fingerprint, accountId, receivedAt, answer: null };
    return this.#reach(async () => {
      try {
        // A document that exists and has not expired makes the upsert fail on its id.
        await this.#answers.replaceOne({ _id: id, ...expiredBy(receivedAt) }, request, { upsert: true });
        return null;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      return this.#answers.findOne({ _id: id });
    });
  }

  async record(id: string, answer: RecordedAnswer): Promise<void> {
    await this.#reach(() => this.#answers.updateOne({ _id: id, answer: null }, { $set: { answer } }));
  }

  async release(id: string): Promise<void> {
    await this.#reach(() => this.#answers.deleteOne({ _id: id, answer: null }));
  }

  async forget(accountId: string): Promise<void> {
    const names = accountId.replaceAll(/[^A-Za-z0-9]/g, String.raw`\$&`);
    await this.#reach(() => this.#answers.deleteMany({ $or: [{ accountId }, { 'answer.body': { $regex: names } }] }));
  }

  async sweep(now: Date): Promise<void> {
    await this.#reach(() => this.#answers.deleteMany(expiredBy(now)));
  }

  #reach<Result>(action: () => Promise<Result>): Promise<Result> {
    return reaching(action, RecordedAnswersUnavailable);
  }
}
