import type { CountBytes } from '../../uploads/picture-store.js';
import { noList } from './student-list.js';

export const MOST_BYTES = 2 * 1_048_576;

/** The text of an uploaded list. Throws 400 where it is no .csv file in UTF-8 of at most 2 MB. */
export const readStudentFile = async (content: AsyncIterable<Buffer>, filename: string, count: CountBytes): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    count(chunk.length);
    if (bytes > MOST_BYTES) throw noList();
    chunks.push(chunk);
  }
  if (!filename.toLowerCase().endsWith('.csv')) throw noList();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw noList();
  }
};
