import { setMaxListeners } from 'node:events';
import type { DomainEvent } from '../../domain/events.js';
import { recentHead, type EventStore } from '../../ports/event-store.js';
import type { ProjectionProgress } from '../../ports/projection-progress.js';
import type { ReadModels } from '../../ports/read-models.js';
import type { ProjectionName } from '../../projections/index.js';
import { retrying } from '../../primitives/retrying.js';
import type { MailDocument } from '../../projections/mails/document.js';
import { attemptLapsesAt } from '../../domain/mail/decider.js';
import { dueMails, mailsDueBetween, nextMailDueAfter } from '../../projections/mails/queries.js';
import { InterruptibleWait } from '../loops/interruptible-wait.js';
import { sendMail, type SendMailServices } from './send-mail.js';

export interface MailSenderServices extends Omit<SendMailServices, 'aloneSince'> {
  readonly store: EventStore<DomainEvent>;
  readonly readModels: ReadModels;
  readonly progress: ProjectionProgress;
  readonly onFailure: (worker: string, error: unknown, retryInMs: number) => void;
}

const NAME = 'mail-sender';
const READS: readonly ProjectionName[] = ['mails'];
const AT_A_TIME = 10;
const READ_MODEL_TIMEOUT_MS = 2_000;
const RETRY_MS = 1_000;
const BEGINNINGS: ReadonlySet<DomainEvent['type']> = new Set(['MailRequested', 'MailResendRequested']);
/** The longest wait, also with nothing due: a read model that lags must not delay a mail for ever. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Sends the mails that are due, then sleeps until the next one is, or until one is requested. The read model says which may be
 * due; the mail's own stream decides. Runs until the signal aborts.
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
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(services: MailSenderServices, signal: AbortSignal) {
    const aloneSince = services.store.shared ? null : services.clock.now().toISOString();
    this.#services = { ...services, aloneSince };
    this.#leftSince = aloneSince;
    this.#signal = signal;
  }

  async send(): Promise<void> {
    await this.#repeat(async () => {
      await this.#startDue();
      await this.#wakeUp.wait(this.#services.clock, await this.#nextTime(), this.#signal);
    });
    await Promise.all(this.#underWay.values());
  }

  async watch(): Promise<void> {
    const { store } = this.#services;
    await this.#repeat(async () => {
      const after = await recentHead(store);
      // Mails may have been requested before the watch began.
      this.#wakeUp.call();
      for await (const { events } of store.subscribe({ after, categories: ['mail'], signal: this.#signal })) {
        if (events.some(({ type }) => BEGINNINGS.has(type))) this.#wakeUp.call();
      }
      throw new Error('the subscription ended');
    });
  }

  async #repeat(step: () => Promise<void>): Promise<void> {
    const { clock, onFailure } = this.#services;
    const failed = (error: unknown, retryInMs: number): void => onFailure(NAME, error, retryInMs);
    while (!this.#signal.aborted) await retrying({ clock, signal: this.#signal, firstMs: RETRY_MS, onFailure: failed }, step);
  }

  async #startDue(): Promise<void> {
    const { store, readModels, progress, clock } = this.#services;
    const isLevel = await progress.waitFor(await recentHead(store), READ_MODEL_TIMEOUT_MS, READS);
    if (isLevel && this.#leftSince !== null) await this.#takeUpLeft(this.#leftSince);
    const due = await dueMails(readModels, clock.now().toISOString(), AT_A_TIME + this.#underWay.size);
    for (const mail of due) {
      if (this.#signal.aborted || this.#underWay.size >= AT_A_TIME) return;
      if (!this.#underWay.has(mail.id)) this.#underWay.set(mail.id, this.#attempt(mail));
    }
  }

  /** One process alone has the log: attempts of its earlier life are over and need not lapse first. */
  async #takeUpLeft(since: string): Promise<void> {
    const { readModels, clock } = this.#services;
    for (const mail of await mailsDueBetween(readModels, clock.now().toISOString(), attemptLapsesAt(since))) {
      if (!this.#underWay.has(mail.id)) await sendMail(this.#services, mail, this.#signal);
    }
    this.#leftSince = null;
  }

  /** Once the attempt is over its place is free, and the next mail is looked for. */
  async #attempt(mail: MailDocument): Promise<void> {
    try {
      // A mail that seemed due and was not: the read model is behind. The place is kept for a moment.
      if (!(await sendMail(this.#services, mail, this.#signal))) await this.#pause();
    } catch (error) {
      if (!this.#signal.aborted) this.#services.onFailure(NAME, error, RETRY_MS);
      await this.#pause();
    } finally {
      this.#underWay.delete(mail.id);
      this.#wakeUp.call();
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
