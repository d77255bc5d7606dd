import { open, type FileHandle } from 'node:fs/promises';

const NEW_LINE = 0x0a;
const BLOCK = 65_536;

const blockAt = async (handle: FileHandle, end: number): Promise<Buffer> => {
  const length = Math.min(BLOCK, end);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, end - length);
  return buffer.subarray(0, bytesRead);
};

/** The offset of the last line break before `end`; -1 when there is none. */
const lineBreakBefore = async (handle: FileHandle, end: number): Promise<number> => {
  for (let from = end; from > 0; ) {
    const block = await blockAt(handle, from);
    const index = block.lastIndexOf(NEW_LINE);
    if (index !== -1) return from - block.length + index;
    from -= block.length;
  }
  return -1;
};

/** A file of lines to be continued: `cut` removes the rest of a half line. */
export class ExportFile {
  readonly #handle: FileHandle;
  readonly lastLine: string | null;
  #end: number;

  private constructor(handle: FileHandle, end: number, lastLine: string | null) {
    this.#handle = handle;
    this.#end = end;
    this.lastLine = lastLine;
  }

  static async open(path: string): Promise<ExportFile> {
    const handle = await open(path, 'r+').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return open(path, 'wx+', 0o600);
      throw error;
    });
    try {
      const { size } = await handle.stat();
      const last = await lineBreakBefore(handle, size);
      const start = (await lineBreakBefore(handle, Math.max(last, 0))) + 1;
      const line = Buffer.alloc(Math.max(last - start, 0));
      await handle.read(line, 0, line.length, start);
      return new ExportFile(handle, last + 1, last === -1 ? null : line.toString('utf8'));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Removes a half line; called once the last whole line was found to be ours. */
  async cut(): Promise<void> {
    await this.#handle.truncate(this.#end);
  }

  async write(lines: string): Promise<void> {
    const bytes = Buffer.from(lines, 'utf8');
    await this.#handle.write(bytes, 0, bytes.length, this.#end);
    this.#end += bytes.length;
  }

  async close(): Promise<void> {
    try {
      await this.#handle.sync();
    } finally {
      await this.#handle.close();
    }
  }
}
