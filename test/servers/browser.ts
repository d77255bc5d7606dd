interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  readonly text: string;
}

const MOST_REDIRECTS = 15;

/** Goes where servers send it, with the cookies of each. */
export class Browser {
  readonly #cookies = new Map<string, readonly Cookie[]>();

  /** Another browser with the same cookies. */
  copy(): Browser {
    const other = new Browser();
    for (const [origin, cookies] of this.#cookies) other.#cookies.set(origin, cookies);
    return other;
  }

  cookiesOf(origin: string): readonly string[] {
    return (this.#cookies.get(origin) ?? []).map(({ name }) => name);
  }

  /** Follows redirects until an answer is none, or leads to a URL that begins so. */
  async open(url: string, upTo?: string): Promise<Page> {
    let page = await this.#get(url);
    for (let redirects = 0; redirects < MOST_REDIRECTS; redirects += 1) {
      const location = page.headers.get('location');
      if (location === null) return page;
      const next = new URL(location, page.url).href;
      if (upTo !== undefined && next.startsWith(upTo)) return { ...page, url: next };
      page = await this.#get(next);
    }
    throw new Error(`more than ${MOST_REDIRECTS} redirects from ${url}`);
  }

  async #get(url: string): Promise<Page> {
    const { origin, pathname } = new URL(url);
    const cookies = (this.#cookies.get(origin) ?? []).filter(({ path }) => pathname.startsWith(path));
    const headers = cookies.length === 0 ? {} : { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
    const answer = await fetch(url, { redirect: 'manual', headers });
    for (const line of answer.headers.getSetCookie()) this.#keep(origin, line);
    const text = await answer.text();
    const body = text.startsWith('{') ? JSON.parse(text) : {};
    return { url, status: answer.status, headers: answer.headers, text, body };
  }

  #keep(origin: string, line: string): void {
    const [pair = '', ...attributes] = line.split(/; ?/);
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
    const others = (this.#cookies.get(origin) ?? []).filter((cookie) => cookie.name !== name || cookie.path !== path);
    this.#cookies.set(origin, value === '' ? others : [...others, { name, value, path }]);
  }
}
