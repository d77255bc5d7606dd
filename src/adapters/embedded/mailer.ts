import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createTransport } from 'nodemailer';
import type { Mailer, MailMessage, MailOutcome } from '../../ports/mailer.js';
import { mailDomainOf } from '../../primitives/mail-domain.js';
import { writeWholeFile } from './whole-file.js';

export interface OutboxMailerOptions {
  readonly folder: string;
  /** `Registrar <no-reply@example.com>` */
  readonly from: string;
}

const SAFE_ID = /^[A-Za-z0-9_-]{1,100}$/;

const fileName = ({ id, date }: MailMessage): string =>
  `${new Date(date).toISOString().replaceAll(/[-:.]/g, '')}-${id}.eml`;

// Letters only: a search for a code in the raw file must not hit a boundary.
const boundary = (id: string): string => id.replaceAll(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));

// Prints mails and sends none.
const composer = createTransport({ streamTransport: true, buffer: true });

/** Writes every mail as a file `<date>-<id>.eml`, which any mail program opens. */
export class OutboxMailer implements Mailer {
  readonly repeatable = true;
  readonly atOnce = 200;
  readonly #folder: string;
  readonly #from: string;
  #made: Promise<unknown> | undefined;

  constructor({ folder, from }: OutboxMailerOptions) {
    this.#folder = folder;
    this.#from = from;
  }

  async send(message: MailMessage): Promise<MailOutcome> {
    if (!SAFE_ID.test(message.id)) return { outcome: 'failed', reason: `not an id: ${message.id}`, permanent: true };
    try {
      const content = await this.#compose(message);
      this.#made ??= mkdir(this.#folder, { recursive: true });
      await this.#made;
      await writeWholeFile(join(this.#folder, fileName(message)), content);
      return { outcome: 'sent' };
    } catch (error) {
      // It may have been removed meanwhile.
      this.#made = undefined;
      return { outcome: 'failed', reason: error instanceof Error ? error.message : String(error), permanent: false };
    }
  }

  async check(): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true });
      await access(this.#folder, constants.W_OK | constants.X_OK);
    } catch (error) {
      throw new Error(`mails can't be written to ${this.#folder}`, { cause: error });
    }
  }

  async close(): Promise<void> {}

  async #compose({ id, to, subject, text, html, date }: MailMessage): Promise<Buffer> {
    const { message } = await composer.sendMail({
      from: this.#from,
      to,
      subject,
      text,
      html,
      date: new Date(date),
      messageId: `<${id}@${mailDomainOf(this.#from)}>`,
      textEncoding: 'quoted-printable',
      baseBoundary: boundary(id),
    });
    return Buffer.isBuffer(message) ? message : buffer(message);
  }
}
