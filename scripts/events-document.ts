import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { eventsDocument } from './events-document-text.js';

// Writes docs/events.md from the event schemas; with --check it only says whether the file is up to date.
const file = resolve(import.meta.dirname, '../../docs/events.md');
const text = eventsDocument();

if (process.argv.includes('--check')) {
  const current = await readFile(file, 'utf8').catch(() => '');
  if (current !== text) {
    console.error('docs/events.md is out of date: run `npm run docs:events`');
    process.exitCode = 1;
  }
} else {
  await writeFile(file, text);
  console.log(`wrote ${file}`);
}
