import type { RouteOptions } from 'fastify';
import { ruleSentences } from '../src/commands/access/rule-names.js';
import type { Access } from '../src/http/shared/access.js';
import { createTestApp } from '../test/fixtures/test-app.js';

interface Row {
  readonly surface: string;
  readonly url: string;
  readonly method: string;
  readonly access: Access;
  readonly rule: string;
}

const callers = (access: Access): string => {
  if (access === 'public') return 'anybody';
  return access === 'account' ? 'any account' : access.join(', ');
};

const rowsOf = ({ method, url, config = {} }: RouteOptions): readonly Row[] => {
  const { access, surface, rule = '' } = config;
  if (access === undefined || surface === undefined || url.includes('*')) return [];
  return [method]
    .flat()
    .filter((name) => name !== 'HEAD' && name !== 'OPTIONS')
    .map((name) => ({ surface: surface.name, url, method: name, access, rule }));
};

const table = (rows: readonly Row[]): readonly string[] => [
  '| | path | callers | rule for the thing |',
  '| --- | --- | --- | --- |',
  ...rows
    .toSorted((one, other) => (`${one.url} ${one.method}` < `${other.url} ${other.method}` ? -1 : 1))
    .map(({ method, url, access, rule }) => `| ${method} | \`${url}\` | ${callers(access)} | ${rule === '' ? '' : `\`${rule}\``} |`),
  '',
];

/** The text of docs/authorization.md, from the routes of the app and the rules of src/commands/access. */
export const authorizationDocument = async (): Promise<string> => {
  const rows: Row[] = [];
  const test = await createTestApp({ onRoute: (route) => void rows.push(...rowsOf(route)) });
  await test.close();
  const surfaces = [...new Set(rows.map(({ surface }) => surface))].sort();
  return [
    '# Authorization',
    '',
    'Made from the routes and from the rules of `src/commands/access` by `npm run docs:authorization`: do not edit.',
    '',
    'Two questions are asked. The route says which callers it takes at all: 401 without a token, 403 for another role. The rule',
    'decides about the thing that is asked for. Use cases ask it with what the stream says, reads with what the read model',
    'shows; both call the same function. A thing that an account may not see is answered 404, like one that does not exist.',
    '',
    '## Rules',
    '',
    '| rule | may |',
    '| --- | --- |',
    ...[...ruleSentences].map(([name, sentence]) => `| \`${name}\` | ${sentence} |`),
    '',
    ...surfaces.flatMap((name) => [`## ${name}`, '', ...table(rows.filter(({ surface }) => surface === name))]),
  ].join('\n');
};
