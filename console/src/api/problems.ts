/** No answer came: the server or the way to it is down. */
export class ServerAway extends Error {
  constructor() {
    super('The server does not answer.');
    this.name = 'ServerAway';
  }
}

/** An answer that is a problem (RFC 9457). */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'Refused';
    this.status = status;
    this.code = code;
  }
}

const textOf = (body: unknown, field: string): string | undefined => {
  if (typeof body !== 'object' || body === null) return undefined;
  const value: unknown = Object.entries(body).find(([name]) => name === field)?.[1];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const refusalOf = (status: number, body: unknown): Refused =>
  new Refused(status, textOf(body, 'code') ?? `status-${status}`, textOf(body, 'detail') ?? textOf(body, 'title') ?? `The server answered ${status}.`);

/** What openapi-fetch gives. */
interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** The data of an answer; throws Refused where it is a problem. */
export const dataOf = async <Data>(answering: Promise<Answer<Data>>): Promise<Data> => {
  const { data, error, response } = await answering;
  if (data === undefined) throw refusalOf(response.status, error);
  return data;
};

/** Of a route that may answer a table (CSV), where none was asked for. */
export const figuresOf = async <Data extends object>(answering: Promise<Answer<Data | string>>): Promise<Data> => {
  const value = await dataOf(answering);
  if (typeof value === 'string') throw new Error('A table came in place of figures.');
  return value;
};

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether the same question may get an answer a little later. */
export const isPassing = (error: unknown): boolean => error instanceof ServerAway || (error instanceof Refused && [429, 502, 503, 504].includes(error.status));
