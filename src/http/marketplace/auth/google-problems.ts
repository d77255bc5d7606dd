import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Problem } from '../../shared/problem.js';

const RefusedToken = Compile(
  Type.Object({
    output: Type.Object({ statusCode: Type.Integer() }),
    data: Type.Object({ isResponseError: Type.Literal(true), payload: Type.Object({ error: Type.String() }) }),
  }),
);

/** An error code of OAuth; anything else that a provider writes is kept out of answers and logs. */
const ERROR_CODE = /^[a-z_]{1,40}$/;
const inBrackets = (code: string): string => (ERROR_CODE.test(code) ? ` (${code})` : '');

export const signInRefused = (code: string): Problem =>
  new Problem(401, 'sign-in-refused', `Google did not let you sign in${inBrackets(code)}. Begin again with GET /auth/google.`);

export const providerUnavailable = (): Problem =>
  new Problem(503, 'provider-unavailable', 'Google does not answer at this moment. Try again soon.');

export const unfitAnswer = (what: string): Problem => new Problem(502, 'provider-answer-invalid', `Google's answer is not as it should be: ${what}.`);

/** Says nothing of the request: it holds the client's secret. */
export const refusalOfToken = (error: unknown): Problem => {
  if (!RefusedToken.Check(error)) return providerUnavailable();
  const { output, data } = error;
  if (output.statusCode >= 500) return providerUnavailable();
  // The code was used before, is too old or belongs to another browser.
  if (data.payload.error === 'invalid_grant') return signInRefused('invalid_grant');
  return new Problem(502, 'provider-refused', `Google refused the request of this server${inBrackets(data.payload.error)}.`);
};
