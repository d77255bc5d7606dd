import { eventSchemas } from '../../domain/events.js';
import type { EventSchema } from '../../domain/kernel/event-schema.js';
import type { AnyEvent } from '../../ports/event-store.js';

const secretFieldsOf = ({ data }: EventSchema): readonly string[] =>
  Object.entries(data.properties)
    .filter(([, schema]) => 'x-secret' in schema)
    .map(([name]) => name);

const secretFields: ReadonlyMap<string, readonly string[]> = new Map(
  [...eventSchemas.values()].map((schema) => [schema.type, secretFieldsOf(schema)]),
);

export const withoutSecrets = ({ type, data }: AnyEvent): Record<string, unknown> => {
  const disclosed: Record<string, unknown> = { ...data };
  for (const name of secretFields.get(type) ?? []) {
    if (disclosed[name] !== null && disclosed[name] !== undefined) disclosed[name] = '[secret]';
  }
  return disclosed;
};
