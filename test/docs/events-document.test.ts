import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { eventsDocument } from '../../scripts/events-document-text.js';
import { projectRoot } from '../project-root.js';

t.test('docs/events.md says what the event schemas say', async (t) => {
  t.equal(await readFile(join(projectRoot, 'docs/events.md'), 'utf8'), eventsDocument());
});
