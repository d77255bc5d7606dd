import type { InjectOptions } from 'fastify';
import { formOf, type Part } from './form.js';

/** The words of a command as a shell takes them apart: quotes, backslashes, lines that go on. */
const wordsOf = (command: string): string[] => {
  const words = command.replaceAll('\\\n', ' ').match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) =>
    word.replaceAll(/"((?:\\.|[^"\\])*)"|'([^']*)'/g, (_, double: string | undefined, single: string | undefined) =>
      double === undefined ? (single ?? '') : double.replaceAll(/\\(["\\$`])/g, '$1'),
    ),
  );
};

const fieldOf = (text: string, files: Readonly<Record<string, Part>>): readonly [string, string | Part] => {
  const at = text.indexOf('=');
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  if (!value.startsWith('@')) return [name, value];
  const file = files[value.slice(1)];
  if (file === undefined) throw new Error(`no file ${value}`);
  return [name, file];
};

/** The request that a curl command makes. With -F curl writes the content type's boundary itself, whatever -H says. */
export const requestOf = (command: string, files: Readonly<Record<string, Part>> = {}): InjectOptions => {
  const [program, ...words] = wordsOf(command);
  if (program !== 'curl') throw new Error(`no curl command: ${command}`);
  const given = (flag: string): string[] => words.flatMap((word, index) => (words[index - 1] === flag ? [word] : []));
  const url = new URL(words.find((word) => word.startsWith('http')) ?? '');
  const headers = Object.fromEntries(given('-H').map((header) => header.split(': ') as [string, string]).map(([name, value]) => [name.toLowerCase(), value]));
  const [data] = given('-d');
  const fields = given('-F').map((text) => fieldOf(text, files));
  const form = fields.length === 0 ? undefined : formOf(fields);
  return {
    method: (given('-X')[0] ?? 'GET') as 'GET',
    url: `${url.pathname}${url.search}`,
    headers: form === undefined ? headers : { ...headers, 'content-type': form.contentType },
    ...(form === undefined ? {} : { payload: form.payload }),
    ...(data === undefined ? {} : { payload: data }),
  };
};
