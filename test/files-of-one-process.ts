import { join } from 'node:path';

// files-of-one-process.js FILE: it and those that MORE_FILES names, in one process, which loads the program once for all of them.
const [first = ''] = process.argv.slice(2);
const more = process.env['MORE_FILES']?.split(',') ?? [];
for (const file of [first, ...more]) await import(join(import.meta.dirname, file));
