import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Mailer, MailMessage, MailOutcome } from '../../ports/mailer.js';
import { mailDomainOf } from '../../primitives/mail-domain.js';
import { outcomeOfFailure } from './smtp-outcome.js';

export interface SmtpMailerOptions {
  /**
   * `smtp://` (STARTTLS where the server offers it; required once there are credentials) or `smtps://`, with user and password in
   * front of the host. Nodemailer's options may follow as a query: `?requireTLS=true&maxConnections=2`.
   */
  readonly url: string;
  readonly from: string;
  readonly timeouts?: Partial<SmtpTimeouts>;
}

export interface SmtpTimeouts {
  readonly connectMs: number;
  readonly silenceMs: number;
  /** The limit for one mail, its wait for a connection included; shorter than the caller's own limit. */
  readonly sendMs: number;
}

const TIMEOUTS: SmtpTimeouts = { connectMs: 10_000, silenceMs: 30_000, sendMs: 40_000 };

const hasCredentials = (url: string): boolean => new URL(url).username !== '';

export class SmtpMailer implements Mailer {
  readonly #from: string;
  readonly #domain: string;
  readonly #timeouts: SmtpTimeouts;
  readonly #transport;
  /** The bodies of mails under way, by message id: a body that was read to its end was handed over. */
  readonly #bodies = new Map<string, Readable>();

  constructor({ url, from, timeouts }: SmtpMailerOptions) {
    this.#from = from;
    this.#domain = mailDomainOf(from);
    this.#timeouts = { ...TIMEOUTS, ...timeouts };
    this.#transport = createTransport({
      pool: true,
      requireTLS: hasCredentials(url),
      connectionTimeout: this.#timeouts.connectMs,
      greetingTimeout: this.#timeouts.connectMs,
      dnsTimeout: this.#timeouts.connectMs,
      socketTimeout: this.#timeouts.silenceMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      url,
    });
    // The mail that a failing connection carried fails, too.
    this.#transport.on('error', () => undefined);
    this.#transport.use('stream', ({ message, data }, done) => {
      message.processFunc((body) => {
        if (typeof data.messageId === 'string') this.#bodies.set(data.messageId, body);
        return body;
      });
      done();
    });
  }

  async send({ id, to, subject, text, html, date }: MailMessage): Promise<MailOutcome> {
    const messageId = `<${id}@${this.#domain}>`;
    const signal = AbortSignal.timeout(this.#timeouts.sendMs);
    try {
      const content = { subject, text, html, date: new Date(date), textEncoding: 'quoted-printable' as const };
      await this.#transport.sendMail({ from: this.#from, to, ...content, messageId, signal });
      return { outcome: 'sent' };
    } catch (error) {
      return outcomeOfFailure(error, this.#bodies.get(messageId)?.readableEnded === true);
    } finally {
      this.#bodies.delete(messageId);
    }
  }

  async check(): Promise<void> {
    try {
      await this.#transport.verify();
    } catch (error) {
      throw new Error(`mails can't be handed over: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    this.#transport.close();
  }
}
