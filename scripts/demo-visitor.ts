type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => value !== null && typeof value === 'object';

/** Somebody who uses the API, and prints what he does and is answered. */
export class Visitor {
  readonly #base: string;
  /** The account that may read streams; null: this one. */
  readonly #auditor: Visitor | null;
  readonly #shown = new Map<string, number>();
  #token: string | null = null;

  constructor(base: string, auditor: Visitor | null) {
    this.#base = base;
    this.#auditor = auditor;
  }

  async step(what: string, method: string, path: string, body?: Json): Promise<Json> {
    const { status, answer } = await this.#call(method, path, body);
    console.log(`\n${what}\n   ${method} ${path}${body === undefined ? '' : ` ${JSON.stringify({ ...body, password: undefined })}`}`);
    console.log(`   ${status} ${JSON.stringify({ ...answer, accessToken: undefined, refreshToken: undefined })}`);
    if (status >= 500) throw new Error(`${method} ${path} answered ${status}`);
    return answer;
  }

  async logIn({ email, password }: { email: string; password: string }): Promise<void> {
    const { status, answer } = await this.#call('POST', '/auth/login', { email, password });
    if (typeof answer.accessToken !== 'string') throw new Error(`login answered ${status}`);
    this.#token = answer.accessToken;
  }

  /** Prints the events of these streams that were not printed yet. */
  async events(...streams: readonly string[]): Promise<void> {
    for (const stream of streams) {
      const { answer } = await (this.#auditor ?? this).#call('GET', `/audit/streams/${stream}`);
      const events = Array.isArray(answer.events) ? answer.events.filter(isObject) : [];
      const shown = this.#shown.get(stream) ?? 0;
      for (const { revision, type } of events.slice(shown)) console.log(`      ${stream} #${String(revision)} ${String(type)}`);
      this.#shown.set(stream, events.length);
    }
  }

  async #call(method: string, path: string, body?: Json): Promise<{ status: number; answer: Json }> {
    const response = await fetch(this.#base + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#token === null ? {} : { authorization: `Bearer ${this.#token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    return { status: response.status, answer: isObject(answer) ? answer : {} };
  }
}
