import { join, resolve } from 'node:path';

/** The folder of package.json: tests run compiled, from build/test. */
export const projectRoot = resolve(import.meta.dirname, '../..');

/** Where a source file stands compiled: `compiled('src/main')`. */
export const compiled = (file: string): string => join(projectRoot, 'build', `${file}.js`);
