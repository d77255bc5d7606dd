export interface MailMessage {
  /** The same id is the same mail: an adapter that can (files) makes a repeat harmless. */
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly date: string;
}

/** unknown: handed over, but the answer was lost; it may have been sent. */
export type MailOutcome =
  | Readonly<{ outcome: 'sent' }>
  | Readonly<{ outcome: 'failed'; reason: string; permanent: boolean }>
  | Readonly<{ outcome: 'unknown'; reason: string }>;

export interface Mailer {
  /** True: a mail that is handed over again, with its id, arrives once. */
  readonly repeatable?: boolean;
  /** How many mails it can be given at once (default 10): more would wait for their turn, and the time of each runs. */
  readonly atOnce?: number;
  send(message: MailMessage): Promise<MailOutcome>;
  /** Throws with the reason when mails can't be handed over now. */
  check(): Promise<void>;
  close(): Promise<void>;
}
