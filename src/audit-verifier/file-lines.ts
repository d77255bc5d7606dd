import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { Line } from './verify-export.js';

const LINE_FEED = 0x0a;
/** No event is as long: a line beyond it is given as one that is wrong, and not kept. */
const LONGEST = 16 * 1_048_576;

const lineOf = (bytes: Buffer): Line => (isUtf8(bytes) ? bytes.toString('utf8') : undefined);

/** The lines of a file, a block of them at a time, broken at line feeds alone. */
export async function* fileLines(path: string): AsyncGenerator<readonly Line[], void, undefined> {
  let rest: Buffer[] = [];
  let length = 0;
  const source: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1 << 18 });
  for await (const block of source) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = block.indexOf(LINE_FEED); end !== -1; end = block.indexOf(LINE_FEED, from)) {
      const part = block.subarray(from, end);
      lines.push(length === 0 ? lineOf(part) : length > LONGEST ? undefined : lineOf(Buffer.concat([...rest, part])));
      rest = [];
      length = 0;
      from = end + 1;
    }
    if (from < block.length) {
      length += block.length - from;
      if (length <= LONGEST) rest.push(block.subarray(from));
      else rest = [];
    }
    yield lines;
  }
  if (length > 0) yield [undefined];
}
