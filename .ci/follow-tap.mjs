// Reads TAP and prints what a person wants to see of it, as it comes: files, their tests, comments, failures with diagnostics.
// What counts is the tests of each file. At the end the file that is named gets a line: `<passed> <failed>`.
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [countsFile] = process.argv.slice(2);
const RESULT = /^( *)(not ok|ok)\b(?: \d+)?(?: - )?(.*?)(?: \{)?$/;
const DULL = /^ *(?:TAP version.*|1\.\.\d+.*|# time=.*|# failed .*|\}|)$/;
const TEST_DEPTH = 4;

let passed = 0;
let failed = 0;
let failedOfFile = 0;
let wasFailure = false;
let diagnostics = 'none';

const count = (depth, isOk) => {
  if (depth === TEST_DEPTH && isOk) passed += 1;
  if (depth === TEST_DEPTH && !isOk) failedOfFile += 1;
  if (depth > 0) return;
  // A file that failed without a test that did (a crash, a time-out) is one failure.
  failed += isOk ? failedOfFile : Math.max(1, failedOfFile);
  failedOfFile = 0;
};

for await (const line of createInterface({ input: process.stdin })) {
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
appendFileSync(countsFile, `${passed} ${failed + failedOfFile}\n`);
