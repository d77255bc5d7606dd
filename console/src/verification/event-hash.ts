import { canonical, sha256, toHex, utf8 } from './bytes.js';

/** An event as GET /audit/streams shows it, with its stream. */
export interface ShownEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export const hashFieldOf = ({ metadata }: ShownEvent): string | undefined => (typeof metadata['hash'] === 'string' ? metadata['hash'] : undefined);

/** The hash of an event, made from what is shown (docs/audit-format.md). */
export const hashOf = async ({ stream, revision, id, type, data, metadata }: ShownEvent): Promise<string> => {
  const { hash: _, ...hashed } = metadata;
  return toHex(await sha256(utf8(canonical([stream, revision, id, type, data, hashed]))));
};
