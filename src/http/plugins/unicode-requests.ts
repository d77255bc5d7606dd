import { isUtf8 } from 'node:buffer';
import { invalidField, Problem } from '../shared/problem.js';

/** Of a FastifyRequest. */
export interface RequestHead {
  readonly url: string;
  readonly raw: { readonly rawHeaders: readonly string[] };
  readonly headers: { readonly 'content-type'?: string | undefined };
}

const OUTSIDE_BYTES = /[^\0-\xff]/;
const ESCAPED_BYTES = /(?:%[0-9a-f]{2})+/gi;
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;
const SUBSETS_OF_UTF8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);

/** Each request has many headers: a third of the time of a pattern. */
const isAscii = (raw: string): boolean => Buffer.byteLength(raw) === raw.length;

/** Node gives each byte of a request's head as one character. */
const isText = (raw: string): boolean =>
  isAscii(raw) || (OUTSIDE_BYTES.test(raw) ? raw.isWellFormed() : isUtf8(Buffer.from(raw, 'latin1')));

const isTextEscaped = (part: string): boolean =>
  isText(part) && (!part.includes('%') || [...part.matchAll(ESCAPED_BYTES)].every(([bytes]) => isUtf8(Buffer.from(bytes.replaceAll('%', ''), 'hex'))));

const asWritten = (header: string): string => header.toLowerCase().replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());

const assertUrl = (url: string): void => {
  if (isTextEscaped(url)) return;
  const [path = ''] = url.split('?', 1);
  throw invalidField(isTextEscaped(path) ? 'query' : 'path', 'must be UTF-8');
};

const assertHeaders = (rawHeaders: readonly string[]): void => {
  for (let at = 1; at < rawHeaders.length; at += 2) {
    if (!isText(rawHeaders[at] ?? '')) throw invalidField(asWritten(rawHeaders[at - 1] ?? ''), 'must be UTF-8');
  }
};

const assertCharset = (contentType: string): void => {
  const [, charset] = CHARSET.exec(contentType) ?? [];
  if (charset === undefined || SUBSETS_OF_UTF8.has(charset.toLowerCase())) return;
  throw new Problem(415, 'unsupported-media-type', 'Text must be UTF-8: send charset=utf-8, or no charset.');
};

/** Throws 400 for a URL or a header that is no UTF-8, 415 for a body that announces another charset. Bodies have their own checks. */
export const assertUnicode = ({ url, raw: { rawHeaders }, headers }: RequestHead): void => {
  assertUrl(url);
  assertHeaders(rawHeaders);
  const { 'content-type': contentType } = headers;
  if (contentType !== undefined && contentType.length > 'application/json'.length) assertCharset(contentType);
};
