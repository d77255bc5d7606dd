import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpConfig } from '../http-services.js';
import type { DocumentedPart } from '../shared/documented-parts.js';
import { prefersHtml } from '../shared/prefers-html.js';
import { VERSION } from '../shared/version.js';

const STYLE = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{max-width:42rem;margin:3rem auto;padding:0 1rem}h1{margin-bottom:0}li{margin:.3rem 0}`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  vary: 'Accept',
};

type Shown = Pick<HttpConfig, 'production' | 'operationsToken' | 'operationsPort' | 'consoleFolder'>;

const listOf = (items: readonly string[]): string => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

const pagesOf = ({ production, operationsToken, operationsPort }: Shown, parts: readonly DocumentedPart[]): string => {
  if (operationsPort !== null) return `<p>They answer on the port of the operators (OPERATIONS_PORT), at /docs.</p>`;
  if (production && operationsToken === null) return '<p>They are closed until OPERATIONS_TOKEN or OPERATIONS_PORT is set.</p>';
  return listOf([...parts.map(({ name, title }) => `<a href="/docs/${name}">${title}</a>`), '<a href="/docs">All of it</a>, <a href="/docs/json">as OpenAPI 3.1</a>']);
};

const page = (config: Shown, parts: readonly DocumentedPart[]): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Registrar</title><style>${STYLE}</style></head>
<body><main>
<h1>Registrar</h1>
<p>The back office of a learning marketplace, version ${VERSION}. This address is for programs; here is what people may look for.</p>
${listOf([
  ...(config.consoleFolder === null ? [] : ['<a href="/console">Console</a>: figures, payments, coupons, streams and operation']),
  '<a href="/health">Health</a>',
])}
<h2>API pages</h2>
${pagesOf(config, parts)}
</main></body>
</html>
`;

/** Answers GET / to browsers; false: somebody else asks, or for something else. What the page says does not change while the program runs. */
export const homePage = (config: Shown, parts: readonly DocumentedPart[]): ((request: FastifyRequest, reply: FastifyReply) => boolean) => {
  const text = page(config, parts);
  return ({ method, url, headers }, reply) => {
    const isHome = url === '/' || url.startsWith('/?');
    if (!isHome || (method !== 'GET' && method !== 'HEAD') || !prefersHtml(headers.accept)) return false;
    void reply.code(200).headers(HEADERS).send(text);
    return true;
  };
};
