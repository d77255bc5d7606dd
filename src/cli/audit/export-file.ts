import { open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { ExportPlace } from '../../commands/audit/export-blocks.js';

const Begun = Type.Object({
  /** What is exported; another export does not go on in this file. */
  what: Type.String(),
  /** So much of the file is whole, and ends before this place. */
  bytes: Type.Integer({ minimum: 0 }),
  after: Type.String({ pattern: '^[0-9]{1,39}$' }),
  index: Type.Integer({ minimum: 0 }),
});
type Begun = Readonly<Static<typeof Begun>>;

/** A file that has its name once it is whole. Until then FILE.part is what there is of it, and FILE.place says how far that goes. */
export class ExportFile {
  readonly #file: FileHandle;
  #bytes: number;

  private constructor(
    readonly path: string,
    readonly what: string,
    file: FileHandle,
    bytes: number,
    /** Undefined: it begins. */
    readonly from: ExportPlace | undefined,
  ) {
    this.#file = file;
    this.#bytes = bytes;
  }

  /** Goes on with what an export of the same that was interrupted left there, or begins. */
  static async open(path: string, what: string): Promise<ExportFile> {
    const begun = await begunAt(path);
    const size = await stat(partOf(path)).then((part) => part.size, () => 0);
    const goesOn = begun !== undefined && begun.index > 0 && begun.what === what && begun.bytes <= size;
    const file = await open(partOf(path), goesOn ? 'r+' : 'w', 0o600);
    if (!goesOn) return new ExportFile(path, what, file, 0, undefined);
    await file.truncate(begun.bytes);
    return new ExportFile(path, what, file, begun.bytes, { after: BigInt(begun.after), index: begun.index });
  }

  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    await this.#file.write(bytes, 0, bytes.length, this.#bytes);
    this.#bytes += bytes.length;
  }

  /** What was written so far can be gone on with from this place, also after a crash. */
  async keep({ after, index }: ExportPlace): Promise<void> {
    await this.#file.datasync();
    const begun: Begun = { what: this.what, bytes: this.#bytes, after: after.toString(), index };
    await writeFile(`${placeOf(this.path)}.new`, JSON.stringify(begun), { mode: 0o600, flush: true });
    await rename(`${placeOf(this.path)}.new`, placeOf(this.path));
  }

  async end(): Promise<void> {
    await this.#file.sync();
    await this.#file.close();
    await rename(partOf(this.path), this.path);
    await rm(placeOf(this.path), { force: true });
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

const partOf = (path: string): string => `${path}.part`;
const placeOf = (path: string): string => `${path}.place`;

const begunAt = async (path: string): Promise<Begun | undefined> => {
  try {
    const begun: unknown = JSON.parse(await readFile(placeOf(path), 'utf8'));
    return Value.Check(Begun, begun) ? begun : undefined;
  } catch {
    return undefined;
  }
};
