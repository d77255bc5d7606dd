import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { authorizationDocument } from '../../scripts/authorization-document-text.js';
import { projectRoot } from '../project-root.js';

t.test('docs/authorization.md says what routes and rules say', async (t) => {
  t.equal(await readFile(join(projectRoot, 'docs/authorization.md'), 'utf8'), await authorizationDocument());
});
