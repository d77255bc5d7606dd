import openapiTS, { astToString } from 'openapi-typescript';
import { createTestApp } from '../test/fixtures/test-app.js';

/** What the console calls. The types of all the other routes would be fifty times as long. */
const CALLED = /^\/(?:auth\/(?:login|refresh|logout)|analytics|audit|operations|health)(?:\/|$)/;

interface Operation {
  readonly responses?: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Reads are answered 202 only where they ask for a moment of the past (`asOf`), which the console does not. */
const withoutPast = ({ get, ...changes }: Readonly<Record<string, Operation>>) => {
  if (get === undefined) return changes;
  const responses = Object.fromEntries(Object.entries(get.responses ?? {}).filter(([status]) => status !== '202'));
  return { ...changes, get: { ...get, responses } };
};

const NOTICE = '// Made from the OpenAPI document by `npm run console:types`: do not edit.\n';

/** The text of console/src/api/schema.d.ts. */
export const consoleTypes = async (): Promise<string> => {
  const test = await createTestApp();
  const { paths, ...document } = (await test.app.inject({ url: '/docs/json' })).json<Document>();
  await test.close();
  const called = Object.fromEntries(Object.entries(paths).filter(([path]) => CALLED.test(path)).map(([path, operations]) => [path, withoutPast(operations)]));
  const nodes = await openapiTS(JSON.stringify({ ...document, paths: called }), { silent: true });
  return `${NOTICE}${astToString(nodes)}`;
};
