/** Where people sign in with Google, or with another OpenID provider in its place. */
export interface GoogleSignIn {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the provider sends the browser back to; registered there. */
  readonly callbackUrl: string;
  readonly issuer: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly userinfoUrl: string;
  /** Where the browser goes afterwards; null: it is answered the tokens. */
  readonly successUrl: string | null;
  /** How long each answer of the provider is waited for. */
  readonly timeoutMs: number;
}

interface Variables {
  readonly GOOGLE_CLIENT_ID?: string;
  readonly GOOGLE_CLIENT_SECRET?: string;
  readonly GOOGLE_CALLBACK_URL?: string;
  readonly GOOGLE_ISSUER: string;
  readonly GOOGLE_AUTHORIZE_URL: string;
  readonly GOOGLE_TOKEN_URL: string;
  readonly GOOGLE_USERINFO_URL: string;
  readonly OAUTH_SUCCESS_URL?: string;
}

const TIMEOUT_MS = 5_000;

/** Null: nobody signs in with Google. */
export const googleSignInOf = (variables: Variables, publicUrl: string): GoogleSignIn | null => {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = variables;
  if (clientId === undefined || clientSecret === undefined) return null;
  return Object.freeze({
    clientId,
    clientSecret,
    callbackUrl: variables.GOOGLE_CALLBACK_URL ?? `${publicUrl.replace(/\/$/, '')}/auth/google/callback`,
    issuer: variables.GOOGLE_ISSUER,
    authorizeUrl: variables.GOOGLE_AUTHORIZE_URL,
    tokenUrl: variables.GOOGLE_TOKEN_URL,
    userinfoUrl: variables.GOOGLE_USERINFO_URL,
    successUrl: variables.OAUTH_SUCCESS_URL ?? null,
    timeoutMs: TIMEOUT_MS,
  });
};
