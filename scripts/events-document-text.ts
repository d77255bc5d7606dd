import { eventCatalogue } from '../src/domain/events.js';
import { Currency, DecimalString, Id, Timestamp, type EventSchema } from '../src/domain/kernel/event-schema.js';

interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly 'x-personal'?: boolean;
  readonly 'x-secret'?: boolean;
}

const known: readonly (readonly [Shape, string])[] = [
  [Timestamp, 'timestamp'],
  [DecimalString, 'decimal'],
  [Currency, 'currency'],
  [Id, 'id'],
];

const nameOf = (shape: Shape): string => {
  const alias = known.find(
    ([{ pattern, minLength, maxLength }]) =>
      shape.type === 'string' && (pattern === undefined ? shape.minLength === minLength && shape.maxLength === maxLength : shape.pattern === pattern),
  );
  if (alias !== undefined) return alias[1];
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum !== undefined) return shape.enum.map((value) => JSON.stringify(value)).join(' \\| ');
  if (shape.anyOf !== undefined) return shape.anyOf.map(nameOf).join(' \\| ');
  if (shape.type === 'array' && shape.items !== undefined) return `list of ${nameOf(shape.items)}`;
  if (shape.properties !== undefined) {
    const required = new Set(shape.required ?? []);
    const fields = Object.entries(shape.properties).map(([name, field]) => `${name}${required.has(name) ? '' : '?'}: ${nameOf(field)}`);
    return `{ ${fields.join(', ')} }`;
  }
  if (shape.patternProperties !== undefined) return `map of ${Object.values(shape.patternProperties).map(nameOf).join(', ')}`;
  return shape.type ?? 'any JSON';
};

const fieldRow = (name: string, shape: Shape, isRequired: boolean): string => {
  const notes = [isRequired ? '' : 'optional', shape['x-personal'] === true ? 'personal' : '', shape['x-secret'] === true ? 'secret' : ''];
  return `| \`${name}\` | ${nameOf(shape)} | ${notes.filter((note) => note !== '').join(', ')} |`;
};

const eventSection = ({ type, version, description, data }: EventSchema): string => {
  const shape: Shape = data;
  const required = new Set(shape.required ?? []);
  return [
    `### ${type}`,
    '',
    `${description}${version === 1 ? '' : ` (version ${version})`}`,
    '',
    '| field | type | |',
    '| --- | --- | --- |',
    ...Object.entries(shape.properties ?? {}).map(([name, field]) => fieldRow(name, field, required.has(name))),
    '',
  ].join('\n');
};

/** Categories with the same events stand under one heading. */
const sections = (): readonly string[] => {
  const categories = new Map<readonly EventSchema[], string[]>();
  for (const [category, schemas] of Object.entries(eventCatalogue)) {
    const others = categories.get(schemas);
    if (others === undefined) categories.set(schemas, [category]);
    else others.push(category);
  }
  return [...categories].flatMap(([schemas, names]) => [`## ${names.join(', ')}`, '', ...schemas.map(eventSection)]);
};

/** The text of docs/events.md. */
export const eventsDocument = (): string =>
  [
    '# Events',
    '',
    'Every fact that Registrar records, by kind of stream. Made from the schemas in `src/domain/*/events.ts` by `npm run docs:events`: do not edit.',
    '',
    'timestamp: UTC, ISO 8601 with milliseconds. decimal: a number as a string. currency: ISO 4217. *personal*: identifies a person; kept out of payment and coupon streams. *secret*: shown to nobody, auditors included.',
    '',
    'Each event also carries metadata: `actorId`, `correlationId`, `causationId`, `commandId`, `occurredAt`, `schemaVersion`, and in payment and coupon streams `previousHash` and `hash`.',
    '',
    ...sections(),
  ].join('\n');
