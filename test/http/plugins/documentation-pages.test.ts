import t from 'tap';
import { createTestApp } from '../../fixtures/test-app.js';

interface Document {
  readonly info: { readonly title: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly tags?: readonly string[] }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

const names = ['marketplace', 'authentication', 'users', 'edupro', 'academy', 'audit', 'analytics', 'operations'];
const { app, close } = await createTestApp();
t.teardown(close);
const document = async (path: string): Promise<Document> => (await app.inject({ url: path })).json<Document>();

t.test('issue 16: each path of the API is in the document of one part, and every operation has a tag to group it by', async (t) => {
  const whole = await document('/docs/json');
  const parts = await Promise.all(names.map((name) => document(`/docs/${name}/json`)));
  t.same(parts.flatMap(({ paths }) => Object.keys(paths)).sort(), Object.keys(whole.paths).sort());
  for (const { info, paths } of parts) t.ok(Object.keys(paths).length > 0, info.title);
  t.ok(Object.keys(parts[3]?.paths ?? {}).every((path) => path.startsWith('/api/')));
  const untagged = Object.entries(whole.paths).filter(([, methods]) => Object.values(methods).some(({ tags = [] }) => tags.length === 0));
  t.same(untagged.map(([path]) => path), []);
});

t.test('issue 16: what a part refers to stands in its document, and no more', async (t) => {
  for (const name of names) {
    const part = await document(`/docs/${name}/json`);
    const wanted = new Set([...JSON.stringify(part).matchAll(/#\/components\/schemas\/([^"/]+)/g)].map(([, schema = '']) => schema));
    t.same(Object.keys(part.components.schemas).sort(), [...wanted].sort(), name);
  }
});

t.test('issue 16: pages bear our name and mark, and say nothing of the library', async (t) => {
  for (const path of ['/docs', ...names.map((name) => `/docs/${name}`)]) {
    const page = await app.inject({ url: path });
    t.equal(page.statusCode, 200, path);
    t.match(page.body, /<title>Registrar/);
    t.notMatch(page.body, /Swagger UI|favicon-\d/);
    if (path.endsWith('/docs') || path.endsWith('/audit')) for (const [, link = ''] of page.body.matchAll(/(?:href|src)="([^"]+)"/g)) t.equal((await app.inject({ url: new URL(link, `http://host${path}`).pathname })).statusCode, 200, link);
    t.match((await app.inject({ url: `${path}/static/swagger-initializer.js` })).body, /docExpansion.*none[\s\S]*Replace the logo/);
  }
});
