import type { LogSource } from '../../log-copy/export-log.js';
import type { FileStore, ListedFile } from '../../ports/file-store.js';

export interface OrphanSearch {
  readonly files: FileStore;
  /** Opened after the files were listed, so that it has the events of all of them. */
  readonly openLog: () => Promise<Pick<LogSource, 'readAll'>>;
  readonly signal: AbortSignal;
  readonly onProgress: (events: number) => void;
}

/** The folders that the program writes to: others may keep things of their own in a bucket. */
export const searchedFolders = ['avatars', 'icons', 'invoices', 'lesson-documents', 'lesson-videos', 'lessons', 'logos', 'modules', 'thumbnails', 'trailers'] as const;

const isOurs = (key: string): boolean => searchedFolders.some((folder) => key.startsWith(`${folder}/`));

const TELL_EVERY = 100_000;
const INVOICE = 'invoice-';
const PRINTS = 'invoices/';
const SERVED = '/files/';

/** Files by key, without those that events name. */
class Unnamed {
  readonly #files = new Map<string, ListedFile>();
  /** Prints of an invoice: made when they are asked for, named by its id alone. */
  readonly #prints = new Map<string, string[]>();

  add(file: ListedFile): void {
    this.#files.set(file.key, file);
    if (!file.key.startsWith(PRINTS)) return;
    const invoiceId = file.key.slice(PRINTS.length).split('/')[0] ?? '';
    this.#prints.set(invoiceId, [...(this.#prints.get(invoiceId) ?? []), file.key]);
  }

  /** Takes away what an event names, by key or by address. */
  see(stream: string, data: unknown): void {
    if (stream.startsWith(INVOICE)) for (const key of this.#prints.get(stream.slice(INVOICE.length)) ?? []) this.#files.delete(key);
    this.#seeValue(data);
  }

  get rest(): readonly ListedFile[] {
    return [...this.#files.values()];
  }

  #seeValue(value: unknown): void {
    if (typeof value === 'string') {
      this.#files.delete(value);
      const served = value.lastIndexOf(SERVED);
      if (served !== -1) this.#files.delete(value.slice(served + SERVED.length));
    } else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) this.#seeValue(part);
    }
  }
}

/** The files that no event names: of uploads whose request was never finished, or of an import that did not bring its events. */
export const findOrphans = async ({ files, openLog, signal, onProgress }: OrphanSearch): Promise<readonly ListedFile[]> => {
  const unnamed = new Unnamed();
  for await (const file of files.list()) {
    signal.throwIfAborted();
    if (isOurs(file.key)) unnamed.add(file);
  }
  let events = 0;
  for await (const { stream, data } of (await openLog()).readAll()) {
    signal.throwIfAborted();
    unnamed.see(stream, data);
    events += 1;
    if (events % TELL_EVERY === 0) onProgress(events);
  }
  return unnamed.rest;
};
