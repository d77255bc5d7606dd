import type { Test } from 'tap';

declare global {
  /** What a test file gets as `tap` while it is run for a mutant. */
  var currentTest: Test | undefined;
}

export default globalThis.currentTest;
