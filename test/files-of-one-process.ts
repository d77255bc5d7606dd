import { join } from 'node:path';
import t from 'tap';

// files-of-one-process.js FILE: it and those that MORE_FILES names, in one process, which loads the program once for all of them.
const [first = ''] = process.argv.slice(2);
const more = process.env['MORE_FILES']?.split(',') ?? [];

// A test of its own: tap ends as soon as a file's tests are done, also when the next file is still being loaded. So no file may wait
// for its own tests at its top level.
void t.test('the files load', async () => {
  for (const file of [first, ...more]) await import(join(import.meta.dirname, file));
});
