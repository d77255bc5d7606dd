import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { consoleTypes } from '../../scripts/console-types-text.js';
import { projectRoot } from '../project-root.js';

t.test('the types of the console are those of the OpenAPI document: npm run console:types', async (t) => {
  t.equal(await readFile(join(projectRoot, 'console/src/api/schema.d.ts'), 'utf8'), await consoleTypes());
});
