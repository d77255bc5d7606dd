import { FileTooLarge } from '../../ports/file-store.js';

/** The source in parts of `partBytes`, the last one smaller or empty; throws FileTooLarge past maxBytes. One part is in memory at a time. */
export const partsOf = async function* (source: AsyncIterable<Uint8Array | string>, partBytes: number, maxBytes: number): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let size = 0;
  for await (const chunk of source) {
    const block = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += block.length;
    if (size > maxBytes) throw new FileTooLarge(`more than ${maxBytes} bytes`);
    waiting.push(block);
    bytes += block.length;
    if (bytes < partBytes) continue;
    const all = Buffer.concat(waiting, bytes);
    let from = 0;
    for (; all.length - from >= partBytes; from += partBytes) yield all.subarray(from, from + partBytes);
    waiting = [all.subarray(from)];
    bytes = all.length - from;
  }
  yield Buffer.concat(waiting, bytes);
};
