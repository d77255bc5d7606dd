import openapiTS, { astToString } from 'openapi-typescript';
import { createTestApp } from '../test/fixtures/test-app.js';

/** What the console calls. The types of all the other routes would be fifty times as long. */
const CALLED = /^\/(?:auth\/(?:login|refresh|logout)|analytics|audit|operations|health)(?:\/|$)/;

interface Document {
  readonly paths: Readonly<Record<string, unknown>>;
}

const NOTICE = '// Made from the OpenAPI document by `npm run console:types`: do not edit.\n';

/** The text of console/src/api/schema.d.ts. */
export const consoleTypes = async (): Promise<string> => {
  const test = await createTestApp();
  const { paths, ...document } = (await test.app.inject({ url: '/docs/json' })).json<Document>();
  await test.close();
  const called = Object.fromEntries(Object.entries(paths).filter(([path]) => CALLED.test(path)));
  const nodes = await openapiTS(JSON.stringify({ ...document, paths: called }), { silent: true });
  return `${NOTICE}${astToString(nodes)}`;
};
