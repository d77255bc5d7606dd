import createClient from 'openapi-fetch';
import { accessToken, forgetAccessToken } from '../session/tokens.js';
import type { paths } from './schema.js';
import { ServerAway } from './problems.js';

const UNAUTHENTICATED = 401;

const send = async (request: Request): Promise<Response> => {
  const token = await accessToken();
  if (token !== null) request.headers.set('authorization', `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ServerAway();
  }
};

/** Sends a request with the token of the session; once more with a new token where the server no longer takes this one. */
export const authorized = async (request: Request): Promise<Response> => {
  const again = request.clone();
  const answer = await send(request);
  if (answer.status !== UNAUTHENTICATED) return answer;
  forgetAccessToken();
  return send(again);
};

/** The routes of the program, typed by its OpenAPI document. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: authorized });
