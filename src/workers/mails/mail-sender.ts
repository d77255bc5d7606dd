import { setMaxListeners } from 'node:events';
import type { DomainEvent } from '../../domain/events.js';
import { recentHead, type EventStore, type RecordedEvent } from '../../ports/event-store.js';
import type { ProjectionProgress } from '../../ports/projection-progress.js';
import type { ReadModels } from '../../ports/read-models.js';
import type { ProjectionName } from '../../projections/index.js';
import { retrying } from '../../primitives/retrying.js';
import { attemptLapsesAt } from '../../domain/mail/decider.js';
import { dueMails, mailsDueBetween, nextMailDueAfter } from '../../projections/mails/queries.js';
import { InterruptibleWait } from '../loops/interruptible-wait.js';
import { MailQueue } from './mail-queue.js';
import { sendMail, type DueMail, type SendMailServices } from './send-mail.js';

export interface MailSenderServices extends Omit<SendMailServices, 'aloneSince'> {
  readonly store: EventStore<DomainEvent>;
  readonly readModels: ReadModels;
  readonly progress: ProjectionProgress;
  readonly onFailure: (worker: string, error: unknown, retryInMs: number) => void;
}

const NAME = 'mail-sender';
const READS: readonly ProjectionName[] = ['mails'];
const AT_ONCE = 10;
const MOST_QUEUED = 2_000;
const READ_MODEL_TIMEOUT_MS = 2_000;
const RETRY_MS = 1_000;
/** The longest wait, also with nothing due: a read model that lags must not delay a mail for ever. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Sends the mails that are due, then sleeps until the next one is. Those that are requested meanwhile are taken from the log as they
 * come; the read model says which others may be due. The mail's own stream decides. Runs until the signal aborts.
 */
export const runMailSender = async (services: MailSenderServices, signal: AbortSignal): Promise<void> => {
  setMaxListeners(0, signal);
  const sender = new MailSender(services, signal);
  await Promise.all([sender.send(), sender.watch()]);
};

class MailSender {
  readonly #services: MailSenderServices & SendMailServices;
  /** Set until the attempts that a killed process left have been looked for. */
  #leftSince: string | null;
  readonly #signal: AbortSignal;
  readonly #wakeUp = new InterruptibleWait();
  readonly #queue = new MailQueue(MOST_QUEUED);
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(services: MailSenderServices, signal: AbortSignal) {
    const aloneSince = services.store.shared ? null : services.clock.now().toISOString();
    this.#services = { ...services, aloneSince };
    this.#leftSince = aloneSince;
    this.#signal = signal;
  }

  async send(): Promise<void> {
    await this.#repeat(async () => {
      await this.#look();
      await this.#wakeUp.wait(this.#services.clock, await this.#nextTime(), this.#signal);
    });
    await Promise.all(this.#underWay.values());
  }

  async watch(): Promise<void> {
    const { store } = this.#services;
    await this.#repeat(async () => {
      const after = await store.head();
      // What was requested before is found by looking.
      this.#wakeUp.call();
      for await (const { events } of store.subscribe({ after, categories: ['mail'], signal: this.#signal })) {
        if (this.#signal.aborted) return;
        events.forEach((event) => this.#hear(event));
      }
      throw new Error('the subscription ended');
    });
  }

  async #repeat(step: () => Promise<void>): Promise<void> {
    const { clock, onFailure } = this.#services;
    const failed = (error: unknown, retryInMs: number): void => onFailure(NAME, error, retryInMs);
    while (!this.#signal.aborted) await retrying({ clock, signal: this.#signal, firstMs: RETRY_MS, onFailure: failed }, step);
  }

  #hear({ type, data, metadata: { correlationId } }: RecordedEvent<DomainEvent>): void {
    if (type === 'MailRequested') this.#take({ id: data.mailId, requestedAt: data.requestedAt, correlationId });
    else if (type === 'MailResendRequested') this.#wakeUp.call();
  }

  #take(mail: DueMail): void {
    if (this.#underWay.has(mail.id)) return;
    this.#queue.add(mail);
    this.#start();
  }

  #start(): void {
    const { atOnce = AT_ONCE } = this.#services.mailer;
    while (this.#underWay.size < atOnce && !this.#signal.aborted) {
      const mail = this.#queue.next();
      if (mail === undefined) break;
      this.#underWay.set(mail.id, this.#attempt(mail));
    }
    if (this.#queue.isEmpty && this.#queue.isShort) this.#wakeUp.call();
  }

  async #look(): Promise<void> {
    const { store, readModels, progress, clock } = this.#services;
    const isLevel = await progress.waitFor(await recentHead(store), READ_MODEL_TIMEOUT_MS, READS);
    if (isLevel && this.#leftSince !== null) await this.#takeUpLeft(this.#leftSince);
    const due = await dueMails(readModels, clock.now().toISOString(), MOST_QUEUED);
    this.#queue.looked(due.length < MOST_QUEUED);
    due.forEach((mail) => this.#take(mail));
  }

  /** One process alone has the log: attempts of its earlier life are over and need not lapse first. */
  async #takeUpLeft(since: string): Promise<void> {
    const { readModels, clock } = this.#services;
    for (const mail of await mailsDueBetween(readModels, clock.now().toISOString(), attemptLapsesAt(since))) {
      if (!this.#underWay.has(mail.id)) await sendMail(this.#services, mail, this.#signal);
    }
    this.#leftSince = null;
  }

  /** Once the attempt is over its place is free for the next mail. One that is still to be sent has a new time. */
  async #attempt(mail: DueMail): Promise<void> {
    let isLeft = true;
    try {
      const attempted = await sendMail(this.#services, mail, this.#signal);
      isLeft = attempted !== 'ended';
      // A mail that seemed due and was not: the read model is behind. The place is kept for a moment.
      if (attempted === 'not-due') await this.#pause();
    } catch (error) {
      if (!this.#signal.aborted) this.#services.onFailure(NAME, error, RETRY_MS);
      await this.#pause();
    } finally {
      this.#underWay.delete(mail.id);
      if (isLeft) this.#wakeUp.call();
      this.#start();
    }
  }

  async #nextTime(): Promise<Date> {
    const { readModels, clock } = this.#services;
    const now = clock.now();
    const latest = now.getTime() + LONGEST_WAIT_MS;
    const next = await nextMailDueAfter(readModels, now.toISOString());
    return new Date(next === undefined ? latest : Math.min(Date.parse(next), latest));
  }

  #pause(): Promise<void> {
    return this.#services.clock.after(RETRY_MS, this.#signal);
  }
}
