/** An answer as it went out: a repeat of the request gets it again. */
export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ReceivedRequest {
  /** Of the caller and the Idempotency-Key. */
  readonly id: string;
  /** SHA-256 of method, path and body. */
  readonly fingerprint: string;
  /** Null where nobody was logged in. */
  readonly accountId: string | null;
  readonly receivedAt: Date;
}

export interface EarlierRequest {
  readonly fingerprint: string;
  /** Null while it is under way, or when the process died before it answered. */
  readonly answer: RecordedAnswer | null;
}

/** How long a request is remembered. */
export const ANSWERS_KEPT_MS = 24 * 60 * 60_000;

/**
 * What requests with an Idempotency-Key were answered. Answers hold personal data, so they stand beside the log and not
 * in it, for a day. Losing one does no harm: the repeat is carried out again, and its command ids make it change nothing.
 *
 * Rejects with RecordedAnswersUnavailable where the place can't be reached.
 */
export interface RecordedAnswers {
  /** Records that the request came; null when it is the first within ANSWERS_KEPT_MS. Of several at once one is the first. */
  receive(request: ReceivedRequest): Promise<EarlierRequest | null>;
  /** The first answer stays. Does nothing where the request was forgotten meanwhile. */
  record(id: string, answer: RecordedAnswer): Promise<void>;
  /** Forgets the request while it has no answer, as if it had never come. */
  release(id: string): Promise<void>;
  /** Forgets what was answered to this account, and every answer that names it. */
  forget(accountId: string): Promise<void>;
  /** Forgets what is older than ANSWERS_KEPT_MS now. */
  sweep(now: Date): Promise<void>;
}

export class RecordedAnswersUnavailable extends Error {
  override readonly name = 'RecordedAnswersUnavailable';
}
