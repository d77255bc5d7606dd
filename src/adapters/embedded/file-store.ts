import { randomUUID } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { assertFileKey, FileStoreUnavailable, FileTooLarge, type FilePart, type FileStore, type ListedFile, type PutOptions, type StoredFile } from '../../ports/file-store.js';
import { moveInto, writeWholeFile } from './whole-file.js';

/** A file in `entries/`: replacing this small file replaces the stored file. */
interface Entry {
  readonly contentType: string;
  readonly disposition?: string;
  readonly size: number;
  readonly content: string;
}

const MAX_REPLACED_WHILE_READ = 10;
const LEFT_OVER_AFTER_MS = 3_600_000;

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const unlessMissing = (error: unknown): null => {
  if (isMissing(error)) return null;
  throw error;
};

/** Removes what a killed process was receiving. Young files stay: another process may be receiving them. */
const removeLeftOvers = async (incoming: string): Promise<void> => {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const modified = await stat(path).then(({ mtimeMs }) => mtimeMs, unlessMissing);
    if (modified !== null && modified < Date.now() - LEFT_OVER_AFTER_MS) await rm(path, { force: true });
  }
};

const counting = (maxBytes: number, counted: (size: number) => void): Transform => {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      counted(size);
      done(size > maxBytes ? new FileTooLarge(`more than ${maxBytes} bytes`) : null, chunk);
    },
  });
};

/** The content has a name of its own with each put. */
const storedAs = (key: string, { contentType, disposition, size, content }: Entry): StoredFile => ({
  key,
  contentType,
  ...(disposition === undefined ? {} : { disposition }),
  size,
  etag: `"${content}"`,
});

/**
 * Files on disk: `content/<uuid>` holds the bytes, `entries/<key>` names the content of a key and its type. A crash leaves at
 * most content that no entry names, never half a file.
 */
export class DiskFileStore implements FileStore {
  readonly #folder: string;
  #replacing: Promise<void> = Promise.resolve();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<DiskFileStore> {
    for (const part of ['incoming', 'content', 'entries']) await mkdir(join(folder, part), { recursive: true });
    await removeLeftOvers(join(folder, 'incoming'));
    return new DiskFileStore(folder);
  }

  async put(key: string, content: Readable | Uint8Array, { contentType, disposition, maxBytes = Number.POSITIVE_INFINITY }: PutOptions): Promise<StoredFile> {
    assertFileKey(key);
    const name = randomUUID();
    const incoming = join(this.#folder, 'incoming', name);
    let size = 0;
    try {
      const source = content instanceof Readable ? content : Readable.from([content]);
      await pipeline(source, counting(maxBytes, (bytes) => (size = bytes)), createWriteStream(incoming, { flush: true }));
      await moveInto(incoming, this.#content(name));
      const entry: Entry = { contentType, ...(disposition === undefined ? {} : { disposition }), size, content: name };
      await this.#replace(key, entry);
      return storedAs(key, entry);
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
  }

  async get(key: string, part?: FilePart): Promise<(StoredFile & { readonly content: Readable }) | undefined> {
    assertFileKey(key);
    for (let attempt = 1; attempt <= MAX_REPLACED_WHILE_READ; attempt += 1) {
      const entry = await this.#entry(key);
      if (entry === undefined) return undefined;
      const handle = await this.#open(entry);
      if (handle === undefined) continue;
      return { ...storedAs(key, entry), content: handle.createReadStream(part === undefined ? {} : { start: part.first, end: part.last }) };
    }
    throw new Error(`the content of ${key} is missing`);
  }

  async stat(key: string): Promise<StoredFile | undefined> {
    assertFileKey(key);
    const entry = await this.#entry(key);
    return entry && storedAs(key, entry);
  }

  async delete(key: string): Promise<void> {
    assertFileKey(key);
    await this.#replace(key, undefined);
  }

  async *list(folder?: string): AsyncGenerator<ListedFile> {
    if (folder !== undefined) assertFileKey(folder);
    const names = (await readdir(join(this.#folder, 'entries'))).filter((name) => !name.startsWith('.'));
    const keys = names.map(decodeURIComponent).filter((key) => folder === undefined || key.startsWith(`${folder}/`));
    for (const key of keys.sort()) {
      const modifiedAt = await stat(this.#entryPath(key)).then(({ mtime }) => mtime, unlessMissing);
      const entry = await this.#entry(key);
      if (entry !== undefined && modifiedAt !== null) yield { key, size: entry.size, modifiedAt };
    }
  }

  async check(): Promise<void> {
    await access(join(this.#folder, 'incoming'), constants.W_OK).catch((error: unknown) => {
      throw new FileStoreUnavailable(`the folder of files: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    });
  }

  /** Replacements run one after another, so that of two writers of one key the later knows the content of the earlier. */
  #replace(key: string, entry: Entry | undefined): Promise<void> {
    const replaced = this.#replacing.then(async () => {
      const before = await this.#entry(key);
      if (entry === undefined) await rm(this.#entryPath(key), { force: true });
      else await writeWholeFile(this.#entryPath(key), JSON.stringify(entry));
      if (before !== undefined) await rm(this.#content(before.content), { force: true });
    });
    this.#replacing = replaced.catch(() => undefined);
    return replaced;
  }

  #content(name: string): string {
    return join(this.#folder, 'content', name);
  }

  #entryPath(key: string): string {
    return join(this.#folder, 'entries', encodeURIComponent(key));
  }

  async #entry(key: string): Promise<Entry | undefined> {
    try {
      return JSON.parse(await readFile(this.#entryPath(key), 'utf8')) as Entry;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Undefined when the file was replaced between reading its entry and opening its content. */
  async #open(entry: Entry): Promise<FileHandle | undefined> {
    try {
      return await open(this.#content(entry.content), 'r');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}
