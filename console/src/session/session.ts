import { refusalOf, Refused } from '../api/problems.js';
import { forget, post, take, type SignedIn } from './tokens.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly otp?: string;
}

/** Throws Refused: `second-factor-required` says that a code was mailed. */
export const signIn = async (credentials: Credentials): Promise<void> => {
  const answer = await post('/auth/login', credentials);
  if (!answer.ok) throw refusalOf(answer.status, await answer.json().catch(() => null));
  const body: SignedIn = await answer.json();
  take(body);
};

/** Ends the session at the server, too. Throws ServerAway where it does not hear that. */
export const signOut = async (): Promise<void> => {
  const answer = await post('/auth/logout');
  if (!answer.ok) throw refusalOf(answer.status, await answer.json().catch(() => null));
  forget();
};

export const needsCode = (error: unknown): boolean => error instanceof Refused && error.code === 'second-factor-required';
