import { concat, sha256, toHex, utf8, type Bytes } from './bytes.js';

/** An event as GET /audit/streams shows it. */
export interface ShownEvent {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The JSON of RFC 8785: fields sorted by UTF-16 code units; JavaScript prints texts and numbers as it asks for. */
export const canonical = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
};

/** What an event's hash has to be, made from everything else that is shown of it (docs/audit-format.md). In hex. */
export const eventHash = async (stream: string, { revision, id, type, data, metadata }: ShownEvent): Promise<string> => {
  const { hash: _, ...others } = metadata;
  return toHex(await sha256(utf8(canonical([stream, revision, id, type, data, others]))));
};

/** The leaf of the tree that names an event by this hash. */
export const leafOf = (stream: string, { revision, id, type }: ShownEvent, hash: string): Promise<Bytes> =>
  sha256(concat(new Uint8Array([0]), utf8(canonical({ hash, id, revision, stream, type }))));
