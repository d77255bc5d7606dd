import { Type, type TProperties, type TSchema, type TStringOptions } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import type { RecordFields } from '../../domain/record/record-book.js';
import { OWNER, type AnyResource } from '../../domain/record/resource.js';
import { Line } from '../shared/text-schemas.js';

const LONGEST_LINE = 255;

/** Short text that is sent is one line. Events take what older builds kept, so the declaration of a resource does not say it. */
const asSent = (schema: TSchema): TSchema => {
  if (!Type.IsString(schema)) return schema;
  const options: TStringOptions = { ...schema };
  const { pattern, format, maxLength = Infinity } = options;
  if (pattern !== undefined || format !== undefined || maxLength > LONGEST_LINE) return schema;
  const line = Line({ ...options, maxLength });
  return Type.IsOptional(schema) ? Type.Optional(line) : line;
};

/** The names that a surface gives to fields, both ways, and the schemas that follow from the declaration. */
export class RecordWire {
  readonly #resource: AnyResource;
  readonly #names: Readonly<Record<string, string>>;
  readonly #defaults: RecordFields;

  constructor(resource: AnyResource, names: Readonly<Record<string, string>> = {}, defaults: RecordFields = {}) {
    this.#resource = resource;
    this.#names = names;
    this.#defaults = defaults;
  }

  static paramsOf(url: string): readonly string[] {
    return [...url.matchAll(/:(\w+)/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  }

  nameOf(field: string): string {
    return this.#names[field] ?? field;
  }

  fieldOf(name: string): string {
    const field = [...Object.keys(this.#properties), OWNER].find((candidate) => this.nameOf(candidate) === name);
    if (field === undefined) throw new Error(`${this.#resource.thing} has no field ${name}`);
    return field;
  }

  schemaOf(field: string): TSchema {
    return asSent(this.#properties[field] ?? Type.String({ minLength: 1, maxLength: 200 }));
  }

  wholeBody(inUrl: readonly string[]): TSchema {
    return this.#body(inUrl, (schema, field) => (field in this.#defaults ? Type.Optional(schema) : schema));
  }

  /** Some fields; null clears an optional one. */
  partialBody(inUrl: readonly string[]): TSchema {
    return this.#body(inUrl, (schema) => Type.Optional(Type.IsOptional(schema) ? Nullable(schema) : schema));
  }

  query(fields: readonly string[]): TProperties {
    return Object.fromEntries(fields.map((field) => [this.nameOf(field), Type.Optional(this.schemaOf(field))]));
  }

  /** A whole record, with the defaults for what was left out. */
  wholeIn(sent: RecordFields): RecordFields {
    return { ...this.#defaults, ...this.fieldsIn(sent) };
  }

  fieldsIn(sent: RecordFields): RecordFields {
    return Object.fromEntries(
      Object.keys(this.#properties).flatMap((field) => {
        const value = sent[this.nameOf(field)];
        return value === undefined ? [] : [[field, value]];
      }),
    );
  }

  /** The fields that a PATCH sets and those that it clears. */
  changesIn(sent: RecordFields): { readonly fields: RecordFields; readonly cleared: readonly string[] } {
    const entries = Object.entries(this.fieldsIn(sent));
    const isCleared = ([field, value]: readonly [string, unknown]): boolean => value === null && this.#isOptional(field);
    return { fields: Object.fromEntries(entries.filter((entry) => !isCleared(entry))), cleared: entries.filter(isCleared).map(([field]) => field) };
  }

  absentIn(fields: RecordFields): readonly string[] {
    return Object.keys(this.#properties).filter((field) => this.#isOptional(field) && fields[field] === undefined);
  }

  get #properties(): TProperties {
    return this.#resource.schema.properties;
  }

  #isOptional(field: string): boolean {
    return Type.IsOptional(this.#properties[field]);
  }

  #body(inUrl: readonly string[], make: (schema: TSchema, field: string) => TSchema): TSchema {
    const sent = Object.entries(this.#properties).filter(([field]) => !inUrl.includes(field));
    return Type.Object(Object.fromEntries(sent.map(([field, schema]) => [this.nameOf(field), make(asSent(schema), field)])));
  }
}
