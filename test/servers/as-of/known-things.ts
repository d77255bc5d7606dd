import type { Random } from './random.js';

type Json = unknown;

const isRecord = (value: Json): value is Readonly<Record<string, Json>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** As many as a request may pick from: the newest. */
const MOST = 12;

/** What answers have named so far: by the name of the field, and by the path below which a thing is. */
export class KnownThings {
  /** Things of this surface come first: each has ids of its own. */
  surface = '';
  readonly #known = new Map<string, string[]>();

  learn(path: string, answer: Json): void {
    this.#walk(path.replaceAll(/\/\{[^}]+\}/g, '').replace(/\/$/, ''), answer, 0);
  }

  add(name: string, value: string): void {
    const values = this.#known.get(name) ?? [];
    if (value === '' || values.includes(value)) return;
    values.push(value);
    if (values.length > MOST) values.shift();
    this.#known.set(name, values);
  }

  #note(name: string, value: string): void {
    this.add(name, value);
    this.add(`${this.surface} ${name}`, value);
  }

  /** For `{id}` of `/courses/{id}`; undefined where nothing like it was ever named. */
  forParameter(random: Random, path: string, name: string): string | undefined {
    const before = path.slice(0, path.indexOf(`/{${name}}`)).replaceAll(/\/\{[^}]+\}/g, '');
    return this.named(random, before) ?? this.named(random, name) ?? this.named(random, before.split('/').at(-1) ?? '');
  }

  named(random: Random, name: string): string | undefined {
    const plain = name.replaceAll('_', '').toLowerCase();
    const usual = plain.endsWith('username') ? 'username' : plain;
    const values = this.#known.get(`${this.surface} ${usual}`) ?? this.#known.get(usual);
    return values === undefined ? undefined : random.pick(values);
  }

  #walk(place: string, value: Json, depth: number): void {
    if (depth > 6) return;
    if (Array.isArray(value)) for (const one of value.slice(0, 10)) this.#walk(place, one, depth + 1);
    if (!isRecord(value)) return;
    for (const [name, field] of Object.entries(value)) {
      const isName = typeof field === 'string' || typeof field === 'number';
      const plain = name.replaceAll('_', '').toLowerCase();
      if (isName && plain === 'id') {
        const noun = (place.split('/').at(-1) ?? '').replace(/s$/, '').toLowerCase();
        for (const as of [place.replaceAll('_', '').toLowerCase(), `${noun}id`]) this.#note(as, String(field));
      } else if (isName && /(?:id|code|username|number|email)$/.test(plain)) this.#note(plain, String(field));
      else this.#walk(isRecord(field) && name !== 'data' ? `${place}/${name}s` : place, field, depth + 1);
    }
  }
}
