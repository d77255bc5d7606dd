import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { consoleTypes } from './console-types-text.js';

const file = resolve(import.meta.dirname, '../../console/src/api/schema.d.ts');
await writeFile(file, await consoleTypes());
console.log(`wrote ${file}`);
