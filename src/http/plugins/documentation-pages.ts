import type { SwaggerTransformObject } from '@fastify/swagger';
import swaggerUi, { type FastifySwaggerUiOptions } from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { operatorsOnly, type OperationsConfig } from '../operations/operators-only.js';
import type { DocumentedPart } from '../shared/documented-parts.js';
import { allRoutesPublic } from './route-table.js';

export type OpenApiDocument = Extract<Parameters<SwaggerTransformObject>[0], { openapiObject: unknown }>['openapiObject'];

const MARK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1f4e79"/><path d="M10 25V7h7.5a5.5 5.5 0 0 1 1.6 10.8L23.5 25h-4l-4-6.8h-2V25zm3.5-10H17a2.3 2.3 0 0 0 0-4.7h-3.5z" fill="#fff"/></svg>';

const wordmark = (title: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="420" height="40" viewBox="0 0 420 40"><g transform="translate(4 4)">${MARK.replace('<svg ', '<svg width="32" height="32" ')}</g><text x="46" y="28" font-family="system-ui,sans-serif" font-size="20" font-weight="600" fill="#fff">${title}</text></svg>`;

/** What the library's page shows beside the document: the address of the document to type in, which would be another's. */
const STYLE = '.swagger-ui .topbar .download-url-wrapper{display:none}.swagger-ui .topbar{background:#1f4e79;padding:6px 0}';

const optionsOf = (prefix: string, title: string): FastifySwaggerUiOptions => ({
  routePrefix: prefix,
  // The page has inline styles; its scripts come from files only.
  staticCSP: "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'none'",
  logo: { type: 'image/svg+xml', content: wordmark(title), href: prefix },
  theme: {
    title,
    css: [{ filename: 'registrar.css', content: STYLE }],
    favicon: [{ filename: 'registrar.svg', rel: 'icon', sizes: 'any', type: 'image/svg+xml', content: MARK }],
  },
  // Hundreds of operations are found by their tags and the filter; models stand with the operations that have them.
  uiConfig: { deepLinking: true, persistAuthorization: true, docExpansion: 'none', filter: true, tagsSorter: 'alpha', defaultModelsExpandDepth: -1, displayRequestDuration: true },
});

const REFERENCE = /"\$ref":"#\/components\/schemas\/([^"/]+)/g;

/** The schemas that something refers to, and those that these refer to. */
const schemasOf = (part: object, schemas: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const needed = new Set<string>();
  const pending: unknown[] = [part];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [, name = ''] of JSON.stringify(next).matchAll(REFERENCE)) {
      if (needed.has(name) || schemas[name] === undefined) continue;
      needed.add(name);
      pending.push(schemas[name]);
    }
  }
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => needed.has(name)));
};

/** The paths of a part, with what they need of the rest. */
export const documentOf = (whole: OpenApiDocument, { name, title, holds }: DocumentedPart, parts: readonly DocumentedPart[]): object => {
  const paths = Object.fromEntries(Object.entries(whole.paths ?? {}).filter(([path]) => holds(path)));
  const others = parts.filter((other) => other.name !== name).map((other) => `[${other.title}](/docs/${other.name})`);
  return {
    ...whole,
    info: { ...whole.info, title: `Registrar: ${title}`, description: `${whole.info?.description ?? ''}\n\nOther parts: ${others.join(', ')}; [all of it](/docs).` },
    paths,
    components: { ...whole.components, schemas: schemasOf(paths, { ...whole.components?.schemas }) },
  };
};

/** The page of the whole at /docs, and one for each part at /docs/<part>, each with its document at …/json. */
export const documentationPages = async (app: FastifyInstance, parts: readonly DocumentedPart[], config: OperationsConfig): Promise<void> => {
  await app.register(async (pages) => {
    allRoutesPublic(pages);
    pages.addHook('onRequest', operatorsOnly(config));
    // Each in a scope of its own: the library decorates the one that it stands in.
    const page = (options: FastifySwaggerUiOptions) => pages.register(async (scope) => void (await scope.register(swaggerUi, options)));
    await page(optionsOf('/docs', 'Registrar'));
    for (const part of parts) {
      const transformSpecification = (): object => documentOf(pages.swagger() as OpenApiDocument, part, parts);
      await page({ ...optionsOf(`/docs/${part.name}`, `Registrar: ${part.title}`), transformSpecificationClone: false, transformSpecification });
    }
  });
};
