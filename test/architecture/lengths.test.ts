import t from 'tap';
import { readSource } from './source-files.js';

const LONGEST_FILE = 200;
const LONGEST_FUNCTION = 60;

t.test('files and functions are short enough to be read at once', async (t) => {
  const files = await readSource();
  t.same(files.filter(({ lines }) => lines > LONGEST_FILE).map(({ path, lines }) => `${path}: ${lines} lines`), []);
  const long = files.flatMap(({ path, functions }) => functions.filter(({ lines }) => lines > LONGEST_FUNCTION).map(({ name, lines }) => `${path} ${name}: ${lines} lines`));
  t.same(long, []);
});

t.test('no comment switches a rule of lint off', async (t) => {
  t.same((await readSource()).filter(({ text }) => /(?:eslint|oxlint)-(?:disable|enable)/.test(text)).map(({ path }) => path), []);
});
