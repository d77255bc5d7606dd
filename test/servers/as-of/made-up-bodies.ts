import type { KnownThings } from './known-things.js';
import type { Random } from './random.js';
import { fc } from '../../fixtures/properties.js';

export interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly format?: string;
  readonly pattern?: string;
  readonly examples?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly items?: Shape;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
}

const OPTIONAL = 0.5;

const text = ({ format, pattern, minLength = 0, maxLength = 60 }: Shape, name: string, random: Random): string => {
  const n = random.below(1_000_000);
  if (/(?:date|At)$/.test(name) && pattern === undefined && format === undefined) return `2027-0${1 + (n % 9)}-1${n % 10}T10:00:00Z`;
  if (format === 'email') return `person${n}@example.org`;
  if (format === 'uri' || format === 'url') return `https://example.org/${n}`;
  if (format === 'date') return `2027-0${1 + (n % 9)}-1${n % 10}`;
  if (format === 'date-time') return new Date(Date.UTC(2027, n % 12, 1 + (n % 28))).toISOString();
  if (format === 'uuid') return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  if (pattern !== undefined) {
    const tries: readonly string[] = [...(/(?:date|At)$/i.test(name) ? [`2027-0${1 + (n % 9)}-1${n % 10}T10:00:00Z`] : []), ...(/url|link/i.test(name) ? [] : [`word ${n}`]), `https://example.org/${n}`, `2027-0${1 + (n % 9)}-1${n % 10}T10:00:00Z`, `CODE${n}`, `word ${n}`, String(10 + (n % 90)), '+6281234567890'];
    const fitting = tries.find((one) => new RegExp(pattern, 'u').test(one) && one.length <= maxLength);
    return fitting ?? fc.sample(fc.stringMatching(new RegExp(pattern)), { seed: n, numRuns: 1 })[0] ?? '';
  }
  return `word ${n} of many`.padEnd(minLength, '.').slice(0, Math.max(minLength, maxLength));
};

const number = ({ type, minimum, exclusiveMinimum, maximum }: Shape, random: Random): number => {
  const least = Math.max(0, minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1));
  const most = Math.min(maximum ?? least + 100, least + 100);
  const value = least + random.next() * (most - least);
  return type === 'integer' ? Math.round(value) : Math.round(value * 100) / 100;
};

/** A value that fits the schema; ids and codes are those of things that are there, as far as some are known. */
export const madeUp = (shape: Shape, name: string, random: Random, known: KnownThings): unknown => {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return random.pick(shape.enum);
  if (shape.anyOf !== undefined) return madeUp(random.pick(shape.anyOf), name, random, known);
  if (shape.type === 'null') return null;
  if (shape.type === 'boolean') return random.next() < 0.5;
  if (shape.type === 'array') return Array.from({ length: Math.max(shape.minItems ?? 0, 1) }, () => madeUp(shape.items ?? {}, name.replace(/s$/, ''), random, known));
  if (shape.properties !== undefined) {
    const required = new Set(shape.required ?? []);
    const chosen = Object.entries(shape.properties).filter(([field]) => required.has(field) || random.next() < OPTIONAL);
    return Object.fromEntries(chosen.map(([field, inner]) => [field, madeUp(inner, field, random, known)]));
  }
  const isName = /(?:id|ids|username|code|participant|member)$/i.test(name);
  const there = isName ? known.named(random, name) : undefined;
  if (shape.type === 'integer' || shape.type === 'number') return there !== undefined && Number.isInteger(Number(there)) ? Number(there) : number(shape, random);
  if (/password/i.test(name)) return 'correct horse';
  if (there !== undefined) return there;
  return shape.examples === undefined ? text(shape, name, random) : random.pick(shape.examples);
};
