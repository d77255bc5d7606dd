import type { TSchema } from 'typebox';

interface FieldSchema {
  readonly type?: unknown;
  readonly format?: unknown;
  readonly anyOf?: readonly FieldSchema[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly items?: FieldSchema;
  readonly 'x-untrimmed'?: boolean;
}

const WHOLE = /^[+-]?\d{1,15}(\.0*)?$/;
const NUMBER = /^[+-]?\d{1,20}(\.\d{0,20})?$/;
const truths: ReadonlySet<unknown> = new Set(['t', 'T', 'y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON', '1', 1]);
const untruths: ReadonlySet<unknown> = new Set(['f', 'F', 'n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF', '0', 0]);

const asText = (value: unknown, { 'x-untrimmed': isUntrimmed = false }: FieldSchema): unknown => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && !isUntrimmed ? value.trim() : value;
};

const asNumber = (value: unknown, form: RegExp): unknown => (typeof value === 'string' && form.test(value.trim()) ? Number(value) : value);

const asBoolean = (value: unknown): unknown => {
  const bare = typeof value === 'string' ? value.trim() : value;
  if (truths.has(bare)) return true;
  return untruths.has(bare) ? false : value;
};

const isNull = ({ type }: FieldSchema): boolean => type === 'null';

const asFields = (value: object, properties: Readonly<Record<string, FieldSchema>>): object =>
  Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => {
      const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, schema === undefined ? item : read(item, schema)];
    }),
  );

const read = (value: unknown, schema: FieldSchema): unknown => {
  const { type, anyOf, properties, items } = schema;
  if (anyOf !== undefined) {
    const kind = anyOf.find((one) => !isNull(one));
    if (kind === undefined || value === null) return value;
    const isEmpty = typeof value === 'string' && value.trim() === '';
    return isEmpty && (kind.type !== 'string' || kind.format !== undefined) ? null : read(value, kind);
  }
  switch (type) {
    case 'string':
      return asText(value, schema);
    case 'integer':
      return asNumber(value, WHOLE);
    case 'number':
      return asNumber(value, NUMBER);
    case 'boolean':
      return asBoolean(value);
    case 'array':
      return Array.isArray(value) && items !== undefined ? value.map((item) => read(item, items)) : value;
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && properties !== undefined ? asFields(value, properties) : value;
    default:
      return value;
  }
};

/** A body with its values in the types of its schema where Django REST framework would take them for that: "5" is 5, "on" is true. */
export const asDjangoReads = (body: unknown, schema: TSchema): unknown => read(body, schema);
