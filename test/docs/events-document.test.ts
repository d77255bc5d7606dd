import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import t from 'tap';
import { eventsDocument } from '../../scripts/events-document-text.js';

t.test('docs/events.md says what the event schemas say', async (t) => {
  t.equal(await readFile(resolve(import.meta.dirname, '../../docs/events.md'), 'utf8'), eventsDocument());
});
