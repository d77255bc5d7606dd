import { refusalOf, ServerAway } from '../api/problems.js';
import type { paths } from '../api/schema.js';
import { Store } from '../pieces/store.js';

export type SignedIn = paths['/auth/login']['post']['responses'][200]['content']['application/json'];
export type Account = SignedIn['user'];
export type Session = Readonly<{ is: 'unknown' } | { is: 'signed-out' } | { is: 'signed-in'; account: Account }>;

/** Who works here. Unknown until the server was asked whether the cookie of an earlier visit still holds. */
export const session = new Store<Session>({ is: 'unknown' });

interface Token {
  readonly text: string;
  /** Milliseconds. */
  readonly until: number;
}

// In memory alone: what a page keeps elsewhere, every script of the origin could read.
let token: Token | null = null;
/** A token is renewed so long before its end. */
const AHEAD_MS = 30_000;
/** A refresh token is good for one use: pages of this browser take turns. */
const TURN = 'registrar-console-refresh';

export const post = async (path: string, body?: object): Promise<Response> => {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (token !== null) headers['authorization'] = `Bearer ${token.text}`;
  try {
    return await fetch(path, { method: 'POST', headers, credentials: 'same-origin', body: body === undefined ? null : JSON.stringify(body) });
  } catch {
    throw new ServerAway();
  }
};

export const take = (answer: SignedIn): void => {
  token = { text: answer.accessToken, until: Date.now() + answer.expiresIn * 1_000 };
  const { value } = session;
  const isSame = value.is === 'signed-in' && value.account.id === answer.user.id && value.account.role === answer.user.role;
  if (!isSame) session.set({ is: 'signed-in', account: answer.user });
};

export const forget = (): void => {
  token = null;
  session.set({ is: 'signed-out' });
};

/** The server refused it: the next request asks for another one. */
export const forgetAccessToken = (): void => {
  token = null;
};

const isGood = (known: Token | null): known is Token => known !== null && known.until - AHEAD_MS > Date.now();

/** Asks for a new token with the cookie that the sign-in left, which no script can read. */
const renew = async (): Promise<void> => {
  const answer = await post('/auth/refresh');
  if (answer.ok) {
    const body: SignedIn = await answer.json();
    take(body);
    return;
  }
  if (answer.status !== 401 && answer.status !== 403) throw refusalOf(answer.status, await answer.json().catch(() => null));
  forget();
};

const held = (): string | null => token?.text ?? null;

let renewing: Promise<void> | undefined;

/** The token of the session; null where nobody is signed in. */
export const accessToken = async (): Promise<string | null> => {
  if (isGood(token)) return token.text;
  if (session.value.is === 'signed-out') return null;
  renewing ??= navigator.locks.request(TURN, renew).finally(() => {
    renewing = undefined;
  });
  await renewing;
  return held();
};
