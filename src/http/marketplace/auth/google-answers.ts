import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { GoogleSignIn } from '../../../config.js';
import type { ProviderProfile } from '../../../commands/accounts/log-in-by-provider.js';
import { isEmail } from '../../shared/email-format.js';
import { shownLink } from '../../shared/text-schemas.js';
import { providerUnavailable, unfitAnswer } from './google-problems.js';

const Subject = Type.String({ minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' });

const IdToken = Compile(
  Type.Object({
    iss: Type.String(),
    aud: Type.Union([Type.String(), Type.Array(Type.String())]),
    azp: Type.Optional(Type.String()),
    exp: Type.Number(),
    nonce: Type.String(),
    sub: Subject,
  }),
);

const Userinfo = Compile(
  Type.Object({
    sub: Subject,
    email: Type.Optional(Type.String()),
    email_verified: Type.Optional(Type.Unknown()),
    name: Type.Optional(Type.String()),
    picture: Type.Optional(Type.String()),
  }),
);

const MOST_BYTES = 65_536;
const LONGEST_NAME = 200;
const LONGEST_LINK = 2_000;
const CLOCK_SKEW_MS = 60_000;
const NAMELESS = 'New member';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * The subject of an id token that is meant for us, now and in this browser (OpenID Connect Core 3.1.3.7). It came from the token
 * endpoint itself, whose TLS stands for its signature.
 */
export const readIdToken = (idToken: unknown, { google, nonce }: { google: GoogleSignIn; nonce: string }): string => {
  const [, payload = ''] = typeof idToken === 'string' ? idToken.split('.') : [];
  const claims = parsed(Buffer.from(payload, 'base64url').toString('utf8'));
  if (!IdToken.Check(claims)) throw unfitAnswer('there is no readable id token');
  const { iss, aud, azp = google.clientId, exp, sub } = claims;
  // Google's documents allow both for its own.
  const isFromThere = iss === google.issuer || `https://${iss}` === google.issuer;
  const isForUs = [aud].flat().includes(google.clientId) && azp === google.clientId;
  if (!isFromThere || !isForUs) throw unfitAnswer('the id token is another client’s or issuer’s');
  if (exp * 1_000 < Date.now() - CLOCK_SKEW_MS || claims.nonce !== nonce) throw unfitAnswer('the id token is of another sign-in');
  return sub;
};

const readBounded = async (response: Response): Promise<unknown> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw unfitAnswer('it is too long');
  }
  return parsed(Buffer.concat(chunks).toString('utf8'));
};

const unreachable = (): never => {
  throw providerUnavailable();
};

/** One line without control characters, whatever the provider lets people call themselves. */
const nameOf = (name = ''): string => {
  const line = [...name.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim()].slice(0, LONGEST_NAME).join('');
  return line === '' ? NAMELESS : line;
};

/** Asks who the id token's person is. Throws the problem of a provider that refuses or is out. */
export const fetchUserinfo = async (
  { userinfoUrl, timeoutMs }: GoogleSignIn,
  { accessToken, subject }: { accessToken: string; subject: string },
): Promise<ProviderProfile> => {
  const signal = AbortSignal.timeout(timeoutMs);
  const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json', 'user-agent': 'registrar' };
  const response = await fetch(userinfoUrl, { headers, redirect: 'error', signal }).catch(unreachable);
  if (response.status >= 500) throw providerUnavailable();
  if (!response.ok) throw unfitAnswer(`userinfo answered ${response.status}`);
  const info = await readBounded(response).catch((error: unknown) => (signal.aborted ? unreachable() : Promise.reject(error)));
  if (!Userinfo.Check(info) || info.sub !== subject) throw unfitAnswer('userinfo is of nobody or of another person');
  const { email, email_verified: emailVerified, name, picture = '' } = info;
  return {
    identity: { provider: 'google', subject },
    email: email !== undefined && isEmail(email) ? email : null,
    emailVerified: emailVerified === true,
    name: nameOf(name),
    imageUrl: picture === '' || picture.length > LONGEST_LINK ? null : shownLink(picture),
  };
};
