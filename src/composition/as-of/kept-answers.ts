import type { Moment, PastAnswer, PastRequest } from '../../http/shared/past-answers.js';
import { RecentlyUsed } from '../../primitives/recently-used.js';

type Answered = Extract<PastAnswer, { kind: 'answered' }>;

interface Kept {
  readonly answer: Answered;
  readonly until: number;
}

const BYTES = 2 * 1_048_576;
/** Larger ones are made again: few fit, and to make them takes longer than to ask for them. */
const LARGEST_BYTES = 131_072;
/** Of an entry with its key and its headers. */
const ENTRY_BYTES = 2_048;
/** What an answer says of things outside the log, such as an address of a file that holds for a while, is this old at most. */
const KEPT_MS = 60_000;

const isOwn = ([name]: readonly [string, unknown]): boolean => name !== 'x-request-id';

/** Everything that an answer depends on, beside the moment's read models. */
const keyOf = ({ at }: Moment, { method, url, identity, headers }: PastRequest): string =>
  JSON.stringify([at.getTime(), method, url, identity, Object.entries(headers).filter(isOwn)]);

/** Answers of a moment, which stay what they are: the same question of the same caller need not be answered again. */
export class KeptAnswers {
  readonly #answers = new RecentlyUsed<Kept>(BYTES, ({ answer }, key) => ENTRY_BYTES + key.length + answer.body.length);

  find(moment: Moment, request: PastRequest, now: Date): Answered | undefined {
    const kept = this.#answers.get(keyOf(moment, request));
    return kept !== undefined && kept.until > now.getTime() ? kept.answer : undefined;
  }

  keep(moment: Moment, request: PastRequest, answer: Answered, now: Date): void {
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    if (answer.status !== 200 || !isJson || answer.body.length > LARGEST_BYTES) return;
    this.#answers.set(keyOf(moment, request), { answer, until: now.getTime() + KEPT_MS });
  }
}
