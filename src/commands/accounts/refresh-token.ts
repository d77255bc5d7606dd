import { timingSafeEqual } from 'node:crypto';
import type { KeyStore } from '../../ports/key-store.js';

export interface RefreshToken {
  readonly sessionId: string;
  readonly generation: number;
}

const signatureOf = (keys: KeyStore, { sessionId, generation }: RefreshToken): string =>
  keys.sign('refresh-token', `${sessionId}.${generation}`).toString('base64url');

/** The same generation always gives the same token: requests that race get one successor. */
export const printRefreshToken = (keys: KeyStore, token: RefreshToken): string =>
  `${token.sessionId}.${token.generation}.${signatureOf(keys, token)}`;

const FORM = /^([0-9a-f-]{36})\.(0|[1-9]\d{0,8})\.([\w-]{43})$/;

export const readRefreshToken = (keys: KeyStore, text: string): RefreshToken | undefined => {
  const [, sessionId, generation, signature] = FORM.exec(text) ?? [];
  if (sessionId === undefined || signature === undefined) return undefined;
  const token = { sessionId, generation: Number(generation) };
  const isSigned = timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(keys, token)));
  return isSigned ? token : undefined;
};
