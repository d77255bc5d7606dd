import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Test, type TestOpts } from 'tap';
import './current-test.js';
import type { Judgement, Task } from './judges.js';

// A process that runs test files, one after the other, with one module replaced. Packages are loaded once; a mutant that never ends, or
// ends the process, is the parent's business.
register('./mutant-hooks.js', import.meta.url);

let runs = 0;
let hasRejected = false;

const passes = async ({ test, original, mutant }: Task): Promise<boolean> => {
  runs += 1;
  hasRejected = false;
  const query = new URLSearchParams({ run: String(runs), of: pathToFileURL(original).href, mutant });
  const options: TestOpts = { name: test };
  const current = new Test(options);
  globalThis.currentTest = current;
  const over = new Promise((done) => current.on('complete', done));
  current.resume();
  try {
    await import(`${pathToFileURL(test).href}?${query.toString()}`);
  } catch {
    return false;
  }
  current.end();
  await over;
  await new Promise((resolve) => setImmediate(resolve));
  return current.passing() && !hasRejected;
};

process.on('message', (task: Task) => {
  void passes(task)
    .catch(() => false)
    .then((passed) => process.send?.({ passed } satisfies Judgement));
});
process.on('unhandledRejection', () => (hasRejected = true));
