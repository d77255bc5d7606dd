import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { authorizationDocument } from './authorization-document-text.js';

const file = resolve(import.meta.dirname, '../../docs/authorization.md');
await writeFile(file, await authorizationDocument());
console.log(`wrote ${file}`);
