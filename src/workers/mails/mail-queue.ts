import type { DueMail } from './send-mail.js';

/** Mails that seem due, each once, in the order in which they came; more than the limit are looked for again later. */
export class MailQueue {
  readonly #most: number;
  readonly #waiting = new Map<string, DueMail>();
  #isShort = false;

  constructor(most: number) {
    this.#most = most;
  }

  /** There may be due mails that did not fit. */
  get isShort(): boolean {
    return this.#isShort;
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  add(mail: DueMail): void {
    if (this.#waiting.has(mail.id)) return;
    if (this.#waiting.size >= this.#most) this.#isShort = true;
    else this.#waiting.set(mail.id, mail);
  }

  next(): DueMail | undefined {
    for (const [id, mail] of this.#waiting) {
      this.#waiting.delete(id);
      return mail;
    }
    return undefined;
  }

  /** What did not fit is being looked for. */
  looked(isAll: boolean): void {
    this.#isShort = !isAll;
  }
}
