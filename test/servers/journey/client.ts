export type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly token?: string;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 15_000;

/** Rejects when there is no answer. */
export const call = async (url: string, { method, path, token, body, headers = {} }: Request): Promise<Answer> => {
  const response = await fetch(url + path, {
    method,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const content = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(content) as Json) : {} };
};

export const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error(`not a text: ${JSON.stringify(value)}`);
  return value;
};

/** Fails with the last look when it does not come true in time. */
export const eventually = async <Value>(what: string, look: () => Promise<Value | undefined>, withinMs = 60_000): Promise<Value> => {
  const end = performance.now() + withinMs;
  let lastError: unknown;
  while (performance.now() < end) {
    try {
      const value = await look();
      if (value !== undefined) return value;
    } catch (error) {
      lastError = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not within ${withinMs} ms: ${what}`, { cause: lastError });
};
