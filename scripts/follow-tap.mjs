// Reads TAP and prints what a person wants to see of it, as it comes: files, their tests, comments, failures with diagnostics.
// What counts is the tests of each file. The last line says how many passed and failed; with a failure, or where the TAP stops
// before its end, the exit code is 1.
import { createInterface } from 'node:readline';

const RESULT = /^( *)(not ok|ok)\b(?: \d+)?(?: - )?(.*?)(?: \{)?$/;
const DULL = /^ *(?:TAP version.*|1\.\.\d+.*|# time=.*|# failed .*|\}|)$/;
const TEST_DEPTH = 4;

let passed = 0;
let failed = 0;
let files = 0;
let failedOfFile = 0;
let planned;
let wasFailure = false;
let diagnostics = 'none';

const count = (depth, isOk) => {
  if (depth === TEST_DEPTH && isOk) passed += 1;
  if (depth === TEST_DEPTH && !isOk) failedOfFile += 1;
  if (depth > 0) return;
  files += 1;
  // A file that failed without a test that did (a crash, a time-out) is one failure.
  failed += isOk ? failedOfFile : Math.max(1, failedOfFile);
  failedOfFile = 0;
};

for await (const line of createInterface({ input: process.stdin })) {
  planned = /^1\.\.(\d+)/.exec(line)?.[1] ?? planned;
  const result = diagnostics === 'none' ? RESULT.exec(line) : null;
  if (diagnostics !== 'none') {
    if (diagnostics === 'shown') console.log(line);
    if (line.trim() === '...') diagnostics = 'none';
  } else if (line.trim() === '---') {
    diagnostics = wasFailure ? 'shown' : 'hidden';
  } else if (result !== null) {
    const [, { length: depth }, state, what] = result;
    count(depth, state === 'ok');
    wasFailure = state !== 'ok';
    if (wasFailure || depth <= TEST_DEPTH) console.log(`${' '.repeat(depth)}${state} ${what}`);
  } else if (!DULL.test(line) && !/^ +# Subtest: /.test(line)) console.log(line);
}
failed += failedOfFile;
if (failed === 0 && Number(planned ?? -1) !== files) {
  console.log(`not ok the tests stopped after ${files} files`);
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
