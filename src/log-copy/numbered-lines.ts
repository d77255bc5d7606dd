import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';

export interface NumberedLine {
  readonly number: number;
  readonly text: string;
  /** False for a line without its line break, which may be half a line. */
  readonly whole: boolean;
  /** False where bytes had to be replaced. */
  readonly unicode: boolean;
}

const NEW_LINE = 0x0a;

/** The lines of a file, broken at line feeds alone (Node's readline also breaks at U+2028). */
export async function* numberedLines(path: string): AsyncGenerator<NumberedLine, void, undefined> {
  let number = 0;
  let rest: Buffer[] = [];
  const source: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1 << 18 });
  for await (const block of source) {
    let from = 0;
    for (let end = block.indexOf(NEW_LINE); end !== -1; end = block.indexOf(NEW_LINE, from)) {
      const bytes = Buffer.concat([...rest, block.subarray(from, end)]);
      rest = [];
      from = end + 1;
      yield { number: (number += 1), text: bytes.toString('utf8'), whole: true, unicode: isUtf8(bytes) };
    }
    if (from < block.length) rest.push(block.subarray(from));
  }
  if (rest.length > 0) yield { number: number + 1, text: Buffer.concat(rest).toString('utf8'), whole: false, unicode: true };
}
