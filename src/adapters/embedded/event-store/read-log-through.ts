import { open, type Key } from 'lmdb';

// read-log-through.js FOLDER MARK, in a process of its own: reads every value of a log, and writes one as it is, which reads the list
// of free pages. Ends with 0 where all is well and no value has the mark (in hex). LMDB itself ends the process at some pages that are
// none of its own.
const [folder = '', mark = ''] = process.argv.slice(2);
const root = open({ path: folder, noSubdir: false, maxDbs: 16 });
const bytes = Buffer.from(mark, 'hex');

const isWhole = (name: Key): boolean => {
  const database = root.openDB<Buffer, Key>({ name: String(name), encoding: 'binary' });
  for (const key of database.getKeys()) if (database.getBinary(key)?.includes(bytes) !== false) return false;
  return true;
};

const isAllThere = [...root.getKeys()].every(isWhole);
if (isAllThere) {
  const meta = root.openDB<Buffer, Key>({ name: 'meta', encoding: 'binary' });
  const format = meta.getBinary('format');
  if (format !== undefined) meta.putSync('format', format);
}
process.exit(isAllThere ? 0 : 1);
