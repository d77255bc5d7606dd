import { marked, avatar } from '../../http/users/pictures.js';
import { formOf } from '../../http/users/form.js';
import type { Shop } from './shop.js';

const TIMEOUT_MS = 15_000;
const BASE = '/api/v2/user';

export interface Newcomer {
  readonly email: string;
  readonly picture: Buffer;
}

/** People who sign up with a picture, one picture for each; it is sent again, to one process after the other, until it is answered. */
export class Newcomers {
  /** Those who were told that they are in. */
  readonly welcomed: Newcomer[] = [];
  readonly #shop: Shop;
  readonly #urls: readonly string[];
  readonly #pictures = new Map<string, Buffer>();
  #number = 0;

  constructor(shop: Shop, urls: readonly string[]) {
    this.#shop = shop;
    this.#urls = urls;
  }

  /** Of everybody who asked to be let in. */
  pictureOf(email: string): Buffer | undefined {
    return this.#pictures.get(email);
  }

  /** So many at a time; the answer ends it. */
  start(atATime: number): () => Promise<void> {
    let isOpen = true;
    const lanes = Array.from({ length: atATime }, async () => {
      while (isOpen) await this.#arrive();
    });
    const all = Promise.all(lanes);
    all.catch(() => undefined);
    return async () => {
      isOpen = false;
      await all;
    };
  }

  async #arrive(): Promise<void> {
    this.#number += 1;
    const number = this.#number;
    const email = `newcomer-${number}-${this.#shop.half.toLowerCase()}@example.com`;
    const picture = marked(`${email} `.repeat(200));
    this.#pictures.set(email, picture);
    const fullname = JSON.stringify({ firstName: 'New', lastName: 'Comer' });
    const { payload, contentType } = formOf({ email, password: 'correct horse', fullname, username: email.split('@')[0]?.replaceAll('-', '_'), avatar: avatar(picture) });
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const url = this.#urls[(number + attempt) % this.#urls.length] ?? '';
      const status = await fetch(`${url}${BASE}/create-user`, { method: 'POST', headers: { 'content-type': contentType }, body: new Uint8Array(payload), signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
        async (answer) => {
          await answer.arrayBuffer();
          return answer.status;
        },
        () => null,
      );
      if (status === 201) {
        this.welcomed.push({ email, picture });
        return;
      }
      // In by an attempt whose answer was lost, or kept out for a minute by one that came to nothing: the next one comes.
      if (status !== null && status !== 202 && status !== 503) {
        if (status >= 500) this.#shop.surprises.push(`${email}: ${status}`);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${email} was never answered`);
  }
}
